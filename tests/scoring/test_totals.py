from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.ranking import Row, Rules
from tests.scoring.cases import (
    HALVES,
    HUNDRED,
    criterion,
    one_criterion,
    ranked,
    scale,
    totals,
)


@pytest.mark.parametrize(
    ("value", "of", "expected"),
    [
        pytest.param(125, 1000, "0.13", id="half-above-an-even-hundredth-goes-up"),
        pytest.param(135, 1000, "0.14", id="half-above-an-odd-hundredth-goes-up"),
        pytest.param(124, 1000, "0.12", id="below-the-half"),
        pytest.param(5, 1000, "0.01", id="half-a-hundredth"),
        pytest.param(4, 1000, "0.00", id="less-than-half-a-hundredth"),
        pytest.param(1, 3, "0.33", id="a-third"),
        pytest.param(2, 3, "0.67", id="two-thirds"),
        pytest.param(999_995, 10**6, "1.00", id="half-that-carries-to-the-next-whole"),
        pytest.param(7, 7, "1.00", id="the-maximum"),
        pytest.param(-5, 1000, "0.00", id="negative-half-goes-up-as-well"),
        pytest.param(-6, 1000, "-0.01", id="below-a-negative-half"),
        pytest.param(-15, 1000, "-0.01", id="negative-half-goes-towards-zero"),
    ],
)
def test_total_is_rounded_half_up_to_hundredths(value, of, expected):
    rules = one_criterion(scale(-of, of), total=Fraction(1))

    overall = ranked(rules, {"a": {"quality": [value]}})

    assert str(overall.rows[0].total) == expected


def test_total_is_rounded_once_and_not_from_rounded_means():
    rules = Rules(
        criteria=(criterion("x", scale=HUNDRED), criterion("y", scale=HUNDRED))
    )
    table = {"a": {"x": [1, 0, 0], "y": [1, 0, 0]}, "b": {"x": [1, 1, 0], "y": [0]}}

    overall = ranked(rules, table)

    assert totals(overall) == {"a": Decimal("0.33"), "b": Decimal("0.33")}
    assert overall.rows[1].means == {"x": Decimal("0.67"), "y": Decimal("0.00")}


@pytest.mark.parametrize(
    ("mapping", "of_scale", "value", "expected"),
    [
        pytest.param("maximum", scale(0, 10), 5, "50.00", id="maximum-from-zero"),
        pytest.param("maximum", scale(1, 10), 1, "10.00", id="maximum-from-one-bottom"),
        pytest.param("maximum", scale(1, 10), 10, "100.00", id="maximum-from-one-top"),
        pytest.param(
            "maximum", scale(-2, 2), -1, "-50.00", id="maximum-from-below-zero"
        ),
        pytest.param(
            "maximum", HALVES, Fraction(7, 2), "70.00", id="maximum-half-steps"
        ),
        pytest.param("range", scale(0, 10), 5, "50.00", id="range-from-zero"),
        pytest.param("range", scale(1, 10), 1, "0.00", id="range-from-one-bottom"),
        pytest.param("range", scale(1, 10), 4, "33.33", id="range-from-one-third"),
        pytest.param("range", scale(1, 10), 10, "100.00", id="range-from-one-top"),
        pytest.param("range", scale(-2, 2), -1, "25.00", id="range-from-below-zero"),
        pytest.param("range", scale(-5, -1), -2, "75.00", id="range-wholly-below-zero"),
        pytest.param(
            "range",
            scale(1, 2, Fraction(1, 3)),
            Fraction(4, 3),
            "33.33",
            id="range-third-steps",
        ),
    ],
)
def test_mean_is_mapped_to_the_total_as_the_rules_say(
    mapping, of_scale, value, expected
):
    rules = one_criterion(of_scale, mapping=mapping)

    overall = ranked(rules, {"a": {"quality": [value]}})

    assert str(overall.rows[0].total) == expected


def test_total_weighs_criteria_with_different_numbers_of_values():
    rules = Rules(
        criteria=(
            criterion("x", 50),
            criterion("y", 30),
            criterion("z", 20, scale=HALVES),
        )
    )
    table = {"a": {"x": [7, 8], "y": [9, 9, 10], "z": [Fraction(9, 2)]}}

    overall = ranked(rules, table)

    # 100 · (50 · 7.5/10 + 30 · 9.333…/10 + 20 · 4.5/5) / 100
    assert overall.rows[0] == Row(
        entry="a",
        place=1,
        total=Decimal("83.50"),
        means={"x": Decimal("7.50"), "y": Decimal("9.33"), "z": Decimal("4.50")},
        spread=None,
        jurors=3,
        tie_breaks=(),
        shared=False,
    )


def test_total_does_not_change_when_all_weights_grow_alike():
    table = {"a": {"x": [7, 8], "y": [9, 4]}}
    thirds = (criterion("x", Fraction(1, 3)), criterion("y", Fraction(2, 3)))
    wholes = (criterion("x", 10), criterion("y", 20))

    small, large = (ranked(Rules(criteria=own), table) for own in (thirds, wholes))

    assert totals(small) == totals(large) == {"a": Decimal("68.33")}


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        pytest.param({"x": [5], "y": [5, 7]}, None, id="a-criterion-with-one-value"),
        pytest.param({"x": [5, 5], "y": [7, 7]}, "0.00", id="of-one-mind"),
        # √2 and √8 of 10, weights 1 and 3: 100 · (0.1414… + 3 · 0.2828…) / 4
        pytest.param({"x": [5, 7], "y": [3, 7]}, "24.75", id="two-values"),
        # sample deviations 1 and 2 exactly: 100 · (0.1 + 3 · 0.2) / 4
        pytest.param({"x": [4, 5, 6], "y": [2, 4, 6]}, "17.50", id="three-values"),
        # 1 and √2: 100 · (0.1 + 3 · 0.1414…) / 4
        pytest.param({"x": [4, 5, 6], "y": [7, 9]}, "13.11", id="different-counts"),
    ],
)
def test_spread_is_the_weighted_mean_of_sample_deviations(marks, expected):
    rules = Rules(criteria=(criterion("x", 1), criterion("y", 3)))

    overall = ranked(rules, {"a": marks})

    assert overall.rows[0].spread == (expected and Decimal(expected))


def test_spread_that_is_exactly_a_half_goes_up():
    rules = one_criterion(scale(0, 8), total=Fraction(1))

    overall = ranked(rules, {"a": {"quality": [3, 4, 5]}})

    assert overall.rows[0].spread == Decimal("0.13")


def test_spread_in_the_range_mapping_is_measured_by_the_range():
    rules = one_criterion(scale(1, 5), mapping="range")

    overall = ranked(rules, {"a": {"quality": [2, 3, 4]}})

    assert overall.rows[0].spread == Decimal("25.00")


def test_printed_numbers_have_two_decimals():
    overall = ranked(one_criterion(), {"a": {"quality": [50, 50]}})

    row = overall.rows[0]
    shown = [str(row.total), str(row.spread), str(row.means["quality"])]
    assert shown == ["50.00", "0.00", "50.00"]
