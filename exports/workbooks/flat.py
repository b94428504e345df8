"""The ranking as CSV for a spreadsheet and as JSON for whoever verifies it."""

import csv
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from typing import IO, Any

from django.utils import translation
from django.utils.translation import gettext as _

from exports.workbooks.cells import Value, clean_text
from exports.workbooks.layout import doubts
from exports.workbooks.lines import columns, lines, short_listed
from exports.workbooks.report import RankingReport

FORMAT = "sumani-ranking-file/1"
# What begins with one of these may be run by a spreadsheet (OWASP).
SIGNS = (
    *"=+-@",
    "\N{FULLWIDTH EQUALS SIGN}",
    "\N{FULLWIDTH PLUS SIGN}",
    "\N{FULLWIDTH HYPHEN-MINUS}",
    "\N{FULLWIDTH COMMERCIAL AT}",
)
BLANKS = ("\t", "\r", "\n", "\0")


def write_ranking_csv(
    report: RankingReport, file: IO[bytes], *, separator: str = ";"
) -> None:
    """Write the table of the sheet *Ranking* in UTF-8 with a mark of byte order.

    With `;` decimals have a comma, as a spreadsheet set to Lithuanian expects (it
    takes 7.05 for a day); with any other separator they have a point. A text that a
    spreadsheet might run begins with an apostrophe.
    """
    mark = "," if separator == ";" else "."
    out = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    try:
        with translation.override(report.language):
            writer = csv.writer(out, delimiter=separator)
            shown, state = columns(report), doubts(report) or _("Final")
            titles = (*(column.title for column in shown), _("State of the ranking"))
            writer.writerow(csv_field(title, mark) for title in titles)
            for line in lines(report):
                values = (*(column.value(line) for column in shown), state)
                writer.writerow(csv_field(value, mark) for value in values)
    finally:
        out.detach()


def csv_field(value: Value, mark: str) -> str:
    """Spell a value: with this decimal mark, and so that no spreadsheet runs it."""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", mark)
    if isinstance(value, date):  # a moment too: in the contest's zone, with offset
        return value.isoformat()
    return "" if value is None else str(value)


def harmless(text: str) -> str:
    """The text, behind an apostrophe where it begins like a formula."""
    dangerous = text.startswith(BLANKS) or text.lstrip().startswith(SIGNS)
    return f"'{clean_text(text)}" if dangerous else clean_text(text)


def write_ranking_json(
    document: Iterable[str], report: RankingReport, file: IO[bytes]
) -> None:
    """Write the canonical document, its digest and, beside it, the names.

    The document comes as its canonical text in pieces. What the digest covers holds
    nothing that may have to be erased, so names stand outside of it.
    `manage.py verify_result` reads this file.
    """
    head = {"format": FORMAT, "digest": report.digest}
    members = [f"{json.dumps(key)}: {json.dumps(text)}" for key, text in head.items()]
    file.write(f'{{{", ".join(members)}, "document": '.encode())
    for piece in document:
        file.write(piece.encode())
    names = json.dumps(_names(report), ensure_ascii=False, sort_keys=True)
    file.write(f', "names": {names}}}\n'.encode())


def _names(report: RankingReport) -> dict[str, Any]:
    names = {
        "contest": report.contest,
        "reference": report.reference,
        "edition": report.edition,
        "organiser": report.organiser,
        "language": report.language,
        "generated_at": report.generated_at.isoformat(),
        "interim": report.interim,
        "sample_note": report.sample_note,
        "rulebook_version": report.rulebook_version,
        "short_list": short_listed(report),
        "criteria": dict(report.criterion_titles),
        "nominations": dict(report.nomination_titles),
        "entries": {key: asdict(facts) for key, facts in report.entries.items()},
        "jurors": dict(report.jurors),
        "exclusions": [asdict(exclusion) for exclusion in report.exclusions],
    }
    cleaned: dict[str, Any] = _cleaned(names)
    return cleaned


def _cleaned(value: Any) -> Any:
    """The same with every text in a form that UTF-8 can carry; keys, sets are ours."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return [_cleaned(each) for each in value] if isinstance(value, list) else value
