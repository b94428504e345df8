from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.ranking import (
    Entry,
    Exclusion,
    Nomination,
    RankedList,
    Ranking,
    Rules,
    Unscored,
    rank,
    rank_scores,
)
from tests.scoring.cases import (
    criterion,
    entries,
    one_criterion,
    places,
    ranked,
    scale,
    scores,
    totals,
)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        pytest.param([90, 70, 50], [1, 2, 3], id="all-different"),
        pytest.param(
            [90, 70, 70, 50], [1, 2, 2, 4], id="tie-in-the-middle-skips-a-place"
        ),
        pytest.param([90, 90, 70], [1, 1, 3], id="tie-at-the-top"),
        pytest.param([90, 70, 70], [1, 2, 2], id="tie-at-the-end"),
        pytest.param([90, 90, 70, 70, 70, 5], [1, 1, 3, 3, 3, 6], id="two-ties"),
        pytest.param([50, 50, 50], [1, 1, 1], id="all-equal"),
        pytest.param([50], [1], id="one-entry"),
        pytest.param([0], [1], id="one-entry-with-nothing-but-zero"),
        pytest.param([], [], id="nobody"),
    ],
)
def test_rank_shares_places_on_equal_totals(marks, expected):
    table = {f"entry-{n}": {"quality": [mark]} for n, mark in enumerate(marks)}

    overall = ranked(one_criterion(), table)

    assert [row.place for row in overall.rows] == expected
    assert [row.shared for row in overall.rows] == [
        expected.count(place) > 1 for place in expected
    ]


def test_rank_orders_shared_places_by_entry_key():
    table = {key: {"quality": [50]} for key in ("c", "a", "b")}

    overall = ranked(one_criterion(), table)

    assert places(overall) == [("a", 1), ("b", 1), ("c", 1)]


def test_rank_shares_a_place_when_only_the_printed_totals_are_equal():
    rules = one_criterion(scale(0, 100_000), total=Fraction(100))
    table = {"lower": {"quality": [59_996]}, "higher": {"quality": [60_004]}}

    overall = ranked(rules, table)

    assert totals(overall) == {"higher": Decimal("60.00"), "lower": Decimal("60.00")}
    assert places(overall) == [("higher", 1), ("lower", 1)]


def test_uncounted_criterion_is_shown_and_not_counted():
    rules = Rules(criteria=(criterion("x"), criterion("original", counted=False)))
    table = {"a": {"x": [5], "original": [10]}, "b": {"x": [6], "original": [1]}}

    overall = ranked(rules, table)

    assert places(overall) == [("b", 1), ("a", 2)]
    assert overall.rows[1].means == {"x": Decimal("5.00"), "original": Decimal("10.00")}


@pytest.mark.parametrize(
    ("of_criterion", "code"),
    [
        pytest.param({"weight": 0}, "weight", id="weight-zero"),
        pytest.param({"counted": False}, "counted", id="uncounted"),
    ],
)
def test_entry_without_values_outside_the_list_is_ranked(of_criterion, code):
    rules = Rules(criteria=(criterion("x"), criterion(code, **of_criterion)))

    overall = ranked(rules, {"a": {"x": [5]}})

    assert places(overall) == [("a", 1)]
    assert overall.rows[0].means == {"x": Decimal("5.00")}


@pytest.mark.parametrize(
    ("min_scores", "ranked_entries", "unscored"),
    [
        pytest.param(
            1,
            ["two", "one"],
            [("half", ("y",)), ("none", ("x", "y"))],
            id="one-is-enough",
        ),
        pytest.param(
            2,
            ["two"],
            [("half", ("y",)), ("none", ("x", "y")), ("one", ("y",))],
            id="two-are-needed",
        ),
        pytest.param(
            3,
            [],
            [(key, ("x", "y")) for key in ("half", "none", "one", "two")],
            id="three-are-needed",
        ),
    ],
)
def test_entry_lacking_values_is_unscored(min_scores, ranked_entries, unscored):
    rules = Rules(criteria=(criterion("x"), criterion("y")), min_scores=min_scores)
    table = {
        "one": {"x": [1, 1], "y": [None, 1]},
        "two": {"x": [9, 9], "y": [9, 9]},
        "half": {"x": [10, 10]},
    }

    overall = ranked(rules, table, keys=("one", "two", "half", "none"))

    assert [row.entry for row in overall.rows] == ranked_entries
    assert overall.unscored == tuple(Unscored(*each) for each in unscored)


def test_not_scored_is_not_zero():
    table = {"a": {"quality": [80, None]}, "b": {"quality": [80, 0]}}

    overall = ranked(one_criterion(), table)

    assert totals(overall) == {"a": Decimal("80.00"), "b": Decimal("40.00")}


@pytest.mark.parametrize(
    ("minimum_score", "expected"),
    [
        pytest.param(None, [("a", 1), ("b", 2), ("c", 2), ("d", 4)], id="none"),
        pytest.param("60", [("a", 1), ("b", 2), ("c", 2), ("d", None)], id="inclusive"),
        pytest.param(
            "60.00", [("a", 1), ("b", 2), ("c", 2), ("d", None)], id="spelled-long"
        ),
        pytest.param(
            "60.001", [("a", 1), ("b", None), ("c", None), ("d", None)], id="just-above"
        ),
        pytest.param(
            "59", [("a", 1), ("b", 2), ("c", 2), ("d", 4)], id="reached-by-all"
        ),
        pytest.param("99", [(key, None) for key in "abcd"], id="reached-by-nobody"),
    ],
)
def test_minimum_score_is_inclusive_and_below_it_there_is_no_place(
    minimum_score, expected
):
    rules = one_criterion(minimum_score=minimum_score and Decimal(minimum_score))
    marks = {"d": 59, "c": 60, "b": 60, "a": 90}

    overall = ranked(rules, {key: {"quality": [mark]} for key, mark in marks.items()})

    assert places(overall) == expected


