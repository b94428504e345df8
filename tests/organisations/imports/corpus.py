"""Files of registers, ordinary and hostile, made when a test asks for them."""

import zipfile
from io import BytesIO

from openpyxl import Workbook

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
HEADER = ("Pavadinimas", "Kodas", "Savivaldybė")
FIRST = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Pavadinimas</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Kodas</t></is></c></row>'
)


def code(number):
    """The valid registration code that begins with these eight digits."""
    digits = [int(digit) for digit in f"{number:08d}"]
    for shift in (0, 2):
        total = sum(d * (1 + (i + shift) % 9) for i, d in enumerate(digits)) % 11
        if total < 10:
            return f"{number:08d}{total}"
    return f"{number:08d}0"


def as_xlsx(rows, path):
    """An ordinary workbook with these rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Registras")
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def as_csv(rows, path, *, encoding="utf-8", separator=";"):
    """An ordinary text file, every cell quoted as needed."""
    lines = [separator.join(_quoted(str(cell), separator) for cell in r) for r in rows]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def _quoted(text, separator):
    if any(mark in text for mark in (separator, '"', "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text


def package(path, sheet, **parts):
    """A workbook whose parts are these texts; what is not named is ordinary."""
    book = Workbook()
    book.active["A1"] = "Pavadinimas"
    ordinary = BytesIO()
    book.save(ordinary)
    texts = {SHEET: sheet, **parts}
    with (
        zipfile.ZipFile(ordinary) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in {*source.namelist(), *texts}:
            made.writestr(name, texts.get(name) or source.read(name))
    return path


def sheet(rows, *, before="", after=""):
    return (
        f'<?xml version="1.0"?>{before}<worksheet {NAMESPACE}>'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def repeated_cells(rows, columns):
    """The bomb of so many equal cells: tiny while it is packed."""
    row = '<c t="inlineStr"><is><t>a</t></is></c>' * columns
    return sheet(FIRST + f"<row>{row}</row>" * rows)


def counted_cells(rows, columns):
    """Cells that differ, so that no ratio gives them away."""
    made = []
    for row in range(2, rows + 2):
        seed = row * 2654435761 % 4294967296
        cells = (f"<c><v>{seed * (c + 1) % 1000003}</v></c>" for c in range(columns))
        made.append(f'<row r="{row}">{"".join(cells)}</row>')
    return sheet(FIRST + "".join(made))


def laughs():
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    )
    row = '<row r="2"><c t="inlineStr"><is><t>&j;</t></is></c></row>'
    return sheet(FIRST + row, before=f"<!DOCTYPE x [{entities}]>")


def external(path):
    before = f'<!DOCTYPE x [<!ENTITY x SYSTEM "file://{path}">]>'
    row = '<row r="2"><c t="inlineStr"><is><t>&x;</t></is></c></row>'
    return sheet(FIRST + row, before=before)


def merges(count):
    refs = "".join(f'<mergeCell ref="A{r}:C{r}"/>' for r in range(1, count + 1))
    return sheet(FIRST, after=f"<mergeCells>{refs}</mergeCells>")
