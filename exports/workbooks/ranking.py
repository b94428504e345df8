"""A ranking report -> one Excel file, from the ranking to its proof."""

from django.utils import translation
from django.utils.translation import gettext as _

from exports.workbooks.book import Book, Target
from exports.workbooks.jurors_sheet import write_jurors
from exports.workbooks.layout import doubts
from exports.workbooks.lines import line_count
from exports.workbooks.matrix_sheet import write_matrix
from exports.workbooks.progress import OnProgress, Progress
from exports.workbooks.proof_sheet import write_proof
from exports.workbooks.ranking_sheet import write_ranking
from exports.workbooks.report import RankingReport
from exports.workbooks.rules_sheet import write_rules
from exports.workbooks.scores_sheet import counted, write_scores
from exports.workbooks.summary_sheet import write_summary
from exports.workbooks.table import write_table

CREATOR = "Sumani"


def write_ranking_workbook(
    report: RankingReport, target: Target, *, on_progress: OnProgress
) -> None:
    """Write the workbook in the report's language to a path or a binary file.

    `on_progress(done, total)` hears of every 500th row and, when the file is
    complete, that `done` is `total`.
    """
    scores = counted(report)
    rows = len(scores) + line_count(report) + len(report.entries) + 1
    rows += len(report.panel) + len(report.sent.rows) + len(report.left_out.rows)
    rows += len(report.comments.rows)
    progress = Progress(on_progress, total=rows)
    with (
        translation.override(report.language),
        Book(
            title=f"{report.contest} {doubts(report)}".strip(),
            creator=CREATOR,
            created=report.generated_at,
        ) as book,
    ):
        step = progress.step
        ranking = book.add_sheet(_("Ranking"))
        places = write_scores(book, report, scores, step)
        write_ranking(ranking, report, places, step)
        matrix = book.add_sheet(_("Matrix"))
        columns = write_matrix(matrix, report, scores, places, step)
        write_jurors(book.add_sheet(_("Jurors")), report, columns, step)
        entries = book.add_sheet(_("Entries"))
        write_table(entries, report, report.sent, step)
        write_table(book.add_sheet(_("Comments")), report, report.comments, step)
        write_table(book.add_sheet(_("Exclusions")), report, report.left_out, step)
        write_summary(book.add_sheet(_("Summary")), report, entries)
        write_rules(book.add_sheet(_("Rules")), report)
        write_proof(book.add_sheet(_("Proof")), report, scores)
        book.save(target)
    progress.finish()
