"""What offices make of a register comes out as they wrote it."""

import unicodedata

import pytest
from openpyxl import Workbook

from organisations.imports.limits import Limits
from organisations.imports.reading import read_file
from tests.organisations.imports import corpus

ROWS = [
    corpus.HEADER,
    ("Šešuolių kaimo bendruomenė „Žibintas“", "195745792", "Ukmergės rajono"),
    ("Ąžuolų, ėglių ir ųūž draugija", "300047565", "Kelmės r. sav."),
]


def read(path, name=""):
    return read_file(path, name or path.name, Limits(), lambda _rows: None)


def cells(content):
    return [tuple(row) for _number, row, _marks in content.rows]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1257"]
)
def test_encodings_and_separators_are_recognised(encoding, separator, tmp_path):
    path = corpus.as_csv(
        ROWS, tmp_path / "a.csv", encoding=encoding, separator=separator
    )

    content = read(path)

    assert cells(content) == ROWS
    assert content.facts["separator"] == separator


@pytest.mark.parametrize("encoding", ["iso8859_13", "cp775"])
def test_older_encodings_are_recognised_by_their_lithuanian(encoding, tmp_path):
    plain = [tuple(cell.replace("„", "").replace("“", "") for cell in r) for r in ROWS]
    path = corpus.as_csv(plain, tmp_path / "a.csv", encoding=encoding)

    assert cells(read(path)) == plain


def test_one_lithuanian_letter_is_enough(tmp_path):
    rows = [("Name", "Code"), ("Šešuolių", "")]
    path = corpus.as_csv(rows, tmp_path / "a.csv", encoding="cp1257")

    content = read(path)

    assert cells(content) == rows
    assert content.facts["encoding"] == "cp1257"


def test_excels_own_line_names_the_separator(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("sep=|\r\nPavadinimas|Kodas\r\nA;B|1\r\n")

    content = read(path)

    assert [row[0] for row in content.rows] == [1, 2]
    assert cells(content) == [("Pavadinimas", "Kodas"), ("A;B", "1")]


def test_a_line_break_inside_quotation_marks_is_part_of_its_cell(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('Pavadinimas;Kodas\n"A\nB";1\n\n"C ""D""";2\n')

    content = read(path)

    assert [row[0] for row in content.rows] == [1, 2, 4]
    assert cells(content)[1:] == [("A\nB", "1"), ('C "D"', "2")]


def test_one_broken_character_spoils_its_own_cell_only(tmp_path):
    text = "Pavadinimas;Kodas\n" + "Šešuolių ąčęėįšųūž;1\n" * 5
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode() + b"Kra\xfeiai;2\n")

    content = read(path)

    assert content.facts["encoding"] == "utf-8"
    assert cells(content)[1] == ("Šešuolių ąčęėįšųūž", "1")
    assert cells(content)[-1] == ("Kra\N{REPLACEMENT CHARACTER}iai", "2")


def test_a_workbook_is_read_as_text(tmp_path):
    rows = [
        corpus.HEADER,
        ("Šešuolių", 300047565, None),
        ("Kražių", 300047565.0, 0.5),
        ("=1+1 tekstas", True, "x"),
    ]
    path = corpus.as_xlsx(rows[:3], tmp_path / "a.xlsx")

    content = read(path)

    assert content.facts["sheet"] == "Registras"
    assert cells(content) == [
        corpus.HEADER,
        ("Šešuolių", "300047565"),
        ("Kražių", "300047565", "0.5"),
    ]


def test_a_workbook_under_a_stored_name_is_read(tmp_path):
    path = corpus.as_xlsx([corpus.HEADER], tmp_path / "a.xlsx")
    stored = path.rename(tmp_path / "0123.upload")

    assert cells(read(stored, "register.xlsx")) == [corpus.HEADER]


def test_decomposed_letters_are_read_as_they_came(tmp_path):
    name = unicodedata.normalize("NFD", "Šešuolių")
    path = corpus.as_xlsx([("Pavadinimas",), (name,)], tmp_path / "a.xlsx")

    assert cells(read(path))[1] == (name,)


def test_a_formula_is_its_kept_value_and_is_marked(tmp_path):
    sheet = corpus.sheet(
        corpus.FIRST + '<row r="2"><c r="A2" t="str"><f>"A"&amp;"B"</f><v>AB</v></c>'
        '<c r="B2"><f>1+1</f></c></row>'
        '<row r="3"><c r="A3" t="e"><v>#REF!</v></c></row>'
    )
    path = corpus.package(tmp_path / "a.xlsx", sheet)

    content = read(path)

    assert content.rows[1] == (2, ["AB", ""], {"0": "formula", "1": "formula_empty"})
    assert content.rows[2] == (3, ["#REF!"], {"0": "excel_error"})


def test_the_first_visible_sheet_is_read_and_the_others_are_named(tmp_path):
    book = Workbook()
    book.active.title = "Paslėptas"
    book.active.sheet_state = "hidden"
    book.create_sheet("Registras").append(["Pavadinimas"])
    book.create_sheet("Kitas").append(["Pavadinimas"])
    path = tmp_path / "a.xlsx"
    book.save(path)

    content = read(path)

    assert content.facts["sheet"] == "Registras"
    assert content.facts["other_sheets"] == ["Paslėptas", "Kitas"]


def test_a_size_that_the_sheet_only_claims_is_not_believed(tmp_path):
    sheet = corpus.sheet(corpus.FIRST).replace(
        "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'
    )
    path = corpus.package(tmp_path / "a.xlsx", sheet)

    assert cells(read(path)) == [("Pavadinimas", "Kodas")]


def test_merged_ranges_are_told(tmp_path):
    after = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    path = corpus.package(tmp_path / "a.xlsx", corpus.sheet(corpus.FIRST, after=after))

    assert read(path).facts["merges"] == [[1, 2, 1, 3]]


def test_rows_are_told_while_they_are_read(tmp_path):
    path = corpus.as_csv([corpus.HEADER] + [ROWS[1]] * 1200, tmp_path / "a.csv")
    told = []

    read_file(path, path.name, Limits(), told.append)

    assert told == [500, 1000]
