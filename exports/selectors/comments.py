"""What jurors wrote on the sheets that count, for officials."""

from collections.abc import Iterator, Mapping
from heapq import merge
from itertools import groupby
from typing import NamedTuple

from django.utils.translation import gettext as _

from contest.models import Contest
from contest.rulebook import read_version
from exports.selectors.left_out import without_contacts
from exports.workbooks.cells import Value
from exports.workbooks.spool import Spool
from exports.workbooks.styles import Style
from exports.workbooks.table import Heading, Table
from scoring.selectors import (
    ROWS_AT_ONCE,
    counting_sheets,
    scores_on_counting_sheets,
)

_ON_THE_WHOLE = ""  # before the criteria


class _Comment(NamedTuple):
    """What a juror wrote, on the whole or on a criterion."""

    reference: str
    juror: int
    criterion: str
    commission: str
    entrant: str


def comments_of(
    contest: Contest,
    *,
    entries: Mapping[str, str],
    jurors: Mapping[str, str],
    criteria: Mapping[str, str],
) -> Table:
    """Read the comments on the whole, and on criteria; two queries.

    Entries, jurors and criteria are named by their keys. Contacts are struck out, as
    everywhere in a ranking: it is handed around.
    """
    order = {code: number for number, code in enumerate([_ON_THE_WHOLE, *criteria])}
    written = merge(_on_the_whole(contest), _on_criteria(contest), key=_sheet_of)
    rows = Spool()
    for (reference, number), of_sheet in groupby(written, key=_sheet_of):
        juror = f"J{number:02d}"
        names = (reference, entries.get(reference, ""), jurors.get(juror, juror))
        for comment in sorted(of_sheet, key=lambda each: order.get(each.criterion, 0)):
            code = comment.criterion
            row: list[Value] = [
                *names,
                criteria.get(code, code) if code else _("On the whole"),
                without_contacts(comment.commission),
                without_contacts(comment.entrant),
            ]
            rows.append(row)
    return Table(_headings(), rows)


def _sheet_of(comment: _Comment) -> tuple[str, int]:
    return comment.reference, comment.juror


def _headings() -> list[Heading]:
    return [
        Heading("reference", _("Reference"), 14, Style.LINE),
        Heading("title", _("Title"), 44, Style.TEXT),
        Heading("juror", _("Juror"), 24, Style.TEXT),
        Heading("criterion", _("Criterion"), 24, Style.TEXT),
        Heading("commission", _("Comment for the commission"), 60, Style.TEXT),
        Heading("entrant", _("Comment for the entrant"), 60, Style.TEXT),
    ]


def _on_the_whole(contest: Contest) -> Iterator[_Comment]:
    sheets = counting_sheets(contest).exclude(comment_commission="", comment_entrant="")
    sheet = "assignment__submission__reference", "assignment__juror__number"
    rows = sheets.order_by(*sheet).values_list(
        *sheet, "comment_commission", "comment_entrant"
    )
    for reference, number, commission, entrant in rows.iterator(ROWS_AT_ONCE):
        yield _Comment(reference, number, _ON_THE_WHOLE, commission, entrant)


def _on_criteria(contest: Contest) -> Iterator[_Comment]:
    """Read them only where the rules let jurors comment on a criterion."""
    rules = read_version(contest.rules_in_force)
    if all(criterion.comment == "off" for criterion in rules.criteria):
        return
    rows = scores_on_counting_sheets(contest).exclude(comment="")
    sheet = (
        "sheet__assignment__submission__reference",
        "sheet__assignment__juror__number",
    )
    found = rows.order_by(*sheet).values_list(*sheet, "criterion__code", "comment")
    for reference, number, code, comment in found.iterator(ROWS_AT_ONCE):
        yield _Comment(reference, number, code, comment, "")
