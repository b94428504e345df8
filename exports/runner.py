"""The work of a ranking file. Called by ``jobs.runner``, with a lease held."""

from django.utils import translation
from django.utils.translation import gettext_noop

from core.policy import allows
from exports.models import Export
from exports.selectors import ranking_report
from exports.services import RANKING
from exports.workbooks.flat import write_ranking_csv, write_ranking_json
from exports.workbooks.ranking import write_ranking_workbook
from jobs.kinds import Refused, Work, runs
from scoring.rules import Results


@runs(RANKING)
def build_ranking(work: Work) -> None:
    """Write the file that the export asks for, if its requester still may have it."""
    export = Export.objects.select_related("contest", "requested_by").get(
        job_id=work.job_id
    )
    if not allows(export.requested_by, "exports.request", Results(export.contest)):
        raise Refused(
            gettext_noop("The person who asked for this file may no longer have it.")
        )
    with translation.override(export.language):
        report, result = ranking_report(
            export.contest,
            requested_by=export.requested_by.name or str(export.requested_by_id),
            language=export.language,
        )
        work.progress(0, len(result.scores))
        file = work.open_file(export.file_format)
        if export.file_format == Export.Format.XLSX:
            write_ranking_workbook(report, file, on_progress=work.progress)
        elif export.file_format == Export.Format.CSV:
            write_ranking_csv(report, file)
        else:
            write_ranking_json(result.proof(), report, file)
