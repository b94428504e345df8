"""Where the bytes of attachments lie: under random names, outside every web root.

A file is written aside under a name ending in ``.part``, synced and moved into place;
the row that names it comes last. What has no row is nobody's and is swept after a day.
"""

import errno
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import structlog
from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import SumaniError
from jobs.files import put_in_place

logger = structlog.get_logger(__name__)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_WARN_AT = 0.85  # of the disk


class StorageFull(SumaniError):
    """The disk cannot take the file."""

    status = HTTPStatus.INSUFFICIENT_STORAGE
    code = "storage_full"


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
    disk = shutil.disk_usage(folder())
    if disk.free - size < settings.ATTACHMENT_KEEP_FREE:
        raise full()
    if disk.used > disk.total * _WARN_AT:
        logger.warning("disk nearly full", free=disk.free, total=disk.total)


@contextmanager
def told_when_full() -> Iterator[None]:
    """Turn the system's words for a full disk into ours."""
    try:
        yield
    except OSError as exc:
        if exc.errno not in _FULL:
            raise
        raise full() from exc


def full() -> StorageFull:
    """Say that there is no room, and what became of the file."""
    logger.error("no room for attachments", folder=str(settings.ATTACHMENT_FILES_DIR))
    return StorageFull(
        _(
            "The server has no room for files at the moment. Nothing was attached; your"
            " entry and the files attached before are kept. Please tell the organiser,"
            " then try again."
        )
    )
