"""Everything that changes the files of an entry.

They are part of the working copy: each change counts as one of the entry and is asked
of the same row of the matrix. What went with a version stays with that version.
"""

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest.rulebook import read_version
from core import clock
from core.errors import Conflict, Invalid, Stale
from core.policy import require
from core.text import visible
from submissions import storage
from submissions.allowance import room_among
from submissions.consenting import record_photo_consent, settle_people
from submissions.content import freeze_files
from submissions.intake import Taken
from submissions.locks import hold_submission
from submissions.models import Attachment, SentAttachment, Submission, SubmissionVersion


@transaction.atomic
def attach(
    *,
    submission: Submission,
    kind: str,
    file: Taken,
    began_at: datetime,
    by: User,
    question: str = "",
    **facts: Any,
) -> Attachment:
    """Add a file that is in its place to the working copy.

    ``question``: the code of the own question that the file answers, if it does.
    ``began_at``: the database's time at the first byte of the upload. It decides, so
    that a slow line costs nobody a deadline, as long as the upload took no longer than
    the grace time.
    """
    current = _locked(submission)
    now = clock.database_now()
    in_time = now - began_at <= settings.ATTACHMENT_GRACE
    current.contest.moment = began_at if in_time else now
    _require_open(current, by)
    _require_file_question(current, question)
    _require_room(current, kind, question, file)
    attachment = Attachment(
        submission=current,
        kind=kind,
        question=question,
        created_by_id=by.pk,
        **file.facts(),
    )
    attachment.position = current.attachments.in_working_copy().count() + 1
    _fill(attachment, facts)
    attachment.save()
    file.has_row = True
    if attachment.consent:
        record_photo_consent(attachment, by=by)
    _count_change(current)
    _record("submissions.attach", attachment, by=by, kind=kind, sha256=file.sha256)
    return attachment


@transaction.atomic
def change_attachment(
    *, attachment: Attachment, expected_version: int, by: User, **facts: Any
) -> Attachment:
    """Change what is said of a file, its place in the order, or the main photo."""
    submission = _locked(attachment.submission)
    _require_open(submission, by)
    current = _present(attachment, submission)
    if current.version != expected_version:
        raise Stale(
            _(
                "What is said of this file was changed by somebody else (version"
                " {current}; yours is based on {expected}). Nothing was overwritten:"
                " compare with what is stored now, then save again."
            ).format(current=current.version, expected=expected_version),
            extra={"current_version": current.version, **_said(current)},
        )
    position = facts.pop("position", None)
    had_consent = current.consent
    _fill(current, facts)
    current.version += 1
    current.save()
    if current.consent != had_consent:
        record_photo_consent(current, by=by)
    if position is not None:
        _move(current, position)
    _count_change(submission)
    _record("submissions.change_attachment", current, by=by, changed=sorted(facts))
    return current


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: User) -> None:
    """Take a file out of the working copy.

    What went with a version stays with it, as does a consent on paper with its record;
    what never did is deleted.
    """
    submission = _locked(attachment.submission)
    _require_open(submission, by)
    current = _present(attachment, submission)
    _record("submissions.remove_attachment", current, by=by, sha256=current.sha256)
    if current.sendings.exists() or current.confirmations.exists():
        current.removed_at, current.is_main = clock.now(), False
        current.save(update_fields=["removed_at", "is_main"])
    else:
        names = current.stored_name, current.preview_name
        current.consent_changes.all().delete()  # of a photo that nobody ever got
        current.delete()
        transaction.on_commit(partial(storage.remove, *names))
    _renumber(submission)
    _count_change(submission)


@transaction.atomic
def withdraw_photo_consent(
    *, attachment: Attachment, reason: str, by: User
) -> Attachment:
    """Keep a photo from the public from now on: somebody shown in it does not agree.

    Possible at any time, whatever the phase; what is entered does not change.
    """
    _locked(attachment.submission)
    current = Attachment.objects.select_related("submission__contest").get(
        pk=attachment.pk
    )
    require(by, "submissions.withdraw_photo_consent", current)
    if current.may_be_shown or current.is_undeclared:
        current.people_shown, current.consent = True, False
        current.consent_withdrawn_at = clock.now()
        current.version += 1
        current.save(
            update_fields=["people_shown", "consent", "consent_withdrawn_at", "version"]
        )
        record_photo_consent(current, by=by)
        _record("submissions.withdraw_photo_consent", current, by=by, reason=reason)
    return current