def test_minimum_score_is_compared_with_the_printed_total():
    rules = one_criterion(scale(0, 100_000), minimum_score=Decimal(60))

    overall = ranked(rules, {"a": {"quality": [59_995]}, "b": {"quality": [59_994]}})

    assert places(overall) == [("a", 1), ("b", None)]


def test_rows_below_the_minimum_score_are_not_shared_and_not_split():
    rules = one_criterion(minimum_score=Decimal(60), tie_breaks=("lot",))
    table = {key: {"quality": [50]} for key in ("b", "a")}

    overall = ranked(rules, table)

    assert [
        (row.entry, row.place, row.tie_breaks, row.shared) for row in overall.rows
    ] == [
        ("a", None, (), False),
        ("b", None, (), False),
    ]


@pytest.mark.parametrize(
    ("exclusion", "expected"),
    [
        pytest.param(None, {"a": "65.00", "b": "45.00"}, id="none"),
        pytest.param(("a", None), {"b": "45.00"}, id="entry"),
        pytest.param((None, "juror-2"), {"a": "80.00", "b": "60.00"}, id="juror"),
        pytest.param(("a", "juror-2"), {"a": "80.00", "b": "45.00"}, id="pair"),
        pytest.param(("x", None), {"a": "65.00", "b": "45.00"}, id="unknown-entry"),
        pytest.param((None, "x"), {"a": "65.00", "b": "45.00"}, id="unknown-juror"),
    ],
)
def test_exclusions_leave_out_what_they_name(exclusion, expected):
    table = {"a": {"quality": [80, 50]}, "b": {"quality": [60, 30]}}
    exclusions = [Exclusion(*exclusion, reason="conflict")] if exclusion else []

    overall = ranked(one_criterion(), table, exclusions=exclusions)

    assert totals(overall) == {key: Decimal(total) for key, total in expected.items()}
    assert overall.excluded == (("a",) if exclusion == ("a", None) else ())


def test_excluding_the_only_juror_leaves_an_entry_unscored():
    exclusions = [Exclusion(None, "juror-1", "left the panel")]

    overall = ranked(one_criterion(), {"a": {"quality": [80]}}, exclusions=exclusions)

    assert overall == RankedList("overall", (), (Unscored("a", ("quality",)),), ())


def test_nominations_rank_by_their_own_weights_and_entrants():
    rules = Rules(
        criteria=(criterion("x"), criterion("y"), criterion("original", counted=False)),
        nominations=(
            Nomination("best", places=15),
            Nomination("most-original", {"original": Fraction(1), "x": Fraction(0)}),
            Nomination("youth", {"y": Fraction(1)}, entries="chosen"),
        ),
    )
    table = {
        "a": {"x": [9], "y": [3], "original": [2]},
        "b": {"x": [5], "y": [5], "original": [8]},
        "c": {"x": [1], "y": [6]},
    }
    entrants = [
        Entry("a", frozenset({"youth"})),
        Entry("b", frozenset({"best", "gone"})),
        Entry("c", frozenset({"youth"})),
        Entry("d", frozenset({"youth"})),
    ]

    ranking = rank_scores(
        rules, entrants, scores(rules, table), exclusions=[Exclusion("d", None, "late")]
    )

    overall, best, original, youth = ranking.lists
    assert places(overall) == [("a", 1), ("b", 2), ("c", 3)]
    assert (best.code, best.rows) == ("best", overall.rows)
    assert places(original) == [("b", 1), ("a", 2)]
    assert original.unscored == (Unscored("c", ("original",)),)
    assert places(youth) == [("c", 1), ("a", 2)]
    assert [each.excluded for each in ranking.lists] == [("d",)] * 4


def test_excluded_entry_is_not_listed_where_it_did_not_enter():
    rules = one_criterion(nominations=(Nomination("youth", entries="chosen"),))

    ranking = rank_scores(
        rules, entries("a"), [], exclusions=[Exclusion("a", None, "late")]
    )

    assert [each.excluded for each in ranking.lists] == [("a",), ()]


def test_ranking_of_nobody_has_every_list_empty():
    rules = one_criterion(nominations=(Nomination("best"),))

    ranking = rank_scores(rules, [], [])

    assert ranking == Ranking(
        (RankedList("overall", (), (), ()), RankedList("best", (), (), ()))
    )


def test_rank_ignores_tallies_of_entries_it_was_not_given():
    rules = one_criterion()
    table = {"a": {"quality": [80]}, "withdrawn": {"quality": [90]}}

    overall = ranked(rules, table, keys=("a",))

    assert places(overall) == [("a", 1)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(
            {"entries": entries("a", "a")},
            "entries: received 'a' twice",
            id="entry-twice",
        ),
        pytest.param(
            {"chair_order": {"best": []}},
            "chair_order: received 'best', allowed: 'overall'",
            id="unknown-list",
        ),
        pytest.param(
            {"chair_order": {"overall": ["a", "a"]}},
            "each key once",
            id="chair-names-one-twice",
        ),
        pytest.param(
            {"rules": one_criterion(tie_breaks=("median",))},
            "sheet_totals: received None",
            id="median-without-sheets",
        ),
    ],
)
def test_rank_refuses_what_does_not_fit_the_rules(arguments, message):
    own = {"rules": one_criterion(), "entries": entries("a"), "tallies": {}} | arguments

    with pytest.raises(ValueError, match=message):
        rank(**own)
