"""Which entries, assignments and files a person may list: the policy in SQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from accounts.models import User
from contest.models import Auditor, Contest, Coordinator, Juror
from contest.rules import JUROR_OTHER, OFFICIALS, roles_in, with_roles_of
from core import clock
from core.policy import Standing, allows, matrix
from organisations.models import Representative
from submissions import storage
from submissions.content import FILE_FIELDS
from submissions.filenames import member_name
from submissions.models import (
    Assignment,
    Attachment,
    JurorExtension,
    SentAttachment,
    Submission,
)
from submissions.querysets import AttachmentQuerySet
from submissions.rules import JUROR_ASSIGNED


def visible_submissions(user: User) -> QuerySet[Submission]:
    """The list form of ``submissions.view``; a test keeps them equal."""
    overseen, judged = _contests_by_role(user, "submissions.view")
    owned = Representative.objects.acting().filter(person=user).values("organisation")
    in_conflict = Assignment.objects.filter(
        juror__person=user, conflict_at__isnull=False
    ).values("submission")
    assigned = (
        Assignment.objects.without_conflict()
        .filter(juror__person=user, juror__removed_at__isnull=True)
        .values("submission")
    )
    return Submission.objects.filter(
        Q(organisation__in=owned)
        | (Q(contest__in=overseen, submitted_at__isnull=False) & ~Q(pk__in=in_conflict))
        | Q(contest__in=judged, pk__in=assigned, submitted_at__isnull=False)
    )


def visible_assignments(user: User) -> QuerySet[Assignment]:
    """One's own as a juror, all of the contests in which one holds an office."""
    overseen, judged = _contests_by_role(user, "submissions.view_assignment")
    owned = Representative.objects.acting().filter(person=user).values("organisation")
    in_conflict = Assignment.objects.filter(
        juror__person=user, conflict_at__isnull=False
    ).values("submission")
    mine = Q(
        submission__contest__in=judged,
        juror__person=user,
        juror__removed_at__isnull=True,
        conflict_at__isnull=True,
    )
    others = (
        Q(submission__contest__in=overseen)
        & ~Q(submission__organisation__in=owned)
        & ~Q(submission__in=in_conflict)
    )
    return Assignment.objects.filter(mine | others)


def is_somebody_still_judging(contest: Contest) -> bool:
    """Tell whether a juror has more time after judging was closed."""
    running = JurorExtension.objects.running(clock.database_now())
    still = running.filter(juror__contest=contest, juror__removed_at__isnull=True)
    return still.exists()


def _contests_by_role(user: User, action: str) -> tuple[list[UUID], list[UUID]]:
    """Contests whose phase lets an office of theirs, and those whose lets a juror."""
    row, now = matrix().actions[action], clock.now()
    by_office, by_juror = [], []
    for contest in with_roles_of(_contests_of(user), user).prefetch_related("acts"):
        phase = contest.state_at(now).phase
        roles = roles_in(contest, user)
        if row.allows(Standing(roles & OFFICIALS, phase=phase)):
            by_office.append(contest.pk)
        if JUROR_OTHER in roles and phase in row.cells.get(JUROR_ASSIGNED, ()):
            by_juror.append(contest.pk)
    return by_office, by_juror


def _contests_of(user: User) -> QuerySet[Contest]:
    """Contests in which the person has an office or a seat, or had one."""
    mine = (Coordinator, Juror, Auditor)
    held = (model.objects.filter(person=user).values("contest") for model in mine)
    return Contest.objects.filter(reduce(or_, (Q(pk__in=ids) for ids in held)))


@dataclass(frozen=True, slots=True)
class EnteredFile:
    """A file of an entry for a bulk export: where it lies, how it may be called."""

    reference: str
    member: str
    path: Path
    sha256: str


def files_of(contest: Contest, *, with_private: bool = False) -> Iterator[EnteredFile]:
    """Walk the files of all entered versions, by reference and position; one query.

    ``member`` is unique and safe on every system: ``2026-001/01-photo.jpg``. Signed
    consents and personal papers come only where they are asked for.
    """
    sent = SentAttachment.objects.filter(
        version=F("version__submission__current_version"),
        version__submission__contest=contest,
    ).exclude(version__submission__state=Submission.State.WITHDRAWN)
    if not with_private:
        sent = sent.exclude(attachment__kind__in=Attachment.PRIVATE_KINDS)
    facts = sent.order_by("version__submission__reference", "position").values_list(
        "version__submission__reference",
        "position",
        "attachment__name",
        "attachment__stored_name",
        "attachment__sha256",
    )
    for reference, position, name, stored_name, sha256 in facts.iterator():
        member = f"{reference}/{position:02d}-{member_name(name)}"
        yield EnteredFile(reference, member, storage.path_of(stored_name), sha256)


@dataclass(frozen=True, slots=True)
class Reader:
    """How a person reads the files of an entry: as their own, with its papers."""

    is_own: bool
    sees_papers: bool


def reader_of(submission: Submission, user: User) -> Reader:
    """Ask what ``user`` may see of the files; ``view_files`` was asked before."""
    return Reader(
        is_own=allows(user, "submissions.view_working_copy", submission),
        sees_papers=allows(user, "submissions.view_contacts", submission),
    )


def attachments_shown(submission: Submission, reader: Reader) -> QuerySet[Attachment]:
    """The files of one entry: those of the working copy for its organisation.

    For all others what went with the version that is entered, in its order.
    """
    files = _opened(submission, reader).select_related("submission__contest")
    if reader.is_own:
        return files.in_working_copy()
    return files.entered().order_by("sendings__position")


def reachable_attachments(
    submission: Submission, reader: Reader
) -> QuerySet[Attachment]:
    """What may be fetched: as above; its organisation also gets what is entered."""
    files = _opened(submission, reader)
    reachable = Q(pk__in=files.entered().values("pk"))
    if reader.is_own:
        reachable |= Q(removed_at__isnull=True)
    return files.filter(reachable)


def as_sent(attachment: Attachment, submission: Submission) -> Attachment:
    """Put what was said of a file when it was sent in the place of what is said now.

    Where the content of the version was erased, nothing is said.
    """
    said = _said_of_files(submission).get(str(attachment.pk), {})
    for name in FILE_FIELDS:
        is_text = isinstance(getattr(attachment, name), str)
        is_erasable = name in {"caption", "author", "licence", "consent_holder"}
        if name in said:
            setattr(attachment, name, said[name])
        elif is_text and is_erasable:
            setattr(attachment, name, "")
    return attachment


def _said_of_files(submission: Submission) -> dict[str, dict[str, Any]]:
    files = submission.sent_document.get("files", [])
    return {file["id"]: file for file in files}


def _opened(submission: Submission, reader: Reader) -> AttachmentQuerySet:
    files = Attachment.objects.filter(submission=submission)
    if reader.sees_papers:
        return files
    return files.exclude(kind__in=Attachment.PRIVATE_KINDS)
