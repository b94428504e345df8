"""Files of jobs: written aside, synced, then moved into place."""

import hashlib
import os
from pathlib import Path
from uuid import UUID

from django.conf import settings

_PARTIAL = ".part"
_CHUNK = 1024 * 1024  # bytes


def path_of(name: str) -> Path:
    """Find a finished file by its stored name."""
    return Path(settings.JOB_FILES_DIR) / name


def partial_path(job_id: UUID, token: UUID, extension: str) -> Path:
    """Name a file no other attempt writes to."""
    folder = Path(settings.JOB_FILES_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{job_id}-{token.hex[:12]}.{extension}{_PARTIAL}"


def put_in_place(partial: Path) -> tuple[str, str, int]:
    """Make the file durable under its final name; (name, SHA-256 hex, bytes)."""
    digest = hashlib.sha256()
    with partial.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
        os.fsync(file.fileno())
        size = file.tell()
    final = partial.with_suffix("")
    partial.replace(final)
    _sync_folder(final.parent)
    return final.name, digest.hexdigest(), size


def difference(path: Path, *, size: int, sha256: str) -> str:
    """Name what of a file is not as its row says: size or SHA-256; "" where all is."""
    if not path.is_file() or path.stat().st_size != size:
        return "size"
    with path.open("rb") as file:
        return (
            ""
            if hashlib.file_digest(file, "sha256").hexdigest() == sha256
            else "sha256"
        )


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
