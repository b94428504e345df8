"""Asking for files, trying again, stopping, fetching."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from audit.services import record
from contest.models import Contest
from core import clock
from core.errors import Conflict, Gone, Invalid
from core.policy import require
from exports.models import Export
from exports.rules import row_of
from jobs import files
from jobs import services as jobs
from jobs.models import Job
from scoring.rules import Results
from submissions.models import Submission

Kind, Format = Export.Kind, Export.Format
#: What each kind can be written as; the first is written where none is asked for.
FORMATS: Mapping[str, tuple[str, ...]] = {
    Kind.RANKING: (Format.XLSX, Format.CSV, Format.JSON),
    Kind.ENTRIES: (Format.XLSX, Format.CSV),
    Kind.CONTACTS: (Format.XLSX, Format.CSV),
    Kind.ATTACHMENTS: (Format.ZIP,),
}


def job_kind(kind: str) -> str:
    """Name the kind of job that makes a kind of file."""
    return f"exports.{kind}"


@transaction.atomic
def request_export(
    *,
    contest: Contest,
    language: str,
    by: User,
    kind: str = Kind.RANKING,
    file_format: str | None = None,
    names_jurors: bool = True,
    reason: str = "",
    entries: Collection[UUID] = (),
) -> Export:
    """Queue a file, or hand back the same one that is already on its way.

    ``entries`` are those that it tells of; none means all. The contest's row is the
    lock: two clicks of one person come one after the other.
    """
    contest = _locked(contest)
    require(by, row_of(kind), Results(contest))
    wanted = {
        "contest": contest,
        "kind": kind,
        "file_format": _format(kind, file_format),
        "language": language,
        "names_jurors": names_jurors,
        "reason": _reason(kind, reason),
        "only": _only(contest, kind, entries),
    }
    under_way = Export.objects.under_way().filter(requested_by=by, **wanted).first()
    if under_way is not None:
        return under_way
    job = jobs.enqueue(
        kind=job_kind(kind),
        parameters={},
        requester_id=by.pk,
        kept_for=settings.CONTACT_FILES_KEPT if kind == Kind.CONTACTS else None,
    )
    export = Export.objects.create(job=job, requested_by=by, **wanted)
    _record("exports.request", export, by=by, reason=reason)
    return export


@transaction.atomic
def retry_export(*, export: Export, by: User) -> Export:
    """Queue anew what failed or was cancelled, unless the same is on its way."""
    _locked(export.contest)
    require(by, row_of(export.kind), export)
    same = Export.objects.under_way().filter(
        contest=export.contest,
        requested_by=export.requested_by,
        kind=export.kind,
        file_format=export.file_format,
        language=export.language,
        names_jurors=export.names_jurors,
        only=export.only,
    )
    if same.exclude(pk=export.pk).exists():
        raise Conflict(
            _("The same file is being made already; wait for that one."),
            code="under_way",
        )
    if not jobs.try_again(job=export.job):
        export.job.refresh_from_db()
        raise Conflict(
            _(
                "Only a file that failed or was cancelled is tried again: {state}."
            ).format(state=export.job.get_state_display()),
            code="not_failed",
        )
    export.job.refresh_from_db()
    _record("exports.retry", export, by=by)
    return export


@transaction.atomic
def cancel_export(*, export: Export, by: User) -> Export:
    """Stop the making of a file. Cancelling twice changes nothing."""
    _locked(export.contest)
    require(by, row_of(export.kind), export)
    is_stopped = jobs.cancel(job=export.job)
    export.job.refresh_from_db()
    if is_stopped:
        _record("exports.cancel", export, by=by)
    elif export.job.state != Job.State.CANCELLED:
        raise Conflict(
            _("It is too late to cancel: {state}.").format(
                state=export.job.get_state_display()
            ),
            code="too_late",
        )
    return export


@transaction.atomic
def describe_export(
    *, export: Export, read_at: datetime, is_interim: bool, rulebook_version: int
) -> None:
    """Keep what the file turned out to be, for its name and the history.

    A job that is tried again says it again.
    """
    Export.objects.filter(pk=export.pk).update(
        read_at=read_at, is_interim=is_interim, rulebook_version=rulebook_version
    )
    record(
        "exports.make",
        export,
        by=export.requested_by,
        contest_id=export.contest_id,
        label=export.contest.slug,
        kind=export.kind,
        is_interim=is_interim,
        rulebook_version=rulebook_version,
    )


@transaction.atomic
def hand_out(*, export: Export, by: User) -> IO[bytes]:
    """Open the finished file; every fetching is recorded.

    The right is asked for now, whoever had it when the file was asked for.
    """
    require(by, row_of(export.kind), export)
    job = export.job
    if job.state == Job.State.EXPIRED or (
        job.expires_at is not None and job.expires_at <= clock.now()
    ):
        raise _gone()
    if not job.file_name:
        raise Conflict(
            _("The file is not ready: {state}.").format(state=job.get_state_display()),
            code="not_ready",
        )
    try:
        content = files.path_of(job.file_name).open("rb")
    except FileNotFoundError as exc:
        raise _gone() from exc
    _record("exports.download", export, by=by, sha256=job.file_sha256)
    return content


def _locked(contest: Contest) -> Contest:
    return Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)


def _format(kind: str, wanted: str | None) -> str:
    allowed = FORMATS[kind]
    if wanted is None:
        return allowed[0]
    if wanted not in allowed:
        raise Invalid.field(
            "file_format",
            _("This kind of file is made as: {allowed}.").format(
                allowed=", ".join(allowed)
            ),
            received=wanted,
            code="invalid_choice",
        )
    return wanted


def _only(contest: Contest, kind: str, entries: Collection[UUID]) -> list[str]:
    """Take the ids of entries that were sent to this contest, and of no others."""
    wanted = set(entries)
    if not wanted:
        return []
    if kind == Kind.RANKING:
        raise Invalid.field(
            "entries", _("A ranking is made of all entries, never of some.")
        )
    found = Submission.objects.sent().filter(contest=contest, pk__in=wanted).count()
    if found != len(wanted):
        raise Invalid.field(
            "entries",
            ngettext(
                "{count} of these entries was not sent to this contest, so no file is"
                " made. Choose among those that were.",
                "{count} of these entries were not sent to this contest, so no file is"
                " made. Choose among those that were.",
                len(wanted) - found,
            ).format(count=len(wanted) - found),
            code="does_not_exist",
        )
    return sorted(map(str, wanted))


def _reason(kind: str, reason: str) -> str:
    if kind == Kind.CONTACTS and not reason:
        raise Invalid.field(
            "reason",
            _("Say what the personal contacts are needed for; it is recorded."),
            code="required",
        )
    return reason


def _gone() -> Gone:
    return Gone(
        _(
            "This file is no longer kept. Ask for a new one; it is made from what"
            " stands now."
        ),
        code="file_gone",
    )


def _record(
    action: str, export: Export, *, by: User, reason: str = "", **details: str
) -> None:
    record(
        action,
        export,
        by=by,
        contest_id=export.contest_id,
        label=export.contest.slug,
        reason=reason,
        kind=export.kind,
        file_format=export.file_format,
        **details,
    )
