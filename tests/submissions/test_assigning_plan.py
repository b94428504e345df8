"""The plan against every other plan: as full as can be, and none more even."""

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.assigning_plan import distribute

ENTRIES = ("a", "b", "c", "d")
JURORS = ("i", "j", "k")
PAIRS = list(product(ENTRIES, JURORS))


@st.composite
def questions(draw):
    standing = draw(st.sets(st.sampled_from(PAIRS), max_size=4))
    forbidden = draw(st.sets(st.sampled_from(PAIRS), max_size=6)) - standing
    return {
        "entries": draw(st.sets(st.sampled_from(ENTRIES))),
        "jurors": draw(st.sets(st.sampled_from(JURORS), min_size=1)),
        "per_entry": draw(st.integers(1, 3)),
        "standing": standing,
        "forbidden": forbidden,
        "seed": draw(st.sampled_from(["", "2026", "Žolinė"])),
    }


def plan_of(question):
    """Ask with what stands of these jurors and entries only, as the service does."""
    known = {
        (entry, juror)
        for entry, juror in question["standing"]
        if entry in question["entries"] and juror in question["jurors"]
    }
    return distribute(
        **{**question, "standing": known, "entries": sorted(question["entries"])}
    ), known


@given(questions())
def test_each_entry_gets_as_many_as_asked_or_all_who_may(question):
    plan, standing = plan_of(question)

    for entry in question["entries"]:
        may = [
            juror
            for juror in question["jurors"]
            if (entry, juror) not in question["forbidden"] | standing
        ]
        had = sum(pair[0] == entry for pair in standing)
        added = sum(pair[0] == entry for pair in plan.added)
        assert added == min(max(0, question["per_entry"] - had), len(may))
        short = had + added if had + added < question["per_entry"] else None
        assert plan.short.get(entry) == short


@given(questions())
def test_nothing_forbidden_or_double_is_added(question):
    plan, standing = plan_of(question)

    assert len(set(plan.added)) == len(plan.added)
    assert not set(plan.added) & (question["forbidden"] | standing)
    assert {entry for entry, _juror in plan.added} <= question["entries"]
    assert {juror for _entry, juror in plan.added} <= question["jurors"]


@settings(max_examples=150)
@given(questions())
def test_no_other_plan_is_more_even(question):
    plan, standing = plan_of(question)

    best = min(unevenness(loads) for loads in all_loads(question, standing))

    assert unevenness(plan.load.values()) == best
    pairs = [*plan.added, *standing]
    counted = {j: sum(pair[1] == j for pair in pairs) for j in question["jurors"]}
    assert plan.load == counted


def all_loads(question, standing):
    """The loads of every plan that is as full as can be."""
    ways = []
    for entry in question["entries"]:
        closed = question["forbidden"] | standing
        may = [j for j in question["jurors"] if (entry, j) not in closed]
        had = sum(pair[0] == entry for pair in standing)
        wanted = min(max(0, question["per_entry"] - had), len(may))
        ways.append(list(combinations(may, wanted)))
    for plan in product(*ways):
        chosen = [j for way in plan for j in way] + [j for _entry, j in standing]
        yield [chosen.count(juror) for juror in question["jurors"]]


def unevenness(loads):
    return sum(load * load for load in loads)


def test_loads_differ_by_one_at_most_where_nothing_stands_in_the_way():
    entries = [f"e{number}" for number in range(200)]
    jurors = [f"j{number}" for number in range(7)]

    plan = distribute(entries, jurors, per_entry=3)

    assert set(plan.load.values()) == {85, 86}


def test_the_same_seed_draws_the_same_and_another_one_differs():
    entries = [f"e{number}" for number in range(30)]
    jurors = ["i", "j", "k", "l"]

    first, again, other = (
        distribute(entries, jurors, per_entry=2, seed=seed) for seed in ("x", "x", "y")
    )

    assert first == again
    assert first.added != other.added


def test_a_chain_of_hands_evens_out_what_one_step_cannot():
    """j is busy and may only hand on to k, who in turn hands on to i."""
    plan = distribute(
        ["a", "b", "c", "d"],
        ["i", "j", "k"],
        per_entry=1,
        forbidden={("a", "i"), ("a", "k"), ("b", "i"), ("c", "j"), ("d", "j")},
        standing=set(),
    )

    assert sorted(plan.load.values()) == [1, 1, 2]
