"""The ranking workbook, made as the worker makes it. Imports what a worker imports."""

from pathlib import Path

from django.utils import translation

from accounts.models import User
from contest.models import Contest
from exports.models import Export
from exports.selectors.ranking import ranking_report
from exports.workbooks.ranking import write_ranking_workbook
from exports.workbooks.report import RankingReport

LANGUAGE = "lt"


def export(slug: str, path: Path) -> None:
    """Read, rank and write, as ``exports.runner`` does."""
    with translation.override(LANGUAGE):
        write(report_of(slug), path)


def report_of(slug: str) -> RankingReport:
    """Read and rank; a contest without scores is an error."""
    contest = Contest.objects.get(slug=slug)
    asked = Export(
        contest=contest,
        requested_by=User(name="Matuotojas"),
        kind=Export.Kind.RANKING,
        language=LANGUAGE,
    )
    report, _ = ranking_report(asked)
    if not report.scores:
        raise ValueError(f"{slug} has no scores that count.")
    return report


def write(report: RankingReport, path: Path) -> None:
    """Write what was read."""
    with path.open("wb") as file:
        write_ranking_workbook(report, file, on_progress=lambda _done, _total: None)
