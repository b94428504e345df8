"""Files of the register handed out: the right is asked, each fetching recorded."""

from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest.models import Contest
from core.errors import Conflict
from core.policy import require
from jobs import files
from jobs.models import Job
from organisations.handing_back import write_problems, write_rejected
from organisations.models import ImportRun, RegisterExport


@dataclass(frozen=True, slots=True)
class Download:
    """A workbook on its way out."""

    name: str
    content: IO[bytes]


@transaction.atomic
def make_rejected(*, contest: Contest, run: ImportRun, by: User) -> Download:
    """Write the rows of a file that are not taken, with the reasons.

    ``Conflict`` while the file is worked on, and once it is no longer kept.
    """
    require(by, "contest.view_register_imports", contest)
    workbook = BytesIO()
    with _opened(run.job) as kept:
        write_rejected(run, kept, workbook)
    return _told(contest, run, "rejected", workbook, by=by)


@transaction.atomic
def make_problems(*, contest: Contest, run: ImportRun, by: User) -> Download:
    """Write all there is to look at in a file; ``Conflict`` as ``make_rejected``."""
    require(by, "contest.view_register_imports", contest)
    _require_kept(run)
    workbook = BytesIO()
    write_problems(run, workbook)
    return _told(contest, run, "problems", workbook, by=by)


@transaction.atomic
def open_register(*, contest: Contest, export: RegisterExport, by: User) -> Download:
    """Open a finished file of the register; ``Conflict`` where there is none."""
    require(by, "contest.export_register", contest)
    if export.with_contacts:
        require(by, "contest.export_register_contacts", contest)
    content = _opened(export.job)
    record(
        "contest.download_register",
        export,
        by=by,
        contest_id=contest.pk,
        label=contest.slug,
        with_contacts=export.with_contacts,
        sha256=export.job.file_sha256,
    )
    made = f"{export.created_at:%Y%m%d-%H%M}"
    return Download(f"{contest.slug}-register-{made}.xlsx", content)


def _told(
    contest: Contest, run: ImportRun, what: str, workbook: BytesIO, *, by: User
) -> Download:
    record(
        "contest.download_rejected_rows",
        run,
        by=by,
        contest_id=contest.pk,
        label=contest.slug,
        what=what,
    )
    workbook.seek(0)
    made = f"{run.created_at:%Y%m%d}"
    return Download(f"{contest.slug}-{what}-{made}.xlsx", workbook)


def _opened(job: Job) -> IO[bytes]:
    """Open a job's file, or say why there is none."""
    if job.is_active:
        raise Conflict(
            _("The file is not ready: {state}.").format(state=job.get_state_display()),
            code="not_ready",
        )
    try:
        if job.file_name:
            return files.path_of(job.file_name).open("rb")
    except FileNotFoundError:
        pass
    raise _gone()


def _require_kept(run: ImportRun) -> None:
    if run.erased_at is not None:
        raise _gone()


def _gone() -> Conflict:
    return Conflict(
        _("There is no file here, or it is no longer kept."), code="file_gone"
    )
