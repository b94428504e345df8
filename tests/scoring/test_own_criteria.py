"""Criteria of some nominations: what does not apply is no zero and not missing."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.canonical import digest, document, recompute
from scoring.ranking import Entry, Nomination, Rules, Unscored, rank_scores
from tests.scoring.cases import criterion, places, scores, totals

FARM, NATURE = frozenset({"farm"}), frozenset({"nature"})
RULES = Rules(
    criteria=(
        criterion("story"),
        replace(criterion("yield"), nominations=FARM),
        replace(criterion("water", 3), nominations=NATURE),
    ),
    nominations=(Nomination("farm", None, "chosen"), Nomination("nature", None, "all")),
)
CHOSEN = replace(
    RULES, nominations=tuple(replace(n, entries="chosen") for n in RULES.nominations)
)


def ranked(rules, table, /, **chosen):
    """The lists by code, of entries with the nominations they chose."""
    entries = [Entry(key, frozenset(codes)) for key, codes in chosen.items()]
    ranking = rank_scores(rules, entries, scores(rules, table))
    return {each.code: each for each in ranking.lists}


def test_an_entry_is_measured_by_what_applies_to_it():
    """Full marks are the highest total for everybody, in one nomination or in both."""
    table = {
        "a": {"story": [10], "yield": [10]},
        "b": {"story": [10], "water": [10]},
        "c": {"story": [10], "yield": [10], "water": [10]},
        "d": {"story": [5], "water": [9]},
    }

    lists = ranked(
        CHOSEN, table, a=["farm"], b=["nature"], c=["farm", "nature"], d=["nature"]
    )

    full, rest = Decimal("100.00"), Decimal("80.00")  # (5 + 3 · 9) / 40
    assert totals(lists["overall"]) == {"a": full, "b": full, "c": full, "d": rest}
    assert lists["overall"].unscored == ()


def test_a_nomination_ranks_by_its_own_criteria_and_those_of_all():
    table = {"c": {"story": [10], "yield": [4], "water": [1]}}

    lists = ranked(CHOSEN, table, c=["farm", "nature"])

    assert totals(lists["farm"]) == {"c": Decimal("70.00")}  # (10 + 4) / 20
    assert totals(lists["nature"]) == {"c": Decimal("32.50")}  # (10 + 3) / 40


def test_a_criterion_of_a_nomination_of_all_entries_applies_to_all():
    table = {"a": {"story": [10]}, "b": {"story": [10], "water": [10]}}

    lists = ranked(RULES, table, a=[], b=[])

    assert lists["overall"].unscored == (Unscored("a", ("water",)),)


def test_only_what_applies_can_be_missing():
    table = {"a": {"story": [10]}, "b": {"water": [10]}}

    lists = ranked(CHOSEN, table, a=["farm"], b=["nature"])

    assert lists["overall"].unscored == (
        Unscored("a", ("yield",)),
        Unscored("b", ("story",)),
    )


def test_what_was_scored_in_a_criterion_that_applies_no_more_does_not_count():
    scored = {"story": [10], "yield": [10], "water": [1]}

    lists = ranked(CHOSEN, {"a": scored}, a=["farm"])

    [row] = lists["overall"].rows
    assert (row.total, set(row.means)) == (Decimal("100.00"), {"story", "yield"})


def test_an_entry_to_which_nothing_applies_has_no_total_and_lacks_nothing():
    rules = replace(CHOSEN, criteria=CHOSEN.criteria[1:])

    lists = ranked(rules, {"a": {"water": [10]}, "b": {"water": [9]}}, a=[], b=NATURE)

    assert lists["overall"].unscored == (Unscored("a", ()),)
    assert totals(lists["overall"]) == {"b": Decimal("90.00")}


@pytest.mark.parametrize(
    ("tie_break", "expected"),
    [
        # a and b were both asked for the story, but not for water and for as much.
        ("criterion:story", [("b", 1), ("a", 2)]),
        ("criterion:water", [("a", 1), ("b", 1)]),
        ("top_marks", [("a", 1), ("b", 1)]),
    ],
)
def test_a_tie_break_is_passed_over_where_not_all_were_asked(tie_break, expected):
    rules = replace(CHOSEN, tie_breaks=(tie_break,))
    table = {"a": {"story": [7], "yield": [9]}, "b": {"story": [8], "water": [8]}}

    lists = ranked(rules, table, a=["farm"], b=["nature"])

    assert places(lists["overall"]) == expected


def test_the_median_is_that_of_sheets_that_have_what_applies():
    rules = replace(CHOSEN, tie_breaks=("median",))
    table = {
        "a": {"story": [8, 8, 8], "yield": [8, 8, 8]},
        "b": {"story": [5, 9, 10], "water": [5, 9, 10]},
    }

    lists = ranked(rules, table, a=["farm"], b=["nature"])

    assert places(lists["overall"]) == [("b", 1), ("a", 2)]


def published(rules, chosen):
    entries = [Entry("a", frozenset(chosen))]
    raw = scores(rules, {"a": {"story": [9], "yield": [8]}})
    own = {"entries": entries, "scores": raw, "exclusions": [], "chair_order": {}}
    ranking = rank_scores(rules, **own)
    return document(
        contest="akka", rulebook_version=1, rules=rules, ranking=ranking, **own
    )


def test_the_proof_says_what_belongs_where_and_is_computed_again():
    made = published(CHOSEN, ["farm"])

    assert made["rules"]["criteria"]["yield"]["nominations"] == ["farm"]
    assert "nominations" not in made["rules"]["criteria"]["story"]
    assert recompute(made) == made


def test_a_proof_without_the_nominations_of_a_criterion_is_another_one():
    made = published(CHOSEN, ["farm"])
    tampered = {**made, "rules": {**made["rules"]}}
    own = made["rules"]["criteria"]["yield"] | {"nominations": ["nature"]}
    tampered["rules"]["criteria"] = made["rules"]["criteria"] | {"yield": own}

    assert digest(recompute(tampered)) != digest(made)


def test_rules_refuse_a_nomination_that_is_not_there():
    with pytest.raises(ValueError, match="nominations of 'yield': received 'farm'"):
        replace(RULES, nominations=())


def test_weights_are_those_of_what_applies():
    assert CHOSEN.weights_of(["nature"]) == {"story": 1, "water": Fraction(3)}
    assert CHOSEN.weights_of([]) == {"story": 1}
