"""The few functions of a spreadsheet our formulas use, counted as it counts."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from math import floor

DIGITS_KEPT = Context(prec=15, rounding=ROUND_HALF_UP)
REFERENCE = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>\w+))"
    r"!\$(?P<column>[A-Z]+)\$(?P<first>\d+):\$(?P=column)\$(?P<last>\d+)"
)


def excel_round(number, places):
    """Excel's ROUND: of the fifteen digits it keeps, a half away from zero."""
    shown = DIGITS_KEPT.create_decimal_from_float(float(number))
    return float(shown.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def plain_round(number, places):
    """ROUND of a program that trusts its binary fractions."""
    scale = 10**places
    return floor(number * scale + 0.5) / scale


def evaluate(expression, ranges, *, rounding=excel_round):
    """The value of a formula; `ranges` answers the numbers of each reference."""
    names = {
        "AVERAGE": lambda values: sum(map(float, values)) / len(values),
        "ROUND": rounding,
        "INT": floor,
        "values": ranges,
    }
    source = REFERENCE.sub(lambda match: f"values({match[0]!r})", expression)
    return eval(source, {"__builtins__": {}}, names)  # noqa: S307 - our own formula


def values_of(workbook, reference):
    """The numbers a reference points to in a workbook that openpyxl has read."""
    found = REFERENCE.fullmatch(reference)
    title = found["plain"] or found["quoted"].replace("''", "'")
    area = f"{found['column']}{found['first']}:{found['column']}{found['last']}"
    return [row[0].value for row in workbook[title][area]]
