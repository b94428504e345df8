from fractions import Fraction

import pytest

from scoring.ranking import (
    Exclusion,
    Nomination,
    Rules,
    rank,
    rank_scores,
    sheet_totals_from,
    tally,
)
from tests.scoring.cases import criterion, entries, places, scores

TWO = (criterion("x"), criterion("y"))
THREE = (*TWO, criterion("original", counted=False))


def outcome(rules, table, **evidence):
    """[(entry, place, tie-breaks, shared)] of the overall list."""
    ranking = rank_scores(rules, entries(*table), scores(rules, table), **evidence)
    return [
        (row.entry, row.place, row.tie_breaks, row.shared)
        for row in ranking.lists[0].rows
    ]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        pytest.param(
            "criterion:x",
            {"second": {"x": [5], "y": [6]}, "first": {"x": [6], "y": [5]}},
            id="criterion",
        ),
        pytest.param(
            "criterion:y",
            {"second": {"x": [6], "y": [5]}, "first": {"x": [5], "y": [6]}},
            id="another-criterion",
        ),
        pytest.param(
            "criterion:original",
            {
                "second": {"x": [5], "y": [5]},
                "first": {"x": [5], "y": [5], "original": [1]},
            },
            id="criterion-that-one-lacks",
        ),
        pytest.param(
            "median",
            {
                "second": {"x": [5, 5, 5], "y": [6, 6, 6]},
                "first": {"x": [1, 7, 7], "y": [6, 6, 6]},
            },
            id="median-of-three",
        ),
        pytest.param(
            "median",
            {
                "second": {"x": [3, 5, 5, 7], "y": [3, 6, 6, 5]},
                "first": {"x": [1, 5, 7, 7], "y": [1, 5, 7, 7]},
            },
            id="median-of-four",
        ),
        pytest.param(
            "median",
            {"second": {"x": [5, None], "y": [None, 5]}, "first": {"x": [5], "y": [5]}},
            id="median-without-complete-sheet",
        ),
        pytest.param(
            "top_marks",
            {
                "second": {"x": [9, 9], "y": [9, 9]},
                "first": {"x": [10, 8], "y": [9, 9]},
            },
            id="top-marks",
        ),
    ],
)
def test_tie_break_separates_equal_totals(name, table):
    rules = Rules(criteria=THREE, tie_breaks=(name,))

    rows = outcome(rules, table)

    assert rows == [("first", 1, (name,), False), ("second", 2, (name,), False)]


@pytest.mark.parametrize(
    "name", ["criterion:x", "criterion:original", "median", "top_marks", "chair"]
)
def test_tie_break_that_sees_no_difference_is_not_named(name):
    rules = Rules(criteria=THREE, tie_breaks=(name,))
    table = {key: {"x": [5], "y": [5]} for key in ("b", "a")}

    rows = outcome(rules, table)

    assert rows == [("a", 1, (), True), ("b", 1, (), True)]


def test_criterion_tie_break_compares_the_printed_mean():
    fine = criterion("fine", scale=criterion("x").scale, counted=False)
    rules = Rules(criteria=(criterion("x"), fine), tie_breaks=("criterion:fine",))
    table = {
        "a": {"x": [5], "fine": [1] * 299 + [2]},
        "b": {"x": [5], "fine": [1] * 300},
    }

    rows = outcome(rules, table)

    assert rows == [("a", 1, (), True), ("b", 1, (), True)]


def test_median_compares_the_printed_total():
    hardly_x = (criterion("x", 1), criterion("y", 99_999))
    rules = Rules(criteria=hardly_x, tie_breaks=("median",))
    table = {
        "a": {"x": [4, 5, 6], "y": [5, 5, 5]},
        "b": {"x": [4, 6, 6], "y": [5, 5, 5]},
    }

    rows = outcome(rules, table)

    assert rows == [("a", 1, (), True), ("b", 1, (), True)]


def test_median_uses_the_weights_of_its_own_list():
    rules = Rules(
        criteria=TWO,
        nominations=(Nomination("x-only", {"x": Fraction(1)}),),
        tie_breaks=("median",),
    )
    table = {
        "a": {"x": [5, 5, 5], "y": [5, 5, 5]},
        "b": {"x": [1, 6, 8], "y": [9, 4, 2]},
    }

    ranking = rank_scores(rules, entries("a", "b"), scores(rules, table))

    overall, x_only = ranking.lists
    assert places(overall) == [("a", 1), ("b", 1)]
    assert places(x_only) == [("b", 1), ("a", 2)]


def test_top_marks_count_only_criteria_of_the_list():
    rules = Rules(criteria=THREE, tie_breaks=("top_marks",))
    table = {
        "a": {"x": [5], "y": [5], "original": [10]},
        "b": {"x": [5], "y": [5], "original": [1]},
    }

    rows = outcome(rules, table)

    assert rows == [("a", 1, (), True), ("b", 1, (), True)]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        pytest.param(
            ["c", "a", "b"],
            [("c", 1, False), ("a", 2, False), ("b", 3, False)],
            id="all-named",
        ),
        pytest.param(
            ["b"], [("b", 1, False), ("a", 2, True), ("c", 2, True)], id="one-named"
        ),
        pytest.param(
            ["x", "b", "a"],
            [("b", 1, False), ("a", 2, False), ("c", 3, False)],
            id="two-named-and-one-from-elsewhere",
        ),
    ],
)
def test_chair_puts_those_named_first_and_leaves_the_others_shared(order, expected):
    rules = Rules(criteria=TWO, tie_breaks=("chair",))
    table = {key: {"x": [5], "y": [5]} for key in "abc"}

    rows = outcome(rules, table, chair_order={"overall": order})

    assert rows == [
        (entry, place, ("chair",), shared) for entry, place, shared in expected
    ]


