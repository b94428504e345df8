"""Which files of an entry a person may open, and all that were entered."""

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, prefetch_related_objects

from accounts.models import User
from contest.models import Contest
from contest.rulebook import Rulebook, read_version
from core.localized import localized
from core.policy import allows
from submissions import storage
from submissions.content import FILE_FIELDS, PEOPLE_FIELDS, freeze, freeze_files
from submissions.filenames import member_name
from submissions.models import Attachment, SentAttachment, Submission
from submissions.querysets import AttachmentQuerySet

_BATCH = 500  # files


def frozen_files(submission: Submission) -> dict[str, Any]:
    """Say of the working copy's files what a version keeps: part of its content.

    Of files that are loaded (``know_files``) no query is asked.
    """
    files = submission.attachments.all()
    return freeze_files(file for file in files if file.removed_at is None)


def content_asked(submission: Submission, form: Rulebook) -> dict[str, Any]:
    """Take what a form asks for: the files only where some of them are an answer."""
    files = frozen_files(submission) if form.file_questions else {}
    return freeze(submission) | files


def know_files(entries: Iterable[Submission]) -> None:
    """Load the files of those entries whose form asks for some; a query at most."""
    asking = [e for e in entries if read_version(e.form).file_questions]
    prefetch_related_objects(asking, "attachments")


def naming_questions(
    files: Iterable[Attachment], form: Rulebook
) -> Iterator[Attachment]:
    """Give each file with ``answers_to``: the words of its question, if it has one."""
    titles = {q["code"]: localized(q["title"]) or q["code"] for q in form.questions}
    for file in files:
        file.answers_to = titles.get(file.question, "")
        yield file


@dataclass(frozen=True, slots=True)
class EnteredFile:
    """A file of an entry for a bulk export: where it lies, how it may be called."""

    reference: str
    member: str
    path: Path
    sha256: str


def files_of(
    contest: Contest, *, only: Collection[UUID] = (), with_private: bool = False
) -> Iterator[EnteredFile]:
    """Walk the files of all entered versions, by reference and position; one query.

    Or ``only`` of some entries, by their ids.

    ``member`` is unique and safe on every system: ``2026-001/01-photo.jpg``, of a file
    that answers a question ``2026-001/02-statute-scan.pdf`` by the question's code.
    Signed consents and personal papers come only where they are asked for.
    """
    sent = SentAttachment.objects.filter(
        version=F("version__submission__current_version"),
        version__submission__contest=contest,
    ).exclude(version__submission__state=Submission.State.WITHDRAWN)
    if only:
        sent = sent.filter(version__submission__in=only)
    if not with_private:
        sent = sent.exclude(attachment__kind__in=Attachment.PRIVATE_KINDS)
    facts = sent.order_by("version__submission__reference", "position").values_list(
        "version__submission__reference",
        "position",
        "attachment__question",
        "attachment__name",
        "attachment__stored_name",
        "attachment__sha256",
    )
    for reference, position, question, name, stored_name, sha256 in facts.iterator():
        parts = filter(None, (f"{position:02d}", question, member_name(name)))
        member = f"{reference}/{'-'.join(parts)}"
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

    Where the content of the version was erased, nothing is said. What was declared of
    people afterwards is what counts.
    """
    said = _said_of_files(submission).get(str(attachment.pk), {})
    declared = PEOPLE_FIELDS if attachment.declared_at else ()
    for name in FILE_FIELDS:
        if name in declared:
            continue
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


# --- On the disk ------------------------------------------------------------------


def files_without_row(*, older_than: timedelta) -> Iterator[Path]:
    """Find the files that no attachment names, once they are so old."""
    oldest = time.time() - older_than.total_seconds()
    old = (path for path in storage.folder().iterdir() if _is_older(path, oldest))
    while batch := list(islice(old, _BATCH)):
        yield from _without_row(batch)


def _is_older(path: Path, oldest: float) -> bool:
    try:
        return path.is_file() and path.stat().st_mtime < oldest
    except FileNotFoundError:  # removed a moment ago
        return False


def _without_row(paths: list[Path]) -> Iterator[Path]:
    names = [path.name for path in paths]
    rows = Attachment.objects.order_by()
    kept = set(
        chain(
            rows.filter(stored_name__in=names).values_list("stored_name", flat=True),
            rows.filter(preview_name__in=names).values_list("preview_name", flat=True),
        )
    )
    return (path for path in paths if path.name not in kept)
