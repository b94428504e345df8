"""The ranking's arithmetic, written as formulas of a spreadsheet.

A spreadsheet counts in binary fractions, so a total that is exactly a half of the
last printed digit may come out a hair below it and be rounded down. Rounding to
nine decimals first removes the hair. No total that is not a half comes that near to
one unless the values of a row have a common denominator above ten million.

Formulas are templates: `%s` stands for a range of values, so that the text of a
list's formula is made once and not once an entry.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache

from scoring.ranking import OVERALL, Rules, Scale

SNAP = 9  # decimals
DIGITS = 15  # what a spreadsheet keeps of a number


def mean_template(scale: Scale) -> str:
    """The mean of one range as it is printed."""
    mean = "AVERAGE(%s)"
    if scale.minimum < 0:
        return _half_up_below_zero(mean)
    return f"ROUND({mean},2)" if _sums_exactly(scale) else _half_up(mean)


def total_template(rules: Rules, weights: Mapping[str, Fraction]) -> str:
    """The total T · Σ w·(mean / maximum) / Σ w; one range for each weight, in order."""
    scales = {criterion.code: criterion.scale for criterion in rules.criteria}
    from_minimum = rules.mapping == "range"
    shares = "+".join(
        _factor(weight) + _share(scales[code], from_minimum=from_minimum)
        for code, weight in weights.items()
    )
    total = f"{_literal(rules.total)}*({shares}){_divisor(sum(weights.values()))}"
    if from_minimum or all(scales[code].minimum >= 0 for code in weights):
        return _half_up(total)
    return _half_up_below_zero(total)


def total_templates(
    rules: Rules,
) -> Callable[[str, frozenset[str]], tuple[Sequence[str], str]]:
    """How an entry's total is written: list and chosen nominations to codes, template.

    One range for each code. Templates are made once for all that are weighed alike.
    """
    lists = rules.list_weights()

    @cache
    def template(list_code: str, chosen: frozenset[str]) -> tuple[Sequence[str], str]:
        is_own = list_code == OVERALL and not rules.is_uniform
        weights = rules.weights_of(chosen) if is_own else lists[list_code]
        return tuple(weights), total_template(rules, weights)

    return template


def rounded(expression: str, *, below_zero: bool = False) -> str:
    """The expression rounded to two decimals as we round, a half going up."""
    return _half_up_below_zero(expression) if below_zero else _half_up(expression)


def _share(scale: Scale, *, from_minimum: bool) -> str:
    """How much of the scale the mean of a range reaches; 1 is all of it."""
    if not from_minimum or scale.minimum == 0:
        return f"AVERAGE(%s)/{_literal(scale.maximum)}"
    width = _literal(scale.maximum - scale.minimum)
    return f"(AVERAGE(%s)-{_literal(scale.minimum)})/{width}"


def _factor(weight: Fraction) -> str:
    return "" if weight == 1 else f"{_literal(weight)}*"


def _divisor(weights: Fraction | int) -> str:
    return "" if weights == 1 else f"/{_literal(Fraction(weights))}"


def _half_up(expression: str) -> str:
    return f"ROUND(ROUND({expression},{SNAP}),2)"


def _half_up_below_zero(expression: str) -> str:
    """A half goes up below zero too, where ROUND of a spreadsheet goes down."""
    return f"INT(ROUND(100*({expression}),{SNAP - 2})+0.5)/100"


def _sums_exactly(scale: Scale) -> bool:
    """Whether sums of these values have no rounding error in binary fractions."""
    denominators = (Fraction(n).denominator for n in (scale.minimum, scale.step))
    return all(number & (number - 1) == 0 for number in denominators)


def _literal(number: Fraction) -> str:
    """A number as a formula spells it: 7, 2.5, (-1) or, where it never ends, (1/3)."""
    number = Fraction(number)
    text = plain_number(number)
    return text if "/" not in text and number >= 0 else f"({text})"


def plain_number(number: Fraction) -> str:
    """The decimal digits of a number if they end and are few, else `1/3`."""
    number = Fraction(number)
    for places in range(DIGITS):
        scaled = number * 10**places
        if scaled.denominator == 1 and abs(scaled) < 10**DIGITS:
            digits = f"{abs(scaled.numerator):0{places + 1}d}"
            whole, decimals = (
                digits[: len(digits) - places],
                digits[len(digits) - places :],
            )
            return (
                ("-" if number < 0 else "") + whole + ("." + decimals if places else "")
            )
    return str(number)