def test_chair_does_not_reorder_different_totals():
    rules = Rules(criteria=TWO, tie_breaks=("chair",))
    table = {"a": {"x": [5], "y": [5]}, "b": {"x": [6], "y": [6]}}

    rows = outcome(rules, table, chair_order={"overall": ["a", "b"]})

    assert rows == [("b", 1, (), False), ("a", 2, (), False)]


def test_chair_decides_each_list_apart():
    rules = Rules(
        criteria=TWO, nominations=(Nomination("best"),), tie_breaks=("chair",)
    )
    table = {key: {"x": [5], "y": [5]} for key in "ab"}

    ranking = rank_scores(
        rules, entries("a", "b"), scores(rules, table), chair_order={"best": ["b", "a"]}
    )

    overall, best = ranking.lists
    assert places(overall) == [("a", 1), ("b", 1)]
    assert places(best) == [("b", 1), ("a", 2)]


def test_chair_has_no_say_when_the_rules_do_not_give_it():
    rules = Rules(criteria=TWO)
    table = {key: {"x": [5], "y": [5]} for key in "ab"}

    rows = outcome(rules, table, chair_order={"overall": ["b", "a"]})

    assert rows == [("a", 1, (), True), ("b", 1, (), True)]


@pytest.mark.parametrize(
    ("seed", "expected"),
    [
        # printf 'one\noverall\na' | sha256sum, and so on, in ascending order
        pytest.param("one", "bdac", id="one"),
        pytest.param("two", "adbc", id="two"),
    ],
)
def test_lot_always_separates_and_depends_on_the_seed(seed, expected):
    rules = Rules(criteria=TWO, tie_breaks=("lot",), lot_seed=seed)
    table = {key: {"x": [5], "y": [5]} for key in "abcd"}

    rows = outcome(rules, table)

    assert rows == [
        (entry, place, ("lot",), False) for place, entry in enumerate(expected, start=1)
    ]


def test_chained_tie_breaks_split_only_what_is_still_tied():
    rules = Rules(
        criteria=THREE,
        tie_breaks=("criterion:x", "top_marks", "criterion:original", "chair", "lot"),
    )
    five = {"x": [5, 5], "y": [5, 5]}
    table = {
        "x-low": {"x": [4], "y": [6], "original": [10]},
        "lot-a": five | {"original": [2]},
        "lot-b": five | {"original": [2]},
        "chosen": five | {"original": [2]},
        "original": five | {"original": [9]},
        "mark": {"x": [10, 1, 4], "y": [5]},
        "x-high": {"x": [6], "y": [4]},
        "clear": {"x": [9], "y": [9]},
    }

    rows = outcome(rules, table, chair_order={"overall": ["x-low", "chosen"]})

    names = rules.tie_breaks
    assert rows == [
        ("clear", 1, (), False),
        ("x-high", 2, names[:1], False),
        ("mark", 3, names[:2], False),
        ("original", 4, names[:3], False),
        ("chosen", 5, names[:4], False),
        ("lot-b", 6, names, False),
        ("lot-a", 7, names, False),
        ("x-low", 8, names[:1], False),
    ]


def test_tie_break_that_split_nothing_is_left_out_of_the_chain():
    rules = Rules(criteria=TWO, tie_breaks=("top_marks", "criterion:x"))
    table = {"a": {"x": [5], "y": [6]}, "b": {"x": [6], "y": [5]}}

    rows = outcome(rules, table)

    assert rows == [
        ("b", 1, ("criterion:x",), False),
        ("a", 2, ("criterion:x",), False),
    ]


def test_median_leaves_out_what_is_excluded():
    rules = Rules(criteria=TWO, tie_breaks=("median",))
    table = {
        "a": {"x": [5, 5, 5, 10], "y": [5, 5, 5, 10]},
        "b": {"x": [1, 7, 7], "y": [1, 7, 7]},
        "c": {"x": [4, 4, 7, 10, 10], "y": [4, 4, 7, 10, 10]},
    }
    exclusions = [
        Exclusion(None, "juror-4", "left the panel"),
        Exclusion("c", "juror-5", "conflict"),
    ]

    rows = outcome(rules, table, exclusions=exclusions)

    assert rows == [
        ("b", 1, ("median",), False),
        ("a", 2, ("median",), False),
        ("c", 3, ("median",), False),
    ]


def test_median_is_asked_only_for_entries_still_tied():
    rules = Rules(criteria=TWO, tie_breaks=("criterion:x", "median", "lot"))
    table = {
        "clear": {"x": [9], "y": [9]},
        "by-x": {"x": [6], "y": [4]},
        "tied-1": {"x": [5], "y": [5]},
        "tied-2": {"x": [5], "y": [5]},
        "tied-3": {"x": [2], "y": [2]},
        "tied-4": {"x": [2], "y": [2]},
    }
    raw = scores(rules, table)
    answer = sheet_totals_from(raw, rules)
    asked = []

    def sheet_totals(code, keys):
        asked.append((code, sorted(keys)))
        return answer(code, keys)

    rank(rules, entries(*table), tally(raw, rules), sheet_totals=sheet_totals)

    assert asked == [("overall", ["tied-1", "tied-2", "tied-3", "tied-4"])]


def test_sheet_totals_are_of_complete_sheets_and_not_rounded():
    rules = Rules(criteria=(criterion("x", 1), criterion("y", 2)))
    raw = scores(rules, {"a": {"x": [5, 6, 7], "y": [8, None, 9]}})

    sheet_totals = sheet_totals_from(raw, rules)

    assert sheet_totals("overall", frozenset({"a", "b"})) == {
        "a": [Fraction(70), Fraction(250, 3)],
        "b": [],
    }
