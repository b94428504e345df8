"""The streamed workbook: what is pinned of openpyxl, and what it leaves behind."""

import inspect
import os
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from exports.workbooks import book as book_module
from exports.workbooks.book import Book, TooManyRows, safe_title
from exports.workbooks.styles import Style
from tests.exports.workbooks.reports import VILNIUS

ROOT = Path(__file__).parents[3]
GENERATED = datetime(2026, 7, 1, 0, 30, 5, tzinfo=VILNIUS)

UPGRADE = """
openpyxl changed. Before you raise the pin, compare what exports/workbooks/book.py
stands on with the new source:
- ExcelWriter.write_worksheet(ws) still is the only place that writes a sheet's part,
  and does nothing beyond our override but choose between stream and memory;
- WorksheetWriter(ws, out=BytesIO()).write() still writes a whole sheet with an empty
  sheetData element, and read() answers it;
- styles: Cell.style_id is still the number of a named style in cells;
then run `make test-all` (LibreOffice recalculates a whole workbook there), open a
ranking in Excel, and set the new version and digest here.
"""


def make_book(**changes):
    options = {"title": "A & B", "creator": "Sumani", "created": GENERATED}
    return Book(**options | changes)


def save(book):
    file = BytesIO()
    book.save(file)
    return file


def test_openpyxl_is_the_one_that_was_read():
    assert openpyxl.__version__ == "3.1.5", UPGRADE


def test_what_is_overridden_has_not_changed():
    source = inspect.getsource(ExcelWriter.write_worksheet)

    assert str(inspect.signature(ExcelWriter.write_worksheet)) == "(self, ws)", UPGRADE
    assert sha256(source.encode()).hexdigest()[:16] == "ccfd37f0bebe758f", UPGRADE
    assert str(inspect.signature(WorksheetWriter)) == "(ws, out=None)", UPGRADE


def test_openpyxl_writes_an_empty_sheet_in_one_of_the_forms_we_look_for():
    sheet = Workbook(write_only=True).create_sheet("Empty")
    frame = WorksheetWriter(sheet, out=BytesIO())
    frame.write()

    parts = book_module.EMPTY_ROWS.split(frame.read())

    assert len(parts) == 2, UPGRADE


@pytest.mark.parametrize(
    "written", [b"<sheetData/>", b"<sheetData />", b"<sheetData></sheetData>"]
)
def test_every_writer_of_xml_spells_an_empty_element_in_its_own_way(written):
    assert book_module.EMPTY_ROWS.split(b"a" + written + b"b") == [b"a", b"b"]


def test_openpyxl_may_write_without_lxml(tmp_path):
    script = """
import sys
from datetime import UTC, datetime
import openpyxl
from exports.workbooks.book import Book
from exports.workbooks.styles import Style
assert not openpyxl.LXML
with Book(title="T", creator="S", created=datetime.now(UTC)) as book:
    book.add_sheet("One").append(["=a"], [Style.TEXT])
    book.save(sys.argv[1])
"""
    path = tmp_path / "book.xlsx"
    environment = os.environ | {"OPENPYXL_LXML": "False"}
    command = [sys.executable, "-c", script, str(path)]

    subprocess.run(command, cwd=ROOT, env=environment, check=True)

    assert load_workbook(path)["One"]["A1"].value == "=a"


def test_sheets_stand_in_the_order_they_were_added_whatever_was_written_first():
    with make_book() as book:
        first, second = book.add_sheet("First"), book.add_sheet("Second")
        second.append(["b"], [Style.TEXT])
        first.append(["a"], [Style.TEXT])
        file = save(book)

    read = load_workbook(file)
    assert [sheet.title for sheet in read] == ["First", "Second"]
    assert [sheet["A1"].value for sheet in read] == ["a", "b"]


def test_properties_name_the_report_and_its_moment_in_utc():
    with make_book() as book:
        book.add_sheet("One")
        properties = load_workbook(save(book)).properties

    moment = datetime(2026, 6, 30, 21, 30, 5)  # noqa: DTZ001 - as openpyxl reads it
    assert (properties.creator, properties.lastModifiedBy) == ("Sumani", "Sumani")
    assert properties.title == "A & B"
    assert (properties.created, properties.modified) == (moment, moment)


def test_same_content_makes_the_same_bytes(monkeypatch):
    def make():
        with make_book() as book:
            sheet = book.add_sheet("One")
            sheet.append(["text", 7], [Style.TEXT, Style.VALUE])
            return save(book).getvalue()

    first = make()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)

    assert make() == first


def test_parts_of_the_file_are_compressed():
    with make_book() as book:
        sheet = book.add_sheet("One")
        for _row in range(200):
            sheet.append(["the same text again"], [Style.TEXT])
        parts = ZipFile(save(book)).infolist()

    part = next(p for p in parts if p.filename.endswith("sheet1.xml"))
    assert part.compress_size * 10 < part.file_size


@pytest.mark.parametrize("fails", [False, True])
def test_no_temporary_file_stays(monkeypatch, tmp_path, fails):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def write():
        with make_book() as book:
            book.add_sheet("One").append(["a"], [Style.TEXT])
            during.extend(tmp_path.iterdir())
            if fails:
                raise RuntimeError
            save(book)

    during = []
    with pytest.raises(RuntimeError) if fails else nullcontext():
        write()

    assert len(during) == 1
    assert list(tmp_path.iterdir()) == []


def test_workbook_is_saved_to_a_path_as_well(tmp_path):
    path = tmp_path / "book.xlsx"
    with make_book() as book:
        book.add_sheet("One").append(["a"], [Style.TEXT])
        book.save(path)

    assert load_workbook(path)["One"]["A1"].value == "a"
    assert isinstance(path, Path)


def test_sheet_refuses_more_rows_than_excel_reads(monkeypatch):
    monkeypatch.setattr(book_module, "MAX_ROWS", 2)

    with make_book() as book:
        sheet = book.add_sheet("Full")
        sheet.append([1], [Style.VALUE])
        sheet.append([2], [Style.VALUE])

        with pytest.raises(TooManyRows, match="Full"):
            sheet.append([3], [Style.VALUE])


def test_row_may_be_wider_than_the_alphabet():
    with make_book() as book:
        sheet = book.add_sheet("Wide")
        sheet.append(list(range(60)), [Style.VALUE] * 60)
        row = load_workbook(save(book))["Wide"][1]

    assert [cell.value for cell in row] == list(range(60))
    assert sheet.last_column == "BH"


@pytest.mark.parametrize(
    ("wished", "taken", "given"),
    [
        ("Ranking", (), "Ranking"),
        ("a/b\\c?d*e[f]g:h", (), "a b c d e f g h"),
        ("'quoted'", (), "quoted"),
        ("", (), "Sheet"),
        ("[]", (), "Sheet"),
        ("\x00\x07", (), "Sheet"),
        ("History", (), "History_"),
        ("x" * 40, (), "x" * 31),
        ("Scores", ("scores",), "Scores 2"),
        ("Scores", ("Scores", "Scores 2"), "Scores 3"),
        ("y" * 31, ("y" * 31,), "y" * 29 + " 2"),
        ("=1+1", (), "=1+1"),
    ],
)
def test_sheet_title_is_one_excel_accepts(wished, taken, given):
    assert safe_title(wished, taken) == given
