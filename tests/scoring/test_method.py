from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.ranking import Criterion, Nomination, Rules, Scale
from tests.scoring.cases import HALVES, TEN, criterion, one_criterion


@pytest.mark.parametrize(
    ("scale", "value", "steps"),
    [
        pytest.param(TEN, 1, 0, id="minimum-is-no-step"),
        pytest.param(TEN, 10, 9, id="maximum"),
        pytest.param(HALVES, Fraction(7, 2), 7, id="half-steps"),
        pytest.param(HALVES, Decimal("3.50"), 7, id="decimal"),
    ],
)
def test_scale_counts_steps_from_its_minimum(scale, value, steps):
    counted = scale.steps_of(value)

    assert counted == steps
    assert scale.value(counted) == Fraction(value)


def test_scale_knows_its_number_of_steps():
    assert (TEN.steps, HALVES.steps) == (9, 10)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(0, id="below"),
        pytest.param(11, id="above"),
        pytest.param(Fraction(3, 2), id="between-steps"),
        pytest.param(Decimal("NaN"), id="not-a-number"),
        pytest.param(Decimal("Infinity"), id="infinite"),
    ],
)
def test_scale_refuses_values_that_are_not_on_it(value):
    with pytest.raises(ValueError, match="allowed: 1 to 10 in steps of 1"):
        TEN.steps_of(value)


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        pytest.param(
            (1, 10, 0), "Scale.step: received 0, allowed: above 0", id="no-step"
        ),
        pytest.param(
            (5, 5, 1), "Scale.maximum: received 5, allowed: above 5", id="empty"
        ),
        pytest.param(
            (1, 10, 2),
            "Scale.maximum: received 10, allowed: 1 plus a whole number of steps of 2",
            id="maximum-between-steps",
        ),
    ],
)
def test_impossible_scale_is_refused(bounds, message):
    with pytest.raises(ValueError, match=message):
        Scale(*map(Fraction, bounds))


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: Scale(0.0, Fraction(1), Fraction(1)), id="scale"),
        pytest.param(lambda: Criterion("x", TEN, 0.5), id="weight"),
        pytest.param(lambda: Nomination("n", {"x": 0.5}), id="nomination-weight"),
        pytest.param(lambda: one_criterion(total=100.0), id="total"),
    ],
)
def test_floats_are_refused(make):
    with pytest.raises(TypeError, match="allowed: an int or a Fraction"):
        make()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(
            lambda: criterion("x", -1),
            "Criterion.weight of 'x': received -1, allowed: 0 or more",
            id="negative-weight",
        ),
        pytest.param(
            lambda: Nomination("overall"),
            "Nomination.code: received 'overall', allowed: any but 'overall'",
            id="nomination-called-overall",
        ),
        pytest.param(
            lambda: Nomination("n", {"x": Fraction(-1)}),
            r"Nomination.weights\['x'\] of 'n': received -1, allowed: 0 or more",
            id="negative-nomination-weight",
        ),
        pytest.param(
            lambda: Nomination("n", entries="some"),
            "Nomination.entries: received 'some', allowed: 'all', 'chosen'",
            id="unknown-entrants",
        ),
        pytest.param(
            lambda: Nomination("n", places=0),
            "Nomination.places: received 0, allowed: 1 or more, or None",
            id="no-places",
        ),
    ],
)
def test_impossible_parts_of_rules_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            {"criteria": (criterion("x"), criterion("x"))},
            "Rules.criteria: received 'x', allowed: each code once",
            id="criterion-twice",
        ),
        pytest.param(
            {"nominations": (Nomination("n"), Nomination("n"))},
            "Rules.nominations: received 'n', allowed: each code once",
            id="nomination-twice",
        ),
        pytest.param(
            {"nominations": (Nomination("n", {"z": Fraction(1)}),)},
            "Nomination.weights of 'n': received 'z', allowed: 'x', 'y'",
            id="weight-of-an-unknown-criterion",
        ),
        pytest.param(
            {"nominations": (Nomination("n", {"x": Fraction(0)}),)},
            "weights of the list 'n': .* allowed: at least one weight above 0",
            id="nomination-without-weight",
        ),
        pytest.param(
            {"criteria": (criterion("x", counted=False), criterion("y", 0))},
            "weights of the list 'overall': .* allowed: at least one weight above 0",
            id="nothing-counted",
        ),
        pytest.param(
            {"criteria": ()},
            "weights of the list 'overall': .* allowed: at least one weight above 0",
            id="no-criteria",
        ),
        pytest.param(
            {"total": Fraction(0)},
            "Rules.total: received 0, allowed: above 0",
            id="total-of-nothing",
        ),
        pytest.param(
            {"mapping": "minimum"},
            "Rules.mapping: received 'minimum', allowed: 'maximum', 'range'",
            id="unknown-mapping",
        ),
        pytest.param(
            {"criteria": (criterion("x", scale=Scale(-2, 0, 1)),)},
            "Scale.maximum of criterion 'x': received 0, allowed: above 0",
            id="share-of-a-maximum-that-is-zero",
        ),
        pytest.param(
            {"min_scores": 0},
            "Rules.min_scores: received 0, allowed: 1 or more",
            id="no-scores-needed",
        ),
        pytest.param(
            {"minimum_score": Decimal("NaN")},
            "Rules.minimum_score: .* allowed: a finite number, or None",
            id="minimum-score-not-a-number",
        ),
        pytest.param(
            {"tie_breaks": ("age",)},
            "Rules.tie_breaks: received 'age', allowed: 'criterion:x', 'criterion:y', "
            "'median', 'top_marks', 'chair', 'lot'",
            id="unknown-tie-break",
        ),
        pytest.param(
            {"tie_breaks": ("criterion:z",)},
            "Rules.tie_breaks: received 'criterion:z'",
            id="tie-break-by-an-unknown-criterion",
        ),
        pytest.param(
            {"tie_breaks": ("lot", "lot")},
            "Rules.tie_breaks: received 'lot', allowed: each code once",
            id="tie-break-twice",
        ),
    ],
)
def test_rules_refuse_what_gives_no_ranking(changes, message):
    fitting = {"criteria": (criterion("x"), criterion("y"))}

    with pytest.raises(ValueError, match=message):
        Rules(**fitting | changes)


def test_list_weights_hold_only_what_counts():
    rules = Rules(
        criteria=(
            criterion("x", 2),
            criterion("y", 0),
            criterion("original", counted=False),
        ),
        nominations=(
            Nomination("best"),
            Nomination("original", {"original": Fraction(3), "y": 1, "x": Fraction(0)}),
        ),
    )

    weights = rules.list_weights()

    assert weights == {
        "overall": {"x": 2},
        "best": {"x": 2},
        "original": {"y": 1, "original": 3},
    }
