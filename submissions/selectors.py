"""Which entries, assignments and files a person may list: the policy in SQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from accounts.models import User
from contest.models import Contest, Coordinator, Juror
from contest.rules import COORDINATOR, COORDINATOR_JUROR
from core import clock
from core.policy import allows, matrix
from organisations.models import Representative
from submissions import storage
from submissions.content import FILE_FIELDS
from submissions.filenames import member_name
from submissions.models import Assignment, Attachment, SentAttachment, Submission
from submissions.querysets import AttachmentQuerySet
from submissions.rules import JUROR_ASSIGNED


def visible_submissions(user: User) -> QuerySet[Submission]:
    """The list form of ``submissions.view``; a test keeps them equal."""
    coordinated, judged = _contests_by_role(user, "submissions.view")
    owned = Representative.objects.acting().filter(person=user).values("organisation")
    in_conflict = Assignment.objects.filter(
        juror__person=user, juror__removed_at__isnull=True, conflict_at__isnull=False
    ).values("submission")
    assigned = (
        Assignment.objects.without_conflict()
        .filter(juror__person=user, juror__removed_at__isnull=True)
        .values("submission")
    )
    return Submission.objects.filter(
        Q(organisation__in=owned)
        | (
            Q(contest__in=coordinated, submitted_at__isnull=False)
            & ~Q(pk__in=in_conflict)
        )
        | Q(contest__in=judged, pk__in=assigned, submitted_at__isnull=False)
    )


def visible_assignments(user: User) -> QuerySet[Assignment]:
    """One's own as a juror, all of the contests that one coordinates."""
    coordinated, judged = _contests_by_role(user, "submissions.view_assignment")
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
        Q(submission__contest__in=coordinated)
        & ~Q(submission__organisation__in=owned)
        & ~Q(submission__in=in_conflict)
    )
    return Assignment.objects.filter(mine | others)


def _contests_by_role(user: User, action: str) -> tuple[list[UUID], list[UUID]]:
    """Contests whose phase lets a coordinator, and those whose lets a juror."""
    coordinates = set(
        Coordinator.objects.filter(person=user).values_list("contest_id", flat=True)
    )
    judges = set(
        Juror.objects.acting().filter(person=user).values_list("contest_id", flat=True)
    )
    cells, now = matrix().actions[action].cells, clock.now()
    by_coordinator, by_juror = [], []
    contests = Contest.objects.filter(pk__in=coordinates | judges)
    for contest in contests.prefetch_related("acts"):
        phase = contest.state_at(now).phase
        role = COORDINATOR_JUROR if contest.pk in judges else COORDINATOR
        if contest.pk in coordinates and phase in cells.get(role, ()):
            by_coordinator.append(contest.pk)
        if contest.pk in judges and phase in cells.get(JUROR_ASSIGNED, ()):
            by_juror.append(contest.pk)
    return by_coordinator, by_juror


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
