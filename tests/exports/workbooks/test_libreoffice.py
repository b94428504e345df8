"""LibreOffice opens our workbooks, computes every formula anew and gets our numbers."""

import csv
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from itertools import chain

import pytest
from openpyxl import load_workbook

from exports.workbooks.book import Book
from exports.workbooks.cells import Formula
from exports.workbooks.formulas import mean_template, total_template
from exports.workbooks.styles import Style
from scoring.ranking import OVERALL
from tests.exports.workbooks.reading import write
from tests.exports.workbooks.reports import GENERATED, make_report, sumani_rules
from tests.exports.workbooks.test_cells import HOSTILE
from tests.exports.workbooks.test_formulas import (
    BELOW_ZERO,
    SCALES,
    draw_cases,
    halves,
    ranked,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

WRONG = Decimal("-7777.77")  # nothing computes to it: whoever shows it did not compute


def make_book(*rows, styles):
    file = BytesIO()
    with Book(title="Control", creator="Sumani", created=GENERATED) as book:
        sheet = book.add_sheet("Control")
        for row in rows:
            sheet.append(row, styles)
        book.save(file)
    return file


@pytest.mark.parametrize(("recalculate", "shown"), [(True, 2), (False, float(WRONG))])
def test_control_only_a_forced_recalculation_finds_a_wrong_value(
    convert, recalculate, shown
):
    file = make_book([Formula("1+1", WRONG)], styles=[Style.SCORE])

    converted = load_workbook(
        convert(file, "xlsx", recalculate=recalculate), data_only=True
    )

    assert converted["Control"]["A1"].value == shown


def test_every_cell_of_a_ranking_is_the_same_after_recalculation(convert):
    rules = sumani_rules(minimum_score=Decimal(55), mapping="range")
    report = make_report(250, 9, rules=rules, interim=True)
    file, _progress = write(report)

    ours = load_workbook(file, data_only=True)
    theirs = load_workbook(convert(file, "xlsx"), data_only=True)

    assert theirs.sheetnames == ours.sheetnames
    assert len(list(ours["Ranking"].rows)) > 700
    for sheet in ours:
        other = theirs[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                assert other[cell.coordinate].value == cell.value, cell


def formula_rows(cases):
    """Values of a case side by side, then its formulas, then what they must give.

    One row holds one case: totals of both lists, then means. The values beside the
    formulas are wrong, so that whatever is right has been computed.
    """
    for number, (rules, steps) in enumerate(cases, start=1):
        rows = ranked(rules, steps)
        cells, ranges = [], {}
        for criterion in rules.criteria:
            values = [criterion.scale.value(value) for value in steps[criterion.code]]
            first, last = len(cells), len(cells) + len(values) - 1
            ranges[criterion.code] = f"{letters(first)}{number}:{letters(last)}{number}"
            cells += values
        expressions = [
            (row.total, total_template(rules, weights), list(weights))
            for weights, row in zip(
                rules.list_weights().values(), rows.values(), strict=True
            )
        ]
        expressions += [
            (rows[OVERALL].means[c.code], mean_template(c.scale), [c.code])
            for c in rules.criteria
        ]
        formulas = [
            Formula(template % tuple(ranges[code] for code in codes), WRONG)
            for _expected, template, codes in expressions
        ]
        yield cells, formulas, [expected for expected, *_rest in expressions]


def letters(index):
    """The letters of a column, from 0: enough for 26 + 676 of them."""
    head, tail = divmod(index, 26)
    return (chr(64 + head) if head else "") + chr(65 + tail)


def test_formulas_of_any_rulebook_give_the_exact_numbers(convert):
    cases = chain(
        draw_cases(1_500, 21),
        draw_cases(500, 22, scales=(BELOW_ZERO, *SCALES)),
        halves(1_000, 23),
    )
    rows, expected = [], []
    for cells, formulas, results in formula_rows(cases):
        padding = [None] * (90 - len(cells))
        rows.append([*cells, *padding, *formulas])
        expected.append([float(result) for result in results])

    file = make_book(*rows, styles=[Style.VALUE] * 100)
    converted = load_workbook(convert(file, "xlsx"), data_only=True)

    found = [
        [value for value in row if value is not None]
        for row in converted["Control"].iter_rows(min_col=91, values_only=True)
    ]
    assert found == expected
    assert sum(map(len, expected)) > 12_000


def test_hostile_text_is_shown_as_it_was_typed(convert):
    shown = [text.replace("_x005F_", "_") for _typed, text in HOSTILE]
    file = make_book(*([typed] for typed, _text in HOSTILE), styles=[Style.TEXT])

    made = convert(
        file, "csv", options=':Text - txt - csv (StarCalc):44,34,76,1,"",0,true'
    )
    with made.open(encoding="utf-8", newline="") as lines:
        read = [row[0] if row else "" for row in csv.reader(lines)]

    assert read == shown


def test_scales_of_thirds_are_no_trouble(convert):
    third = Fraction(1, 3)
    file = make_book(
        [third, 2 * third, Formula("ROUND(ROUND(AVERAGE(A1:B1),9),2)", WRONG)],
        styles=[Style.VALUE, Style.VALUE, Style.SCORE],
    )

    converted = load_workbook(convert(file, "xlsx"), data_only=True)

    assert converted["Control"]["C1"].value == 0.5
