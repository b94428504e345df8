"""A ranking report -> one Excel file: Ranking, Scores, Rules, Proof."""

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _

from exports.workbooks.book import Book, Target
from exports.workbooks.lines import line_count
from exports.workbooks.proof_sheet import write_proof
from exports.workbooks.ranking_sheet import write_ranking
from exports.workbooks.report import RankingReport
from exports.workbooks.rules_sheet import write_rules
from exports.workbooks.scores_sheet import counted, write_scores

CREATOR = "Sumani"
ROWS_PER_STEP = 500

OnProgress = Callable[[int, int], None]


def write_ranking_workbook(
    report: RankingReport, target: Target, *, on_progress: OnProgress
) -> None:
    """Write the workbook in the report's language to a path or a binary file.

    `on_progress(done, total)` hears of every 500th row and, when the file is
    complete, that `done` is `total`.
    """
    scores = counted(report)
    progress = _Progress(on_progress, total=len(scores) + line_count(report) + 1)
    with (
        translation.override(report.language),
        Book(
            title=report.contest, creator=CREATOR, created=report.generated_at
        ) as book,
    ):
        ranking = book.add_sheet(_("Ranking"))
        ranges = write_scores(book, report, scores, progress.step)
        write_ranking(ranking, report, ranges, progress.step)
        write_rules(book.add_sheet(_("Rules")), report)
        write_proof(book.add_sheet(_("Proof")), report, scores)
        book.save(target)
    progress.finish()


class _Progress:
    """Counts rows and speaks seldom: a listener may write to a database."""

    def __init__(self, on_progress: OnProgress, *, total: int) -> None:
        self._on_progress = on_progress
        self._done, self._total = 0, total
        on_progress(0, total)

    def step(self) -> None:
        self._done += 1
        if self._done % ROWS_PER_STEP == 0:
            self._on_progress(self._done, self._total)

    def finish(self) -> None:
        self._on_progress(self._total, self._total)
