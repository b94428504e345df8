"""What stands in a cell: hostile text stays text, numbers stay numbers."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pytest
from openpyxl import load_workbook

from exports.workbooks.book import Book
from exports.workbooks.cells import MAX_FORMULA, MAX_TEXT, Formula, clean_text
from exports.workbooks.styles import Style
from tests.exports.workbooks.reports import GENERATED

RIGHT_TO_LEFT = "\u202e\u05d0\u200f"

HOSTILE = [
    ("=1+1", "=1+1"),
    ('=HYPERLINK("http://example.org","click")',) * 2,
    ("=cmd|' /C calc'!A0",) * 2,
    ("+1+1", "+1+1"),
    ("-1", "-1"),
    ("@SUM(A1)", "@SUM(A1)"),
    ("\t=1", "\t=1"),
    ("'=1", "'=1"),
    ("#REF!", "#REF!"),
    ("#N/A", "#N/A"),
    ("TRUE", "TRUE"),
    ("12", "12"),
    ("2026-01-01", "2026-01-01"),
    ("<b>&amp;</b> ]]>", "<b>&amp;</b> ]]>"),
    ("a\x00b\x07c\x1fd", "a\ufffdb\ufffdc\ufffdd"),
    ("a\ud800b\udfffc", "a\ufffdb\ufffdc"),
    ("a\ufffeb\uffffc", "a\ufffdb\ufffdc"),
    ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
    ("  space around  ", "  space around  "),
    ("s\u030cviesa", "šviesa"),
    ("kaimas 🌾👩‍🌾", "kaimas 🌾👩‍🌾"),
    (RIGHT_TO_LEFT, RIGHT_TO_LEFT),
    ("_x0041_ and _X0041_", "_x005F_x0041_ and _X0041_"),
]


def write(*values, style=Style.TEXT):
    """A workbook with these values in its first column."""
    file = BytesIO()
    with Book(title="Cells", creator="Sumani", created=GENERATED) as book:
        sheet = book.add_sheet("Cells")
        for value in values:
            sheet.append([value], [style])
        book.save(file)
    return file


def read(file, **options):
    return [row[0] for row in load_workbook(file, **options)["Cells"].iter_rows()]


@pytest.mark.parametrize(("text", "stored"), HOSTILE)
def test_text_stays_text(text, stored):
    [cell] = read(write(text))

    assert (cell.value, cell.data_type, cell.number_format) == (stored, "s", "@")


def test_text_too_long_for_a_cell_says_that_it_was_cut():
    [cell] = read(write("a" * 40_000))

    mark = "… [cut at 32,767 characters]"
    assert cell.value == "a" * (MAX_TEXT - len(mark)) + mark


def test_text_that_just_fits_is_whole():
    [cell] = read(write("b" * MAX_TEXT))

    assert cell.value == "b" * MAX_TEXT


@pytest.mark.parametrize("start", ["", "a"])
def test_a_character_of_two_units_counts_twice_and_is_never_halved(start):
    [cell] = read(write(start + "🌾" * 20_000))

    kept, mark = cell.value.split("… [")
    assert set(kept) <= {"🌾", "a"}
    assert mark == "cut at 32,767 characters]"
    assert len(cell.value.encode("utf-16-le")) // 2 in {MAX_TEXT, MAX_TEXT - 1}


def test_the_mark_of_a_cut_is_in_the_language_of_the_day(monkeypatch):
    english = read(write("c" * 40_000))[0].value
    monkeypatch.setattr("exports.workbooks.cells._", lambda text: f"({text})")

    [cell] = read(write("c" * 40_000))

    assert english.endswith("c… [cut at 32,767 characters]")
    assert cell.value.endswith("c(… [cut at 32,767 characters])")


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (7, 7),
        (0, 0),
        (-3, -3),
        (10**15, 10**15),
        (Decimal("7.50"), 7.5),
        (Decimal("1E+2"), 100),
        (Decimal("0.01"), 0.01),
        (Fraction(9), 9),
        (Fraction(19, 2), 9.5),
        (Fraction(1, 3), 1 / 3),
        (Fraction(-1, 10), -0.1),
    ],
)
def test_number_is_a_number(value, stored):
    [cell] = read(write(value, style=Style.VALUE))

    assert (cell.value, cell.data_type) == (stored, "n")


def test_moment_is_a_date_in_its_own_zone():
    [cell] = read(write(GENERATED, style=Style.MOMENT))

    assert cell.is_date
    assert cell.value == datetime(2026, 11, 22, 14, 30, 5)  # noqa: DTZ001 - as read


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_is_an_empty_cell_with_a_style(value):
    cells = read(write("above", value, "below"))

    assert [cell.value for cell in cells] == ["above", None, "below"]
    assert cells[1].style == "Sumani text"


def test_formula_is_live_and_has_its_value():
    file = write(Formula("ROUND(1<2,2)&A2", Decimal("7.50")), 2, style=Style.SCORE)

    live, cached = read(file)[0], read(file, data_only=True)[0]

    assert (live.value, live.data_type) == ("=ROUND(1<2,2)&A2", "f")
    assert cached.value == 7.5


def test_formula_too_long_for_excel_leaves_its_value():
    expression = "+".join(["1"] * (MAX_FORMULA // 2 + 2))

    [cell] = read(write(Formula(expression, Decimal("9.99")), style=Style.SCORE))

    assert (cell.value, cell.data_type) == (9.99, "n")


def test_clean_text_keeps_what_xml_can_carry():
    text = "Tab\there, nbsp\u00a0, „ąčęėįšųūž“, 🌾"

    assert clean_text(text) == text
