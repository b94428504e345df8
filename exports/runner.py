"""The work of the files. Called by ``jobs.runner``, with a lease held."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from contest.models import Contest
from core import clock
from core.policy import allows
from exports.models import Export
from exports.rules import row_of
from exports.selectors.attachments import archive_members
from exports.selectors.lists import listed
from exports.selectors.ranking import ranking_report
from exports.services import describe_export, job_kind
from exports.workbooks.archive import write_archive
from exports.workbooks.flat import write_ranking_csv, write_ranking_json
from exports.workbooks.letterhead import Letterhead
from exports.workbooks.listing import write_list_csv, write_list_workbook
from exports.workbooks.progress import Progress
from exports.workbooks.ranking import write_ranking_workbook
from jobs.kinds import Refused, Work, runs
from scoring.rules import Results


@runs(job_kind(Export.Kind.RANKING))
def build_ranking(work: Work) -> None:
    """Write the ranking as the export asks for it."""
    export = _export(work)
    with translation.override(export.language):
        report, result = ranking_report(export)
        _describe(export, report)
        work.progress(0, len(result.scores))
        file = work.open_file(export.file_format)
        if export.file_format == Export.Format.XLSX:
            write_ranking_workbook(report, file, on_progress=work.progress)
        elif export.file_format == Export.Format.CSV:
            write_ranking_csv(report, file)
        else:
            write_ranking_json(result.proof(), report, file)


@runs(job_kind(Export.Kind.ENTRIES))
@runs(job_kind(Export.Kind.CONTACTS))
def build_list(work: Work) -> None:
    """Write a table of the entries that were sent."""
    export = _export(work)
    with translation.override(export.language):
        head, table = listed(export)
        _describe(export, head)
        file = work.open_file(export.file_format)
        if export.file_format == Export.Format.CSV:
            write_list_csv(table, file, on_progress=work.progress)
        else:
            is_contacts = export.kind == Export.Kind.CONTACTS
            title = _("Contacts") if is_contacts else _("Entries")
            write_list_workbook(head, table, title, file, on_progress=work.progress)


@runs(job_kind(Export.Kind.ATTACHMENTS))
def build_archive(work: Work) -> None:
    """Write the files of the entered versions into one archive."""
    export = _export(work)
    contest = export.contest
    moment = clock.now()
    describe_export(
        export=export,
        read_at=moment,
        is_interim=False,
        rulebook_version=contest.rules_in_force.number,
    )
    with translation.override(export.language):
        total = sum(1 for _member in archive_members(contest, export.entries))
        progress = Progress(work.progress, total=total, rows_per_step=1)
        write_archive(
            archive_members(contest, export.entries),
            work.open_file(export.file_format),
            root=settings.ATTACHMENT_FILES_DIR,
            moment=moment,
            on_member=progress.step,
        )
        progress.finish()


def _export(work: Work) -> Export:
    """Read what is wanted, if its requester still may have it."""
    export = Export.objects.select_related("requested_by").get(job_id=work.job_id)
    export.contest = Contest.objects.with_course().get(pk=export.contest_id)
    if not allows(export.requested_by, row_of(export.kind), Results(export.contest)):
        raise Refused(
            gettext_noop("The person who asked for this file may no longer have it.")
        )
    return export


def _describe(export: Export, head: Letterhead) -> None:
    describe_export(
        export=export,
        read_at=head.generated_at,
        is_interim=head.interim,
        rulebook_version=int(head.rulebook_version),
    )
