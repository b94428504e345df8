"""Where the bytes of attachments lie: under random names, outside every web root.

A file is written aside under a name ending in ``.part``, synced and moved into place;
the row that names it comes last. What has no row is nobody's and is swept after a day.
"""

import secrets
from contextlib import AbstractContextManager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from core import disk
from core.disk import StorageFull
from jobs.files import put_in_place


def folder() -> Path:
    """Find the folder of all attachments; nobody but this program may look into it."""
    path = Path(settings.ATTACHMENT_FILES_DIR)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(name: str) -> Path:
    """Find a file by its stored name."""
    return Path(settings.ATTACHMENT_FILES_DIR) / name


def partial_path(extension: str) -> Path:
    """Name a file that is being written; nobody can guess it, nobody else has it."""
    return folder() / f"{secrets.token_hex(16)}.{extension}.part"


def keep(partial: Path) -> tuple[str, str, int]:
    """Make a written file durable; (stored name, SHA-256 hex, bytes)."""
    return put_in_place(partial)


def remove(*names: str) -> None:
    """Delete files by their stored names; what is gone already is gone."""
    for name in filter(None, names):
        path_of(name).unlink(missing_ok=True)


def require_space(size: int) -> None:
    """Refuse what would fill the disk before a byte of it is read."""
    disk.require_room(folder(), size, refusal=full)


def told_when_full() -> AbstractContextManager[None]:
    """Turn the system's words for a full disk into ours."""
    return disk.told_when_full(refusal=full)


def full() -> StorageFull:
    """Say that there is no room, and what became of the file."""
    return StorageFull(
        _(
            "The server has no room for files at the moment. Nothing was attached; your"
            " entry and the files attached before are kept. Please tell the organiser,"
            " then try again."
        )
    )
