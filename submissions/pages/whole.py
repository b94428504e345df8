"""An entry to be read whole: what was sent, or what stands in the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contest.rulebook import Rulebook
from submissions.content import freeze, freeze_files
from submissions.file_selectors import as_sent, naming_questions
from submissions.models import Attachment, Submission
from submissions.pages.content import Section, sections_of


@dataclass(frozen=True, slots=True)
class Whole:
    """All of an entry, and which of its two states that is.

    ``is_sent`` says that it is what the jury reads: sent at ``sent_at`` as version
    ``number``. ``has_unsent`` says that the form holds something else.
    """

    title: str
    sections: list[Section]
    files: Sequence[Attachment]
    is_sent: bool
    has_unsent: bool
    sent_at: datetime | None
    number: int | None


def whole_of(entry: Submission, rules: Rulebook, *, sent: bool = False) -> Whole:
    """Gather the working copy; ``sent`` asks for what is entered, if anything is.

    A working copy that was not changed since it was sent is what was sent.
    """
    version, has_unsent = entry.current_version, entry.has_unsent_changes
    is_sent = version is not None and (sent or not has_unsent)
    files = _files(entry, is_sent=is_sent)
    document: dict[str, Any] = freeze(entry) | freeze_files(files)
    if is_sent:
        document = entry.sent_document
    return Whole(
        title=document.get("title", ""),
        sections=sections_of(entry, document, rules, with_contacts=True),
        files=list(naming_questions(files, rules)),
        is_sent=is_sent,
        has_unsent=has_unsent,
        sent_at=version.submitted_at if version else None,
        number=version.number if version else None,
    )


def _files(entry: Submission, *, is_sent: bool) -> list[Attachment]:
    if not is_sent:
        return list(entry.attachments.in_working_copy())
    files = entry.attachments.entered().order_by("sendings__position")
    return [as_sent(file, entry) for file in files]
