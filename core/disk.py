"""Room on the disk: uploads leave some of it, and who finds none is told in words."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import structlog
from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import NO_ROOM, SumaniError

logger = structlog.get_logger(__name__)
_WARN_AT = 0.85  # of the disk


class StorageFull(SumaniError):
    """The disk cannot take the file."""

    status = HTTPStatus.INSUFFICIENT_STORAGE
    code = "storage_full"


def is_full(exc: BaseException | None) -> bool:
    """Tell whether this is the system's or our own word for a full disk."""
    if isinstance(exc, OSError):
        return exc.errno in NO_ROOM
    return isinstance(exc, StorageFull)


def full() -> StorageFull:
    """Say it of a request of which nothing more is known."""
    return StorageFull(
        _(
            "The server has no room for files at the moment. Nothing of what you sent"
            " now was saved; what was confirmed before is kept. Please tell the"
            " organiser, then try again."
        )
    )


def require_room(
    folder: Path, size: int, *, refusal: Callable[[], StorageFull] = full
) -> None:
    """Refuse what would fill the disk before a byte of it is written."""
    disk = shutil.disk_usage(folder)
    if disk.free - size < settings.DISK_KEEP_FREE:
        logger.error("no room on the disk", folder=str(folder), free=disk.free)
        raise refusal()
    if disk.used > disk.total * _WARN_AT:
        logger.warning("disk nearly full", free=disk.free, total=disk.total)


@contextmanager
def told_when_full(*, refusal: Callable[[], StorageFull] = full) -> Iterator[None]:
    """Turn the system's words for a full disk into ours."""
    try:
        yield
    except OSError as exc:
        if not is_full(exc):
            raise
        logger.exception("the disk is full")
        raise refusal() from exc
