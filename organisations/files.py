"""Files that people bring in: kept under a name of ours until they are erased."""

import hashlib
import os
import time
from datetime import timedelta
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from core import disk

_CHUNK = 1024 * 1024  # bytes
_ORPHAN_AGE = timedelta(hours=24)


def store(file: IO[bytes]) -> tuple[str, str, int]:
    """Make the file durable under a random name; (name, SHA-256 hex, bytes).

    ``StorageFull`` where the disk has no room for it; nothing of it is left then.
    """
    folder = Path(settings.IMPORT_FILES_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    disk.require_room(folder, file.seek(0, os.SEEK_END), refusal=_full)
    path = folder / f"{uuid4().hex}.upload"
    try:
        with disk.told_when_full(refusal=_full):
            sha256, size = _written(file, path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path.name, sha256, size


def _written(file: IO[bytes], path: Path) -> tuple[str, int]:
    digest = hashlib.sha256()
    file.seek(0)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as kept:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            kept.write(chunk)
        kept.flush()
        os.fsync(kept.fileno())
        return digest.hexdigest(), kept.tell()


def _full() -> disk.StorageFull:
    return disk.StorageFull(
        _(
            "The server has no room for files at the moment. Your file was not kept and"
            " the register is as it was. Please tell the administrator, then send the"
            " file again."
        )
    )


def path_of(name: str) -> Path:
    """Find a kept file by its stored name."""
    return Path(settings.IMPORT_FILES_DIR) / name


def erase(name: str) -> None:
    """Delete a kept file; it may be gone already."""
    if name:
        path_of(name).unlink(missing_ok=True)


def orphans(kept: set[str]) -> list[str]:
    """Name the files older than a day that no row keeps."""
    folder = Path(settings.IMPORT_FILES_DIR)
    if not folder.exists():
        return []
    oldest = time.time() - _ORPHAN_AGE.total_seconds()
    old = (path for path in folder.iterdir() if path.stat().st_mtime < oldest)
    return [path.name for path in old if path.name not in kept]
