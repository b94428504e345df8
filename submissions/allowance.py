"""How many photos and files an entry may have by the rules in force, and what is left.

The rules may ask for less than the server takes (``settings.ATTACHMENT_*``), never for
more. What is attached already stays, also where the rules have changed since.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.file_limits import MEGABYTE
from contest.rulebook import read_version
from core.errors import Conflict
from submissions.models import Attachment, Submission


@dataclass(frozen=True, slots=True)
class Room:
    """What an entry has and may have; bytes of files of sent versions are counted."""

    photos: int
    documents: int
    bytes: int
    most_photos: int
    most_documents: int
    most_bytes: int

    @property
    def told(self) -> list[str]:
        """Say what may still be attached, in sentences for who attaches."""
        return [self.photos_told, self.documents_told, self._bytes_told]

    @property
    def photos_told(self) -> str:
        """Say how many photos may still be attached."""
        left = self.most_photos - self.photos
        if left <= 0:
            return ngettext(
                "There is {count} photo, no more are taken: remove one to add another.",
                "There are {count} photos, no more are taken: remove one to add"
                " another.",
                self.photos,
            ).format(count=self.photos)
        return ngettext(
            "You can add {count} photo.", "You can add {count} photos.", left
        ).format(count=left)

    @property
    def documents_told(self) -> str:
        """Say how many other files may still be attached."""
        left = self.most_documents - self.documents
        if left <= 0:
            return ngettext(
                "There is {count} file beside photos, no more are taken: remove one to"
                " add another.",
                "There are {count} files beside photos, no more are taken: remove one"
                " to add another.",
                self.documents,
            ).format(count=self.documents)
        return ngettext(
            "You can add {count} file beside photos.",
            "You can add {count} files beside photos.",
            left,
        ).format(count=left)

    @property
    def _bytes_told(self) -> str:
        left = max(0, self.most_bytes - self.bytes) // MEGABYTE
        return _("There is room for {left} MB of {most} MB.").format(
            left=left, most=self.most_bytes // MEGABYTE
        )

    def refusal(self, kind: str, size: int) -> Conflict | None:
        """Refuse one more file of a kind and size, where there is no room for it."""
        if kind == Attachment.Kind.PHOTO and self.photos >= self.most_photos:
            return _too_many(
                _("The entry has {count} photos; at most {limit} are taken."),
                self.photos,
                self.most_photos,
            )
        if kind != Attachment.Kind.PHOTO and self.documents >= self.most_documents:
            return _too_many(
                _("The entry has {count} files beside photos; {limit} at most."),
                self.documents,
                self.most_documents,
            )
        if self.bytes + size > self.most_bytes:
            return self._too_large(size)
        return None

    def _too_large(self, size: int) -> Conflict:
        return Conflict(
            _(
                "The files of an entry may have {limit} MB together, those of earlier"
                " versions counted; there are {used} MB, this one has {size} MB."
                " Nothing was attached, what was there is kept. Send a smaller file, or"
                " remove one that was never sent."
            ).format(
                limit=self.most_bytes // MEGABYTE,
                used=f"{self.bytes / MEGABYTE:.1f}",
                size=f"{size / MEGABYTE:.1f}",
            ),
            code="quota",
        )


def room_among(files: Collection[Attachment], submission: Submission) -> Room:
    """Reckon what room is left beside all files of the entry, removed ones too."""
    present = [file for file in files if file.removed_at is None]
    photos = sum(file.kind == Attachment.Kind.PHOTO for file in present)
    limits = read_version(submission.contest.rules_in_force).limits
    return Room(
        photos=photos,
        documents=len(present) - photos,
        bytes=sum(file.size for file in files),
        most_photos=_least(limits.photos_per_entry, settings.ATTACHMENT_MAX_PHOTOS),
        most_documents=_least(
            limits.documents_per_entry, settings.ATTACHMENT_MAX_DOCUMENTS
        ),
        most_bytes=_least(
            limits.megabytes_per_entry and limits.megabytes_per_entry * MEGABYTE,
            settings.ATTACHMENT_QUOTA,
        ),
    )


def _least(by_rule: int | None, taken: int) -> int:
    return taken if by_rule is None else min(by_rule, taken)


def _too_many(sentence: str, count: int, limit: int) -> Conflict:
    rest = _("Nothing was attached, what was there is kept: remove one of them first.")
    return Conflict(
        f"{sentence.format(count=count, limit=limit)} {rest}",
        code="too_many_files",
        extra={"limit": limit},
    )
