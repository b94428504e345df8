"""Why a file, a row or a cell is not taken, in the reader's language.

The codes come from `organisations.imports`, which knows no languages.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from organisations.imports.cells import KINDS, kind_word

_FILE_KINDS = {
    "workbook": _("an Excel workbook"),
    "text": _("a text file"),
    "old_excel": _("an Excel workbook of the old kind (.xls)"),
    "encrypted": _("a file protected by a password"),
    "binary_workbook": _("an Excel workbook in binary form (.xlsb)"),
    "open_document": _("an OpenDocument spreadsheet (.ods)"),
    "pdf": _("a PDF document"),
    "html": _("a web page (HTML)"),
    "xml": _("an XML file"),
    "picture": _("a picture"),
    "document": _("a text document or a presentation"),
    "database": _("a database"),
    "archive": _("an archive"),
    "program": _("a program"),
    "empty": _("an empty file"),
}
_ALLOWED = _(
    "Allowed are Excel workbooks (.xlsx) and text files with separators (.csv, .tsv,"
    " .txt)."
)
_OPEN_AND_SAVE = _(
    "Open the file in Excel or LibreOffice, save it as .xlsx, and send that."
)
_NOTHING_KEPT = _("Nothing of the register was changed.")

_OF_FILES = {
    "other_kind": _("The file “{name}” is {kind}."),
    "wrong_name": _(
        "The file “{name}” is by its content {kind}; such a file ends with {allowed}."
    ),
    "damaged": _("The file is damaged: it cannot be read to its end."),
    "too_many_entries": _(
        "The workbook consists of {count} parts; at most {limit} are read."
    ),
    "unpacks_too_large": _(
        "The workbook unpacks to {megabytes} MB, in a part to {ratio} times its size;"
        " at most {limit} MB and {ratio_limit} times are read."
    ),
    "entities": _(
        "The workbook defines entities of its own, as no spreadsheet program does."
    ),
    "no_sheet": _("The workbook has no visible sheet."),
    "too_many_rows": _(
        "There is something in row {row}; at most {limit} rows are read from one file."
    ),
    "too_many_columns": _(
        "Row {row} has more than {limit} columns; at most {limit} are read."
    ),
    "too_many_cells": _("The sheet has more than {limit} cells; that is too many."),
    "too_many_merges": _(
        "The sheet has more than {limit} merged ranges; separate the merged cells."
    ),
    "too_much_text": _("The file holds more than {limit} characters of text."),
    "too_much_memory": _("Reading the file takes more memory than one file may."),
    "too_much_work": _("Reading the file takes longer than one file may."),
    "long_line": _(
        "Line {line} has {length} characters; at most {limit} are read. Perhaps this is"
        " not a table."
    ),
    "nul": _("Line {line} holds a NUL character: this is not a text file."),
    "not_a_table": _(
        "The file cannot be read as a table from line {line} on: a quotation mark that"
        " is never closed, or a cell without end."
    ),
    "no_rows": _("The file has no rows."),
    "no_name_column": _(
        "No column holds the name of the organisation. Received in row {row}:"
        " {received}. Name a column “Pavadinimas” or “Name”."
    ),
    "column_twice": _(
        "Two columns say the same: “{first}” and “{second}”. Keep one of them."
    ),
}
_MENDED_BY_SAVING = {"other_kind", "wrong_name"}
_OF_CELLS = {
    "name_missing": _("The name is missing."),
    "unreadable": _(
        "A character of this text could not be read; it stands where the mark of a"
        " question is. Write it again."
    ),
    "control_character": _(
        "The character {character} at position {position} is not allowed in text;"
        " delete it there."
    ),
    "too_long": _("The text has {length} characters; at most {limit} are kept."),
    "code_rounded": _(
        "Excel has rounded this code. Make the column text and write the code again."
    ),
    "code_invalid": _(
        "This is not a registration code: it has {rule}. Correct it, or leave it empty."
    ),
    "code_to_check": _(
        "Whether this code is right cannot be told here; it is kept and marked “to"
        " check”."
    ),
    "kind_unknown": _("This is not a kind of organisation; there are: {allowed}."),
    "legal_form_unknown": _(
        "This legal form is not known; leave it empty or write “Kita”."
    ),
    "municipality_unknown": _(
        "No municipality is called like this, or more than one is. Write its full name,"
        " as in “Kelmės rajono savivaldybė”."
    ),
    "county_unknown": _(
        "No county is called like this. Write its full name, as in “Šiaulių apskritis”."
    ),
    "county_disagrees": _(
        "The municipality of this row is in another county: {county}."
    ),
    "email_invalid": _(
        "This is not one e-mail address; an address looks like vardas@example.org."
    ),
    "phone_invalid": _(
        "This is not a telephone number; a number looks like +370 600 00000."
    ),
    "website_invalid": _(
        "This is not an address of the web; an address looks like https://example.org."
    ),
    "formula": _("The cell holds a formula; the value that Excel kept was read."),
    "formula_empty": _(
        "The cell holds a formula without a value. Write the value itself."
    ),
    "excel_error": _("The cell holds an error of Excel. Write the value itself."),
    "merged": _(
        "The cell is merged with another one. Separate them, repeat the value."
    ),
    "code_twice_in_file": _("Row {row} has the same code; that row counts."),
    "name_twice_in_file": _(
        "Row {row} has a name that says the same, in the same municipality; that row"
        " counts."
    ),
    "possible_duplicate": _(
        "Perhaps this is “{name}”, which is in the register without a code. Complete it"
        " there, or tell the two apart by their names."
    ),
    "possible_duplicate_with_code": _(
        "Perhaps this is “{name}”, code {code}, which is in the register. If it is,"
        " write that code; if not, tell the two apart by their names."
    ),
    "merged_away": _(
        "This organisation was merged into “{name}”; change that one instead."
    ),
}


def of_file(code: str, facts: Mapping[str, Any]) -> str:
    """Say why a whole file was refused: what was received, what is allowed."""
    told = {**facts, "kind": _FILE_KINDS.get(facts.get("kind", ""), "")}
    sentences = [str(_OF_FILES[code]).format(**told)]
    if code in _MENDED_BY_SAVING:
        sentences += [str(_ALLOWED), str(_OPEN_AND_SAVE)]
    return " ".join([*sentences, str(_NOTHING_KEPT)])


def of_cell(code: str, facts: Mapping[str, Any]) -> str:
    """Say why a cell or a row is to be looked at."""
    rule = facts.get("rule", "")
    told = {
        **facts,
        "rule": gettext(rule) if rule else "",
        "allowed": ", ".join(kind_word(kind, get_language() or "") for kind in KINDS),
    }
    return str(_OF_CELLS[code]).format(**told)
