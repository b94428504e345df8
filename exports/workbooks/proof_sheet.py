"""The sheet *Proof*: what exactly was ranked, and how anybody can check it."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from exports.workbooks.book import Sheet
from exports.workbooks.cells import Value
from exports.workbooks.layout import (
    append_fact,
    append_header,
    append_wrapped,
    begin_sheet,
)
from exports.workbooks.report import RankingReport
from exports.workbooks.styles import Style
from scoring.ranking import Exclusion, Score

WIDTHS = (34, 74, 30, 50)

Facts = Iterator[tuple[str, Value]]


def write_proof(sheet: Sheet, report: RankingReport, scores: Collection[Score]) -> None:
    begin_sheet(sheet, report, WIDTHS)
    for facts in (_result(report, scores), _source(report), _verification(report)):
        sheet.append([], [])
        for label, value in facts:
            append_fact(sheet, label, value)
    if report.exclusions:
        _write_exclusions(sheet, report)


def _result(report: RankingReport, scores: Collection[Score]) -> Facts:
    state = _("INTERIM: judging is not closed") if report.interim else _("Final")
    yield _("State of the ranking"), state
    if report.sample_note:
        yield _("Sample"), report.sample_note
    yield _("Entries"), len(report.entries)
    yield _("Score sheets counted"), len({(s.entry, s.juror) for s in scores})
    yield _("Scores counted"), len(scores)
    yield _("Exclusions"), len(report.exclusions)


def _source(report: RankingReport) -> Facts:
    yield _("Contest"), report.contest
    yield _("Contest reference"), report.reference
    yield _("Edition"), report.edition
    yield _("Organiser"), report.organiser
    yield _("Telephone of the organiser"), report.organiser_phone
    yield _("E-mail of the organiser"), report.organiser_email
    yield _("Rulebook version"), report.rulebook_version
    yield _("Generated at"), report.generated_at
    yield _("Time zone"), _zone(report.generated_at)
    yield _("Requested by"), report.requested_by


def _verification(report: RankingReport) -> Facts:
    yield _("Format of the result"), report.format
    yield _("SHA-256 of the result"), report.digest
    yield (
        _("To check the result"),
        _(
            "Download this ranking as JSON and run: manage.py verify_result FILE. "
            "It computes the ranking again from the scores in the file and compares "
            "the digest with the one above."
        ),
    )
    yield (
        _("To check a total"),
        _(
            "Totals and means on the sheet Ranking are formulas over the rows of the "
            "entry on the sheet Scores. That sheet is protected, without a password, "
            "because sorting it would move the scores away from their formulas."
        ),
    )


def _zone(moment: datetime) -> str:
    offset = moment.isoformat(timespec="seconds")[len("2026-01-31T12:00:00") :]
    return f"{moment.tzname()}, UTC{offset}"


def _write_exclusions(sheet: Sheet, report: RankingReport) -> None:
    sheet.append([], [])
    titles = (_("Excluded entry"), _("Title"), _("Juror"), _("Reason"))
    styles = (Style.TEXT,) * len(titles)
    append_header(sheet, titles, styles)
    for exclusion in report.exclusions:
        append_wrapped(sheet, _excluded(report, exclusion), styles)


def _excluded(report: RankingReport, exclusion: Exclusion) -> tuple[str, ...]:
    """An entry, a juror's scores everywhere, or a juror's scores of one entry."""
    reference, title, juror = _("all entries"), "", _("all jurors")
    if exclusion.entry is not None:
        facts = report.entries[exclusion.entry]
        reference, title = facts.reference, facts.title
    if exclusion.juror is not None:
        juror = report.jurors[exclusion.juror]
    return reference, title, juror, exclusion.reason