# --- With the sending of an entry -------------------------------------------------


def enclose(version: SubmissionVersion) -> None:
    """Bind the working copy's files to the version that is being sent."""
    files = version.submission.attachments.in_working_copy()
    SentAttachment.objects.bulk_create(
        SentAttachment(
            version=version,
            attachment=file,
            position=position,
            is_main=file.is_main,
            may_be_shown=file.may_be_shown,
        )
        for position, file in enumerate(files, start=1)
    )


# --- Their parts ------------------------------------------------------------------


def _locked(submission: Submission) -> Submission:
    hold_submission(submission.pk)
    related = "contest__rulebook", "organisation", "current_version"
    return Submission.objects.select_related(*related).get(pk=submission.pk)


def _require_open(submission: Submission, by: User) -> None:
    require(by, "submissions.change", submission)
    if submission.state == Submission.State.WITHDRAWN:
        raise Conflict(_("This entry was withdrawn; it can no longer be changed."))


def _present(attachment: Attachment, submission: Submission) -> Attachment:
    found = submission.attachments.in_working_copy().filter(pk=attachment.pk).first()
    if found is None:
        raise Conflict(
            _("This file was removed from the entry; nothing was changed."),
            code="removed",
        )
    return found


def _require_file_question(submission: Submission, code: str) -> None:
    known = read_version(submission.form).file_questions
    if code and code not in known:
        raise Invalid.field(
            "question",
            _(
                "No question “{code}” is answered with a file; there are: {allowed}."
                " Nothing was attached."
            ).format(code=visible(code), allowed=", ".join(known) or "–"),
            received=code,
        )


def _require_room(
    submission: Submission, kind: str, question: str, file: Taken
) -> None:
    files = list(submission.attachments.all())
    present = [a for a in files if a.removed_at is None]
    _require_new(present, (kind, question, file.received_sha256))
    if refusal := room_among(files, submission).refusal(kind, file.size):
        raise refusal


def _require_new(present: list[Attachment], sent: tuple[str, str, str]) -> None:
    """The same file once more is a repetition, most likely after a broken line."""
    for other in present:
        if (other.kind, other.question, other.received_sha256) == sent:
            raise Conflict(
                _("This file is attached already: “{name}”.").format(name=other.name),
                code="already_attached",
                extra={"attachment": str(other.pk)},
            )


def _fill(attachment: Attachment, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(attachment, name, value)
    settle_people(attachment)
    if not attachment.is_main:
        return
    if attachment.kind != Attachment.Kind.PHOTO:
        raise Invalid.field("is_main", _("Only a photo can be the main one."))
    others = attachment.submission.attachments.in_working_copy().filter(is_main=True)
    others.exclude(pk=attachment.pk).update(is_main=False, version=F("version") + 1)


def _move(attachment: Attachment, position: int) -> None:
    """Put one file at its new place; the others keep their order."""
    files = attachment.submission.attachments.in_working_copy()
    others = list(files.exclude(pk=attachment.pk))
    others.insert(position - 1, attachment)
    _number(others)


def _renumber(submission: Submission) -> None:
    _number(list(submission.attachments.in_working_copy()))


def _number(files: list[Attachment]) -> None:
    moved = []
    for position, file in enumerate(files, start=1):
        if file.position != position:
            file.position = position
            moved.append(file)
    Attachment.objects.bulk_update(moved, ["position"])


def _count_change(submission: Submission) -> None:
    submission.version += 1
    submission.changed_at = clock.now()
    submission.save(update_fields=["version", "changed_at"])


def _said(attachment: Attachment) -> dict[str, Any]:
    (said,) = freeze_files([attachment])["files"]
    return {"current": said}


def _record(action: str, attachment: Attachment, *, by: User, **more: Any) -> None:
    reason = more.pop("reason", "")
    record(
        action,
        attachment,
        by=by,
        contest_id=attachment.submission.contest_id,
        label=attachment.submission.reference,
        reason=reason,
        **more,
    )
