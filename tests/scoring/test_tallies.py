import sqlite3

import pytest

from scoring.ranking import Exclusion, Score, Tally, tally
from tests.scoring.cases import HALVES, TEN, one_criterion, scores

SUMS = """
    SELECT entry, criterion, count(*), sum(steps), sum(steps * steps), sum(steps = 10)
    FROM score
    GROUP BY entry, criterion
"""


def test_tally_sums_the_steps_above_the_minimum():
    rules = one_criterion(HALVES)
    raw = scores(rules, {"a": {"quality": [1, 5, None, 5]}, "b": {"quality": [0]}})

    tallies = tally(raw, rules)

    assert tallies == {
        "a": {"quality": Tally(count=3, total=22, squares=204, top=2)},
        "b": {"quality": Tally(count=1, total=0, squares=0, top=0)},
    }


def test_tally_leaves_out_what_is_excluded():
    rules = one_criterion(HALVES)
    table = {key: {"quality": [1, 2, 3]} for key in "abc"}
    exclusions = [
        Exclusion("a", None, "late"),
        Exclusion(None, "juror-1", "left"),
        Exclusion("b", "juror-2", "conflict"),
    ]

    tallies = tally(scores(rules, table), rules, exclusions)

    assert tallies == {
        "b": {"quality": Tally(count=1, total=6, squares=36, top=0)},
        "c": {"quality": Tally(count=2, total=10, squares=52, top=0)},
    }


def test_tally_equals_sums_taken_in_sql():
    rules = one_criterion(HALVES)
    raw = scores(rules, {"a": {"quality": [1, 5, 4, 5]}, "b": {"quality": [0, 3]}})
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE score (entry, juror, criterion, steps)")
    database.executemany("INSERT INTO score VALUES (?, ?, ?, ?)", raw)

    sums = {}
    for entry, code, *columns in database.execute(SUMS):
        sums.setdefault(entry, {})[code] = Tally(*columns)
    database.close()

    assert sums == tally(raw, rules)


def test_tally_of_nothing_is_empty():
    assert tally([], one_criterion(HALVES)) == {}


@pytest.mark.parametrize(
    ("score", "message"),
    [
        pytest.param(
            Score("a", "j", "beauty", 1),
            "received 'beauty', allowed: 'quality'",
            id="unknown-criterion",
        ),
        pytest.param(
            Score("a", "j", "quality", 10),
            "received 10 .* allowed: 0 to 9",
            id="above-the-scale",
        ),
        pytest.param(
            Score("a", "j", "quality", -1),
            "received -1 .* allowed: 0 to 9",
            id="below-the-scale",
        ),
        pytest.param(
            Score("a", "k", "quality", 3), "twice", id="second-value-of-one-juror"
        ),
    ],
)
def test_tally_refuses_impossible_scores(score, message):
    rules = one_criterion(TEN)

    with pytest.raises(ValueError, match=message):
        tally([Score("a", "k", "quality", 4), score], rules)


def test_exclusion_of_nothing_is_refused():
    with pytest.raises(ValueError, match="neither entry nor juror"):
        Exclusion(None, None, "slip")
