"""Files of entries -> one ZIP with a list of checksums, a piece at a time."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO
from unicodedata import normalize
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from core.text import visible
from submissions.filenames import member_name

CHUNK = 1 << 20  # bytes of a file that are in memory
CHECKSUMS = "SHA256SUMS"
LONGEST_PART = 120  # characters of a folder's or a file's name
_MODE = (stat.S_IFREG | 0o644) << 16


@dataclass(frozen=True, slots=True)
class Member:
    """A file for the archive: its name there, where it lies, what it must hold."""

    name: str
    path: Path
    sha256: str


class Unreadable(Exception):
    """The file is not there, is no plain file, or is not what was handed in."""


def write_archive(
    members: Iterable[Member],
    target: IO[bytes],
    *,
    root: Path,
    moment: datetime,
    on_member: Callable[[], None],
) -> list[str]:
    """Write all members; answer the names of those that could not be read.

    Only plain files below `root` are opened, whatever the paths say. A file whose
    content is not that of its checksum stays out: it is named in a list of its own,
    so that what is in the archive is what was handed in. Photos and PDF are packed
    already and stored as they are.
    """
    names, sums, lost = _Names(), [], []
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for member in members:
            name = names.unique(safe_name(member.name))
            try:
                _copy(archive, _info(name, moment), member, root)
            except (OSError, Unreadable):
                lost.append(name)
            else:
                sums.append(f"{member.sha256}  {name}\n")
            on_member()
        archive.writestr(_info(CHECKSUMS, moment), "".join(sums))
        if lost:
            lines = [_("These files could not be read; tell the administrator:"), *lost]
            text = "\n".join([*lines, ""])
            archive.writestr(_info("MISSING.txt", moment), text)
    return lost


def safe_name(name: str) -> str:
    """A relative name of at most a folder and a file that every system can unpack."""
    parts = [
        part
        for part in PurePosixPath(name.replace("\\", "/")).parts
        if visible(part).strip(" ./")
    ]
    cleaned = [_safe_part(part) for part in parts[-2:]]
    return "/".join(cleaned) or "_"


def _safe_part(part: str) -> str:
    text = member_name(visible(part)).strip(" ").rstrip(".")
    if len(text) > LONGEST_PART:
        stem, dot, extension = text.rpartition(".")
        keeps = dot and len(extension) < LONGEST_PART // 2
        ending = f".{extension}" if keeps else ""
        text = (stem if keeps else text)[: LONGEST_PART - len(ending)] + ending
    return f"_{text}" if text.startswith(".") else text or "_"


class _Names:
    """No two names that a system might take for one."""

    def __init__(self) -> None:
        self._taken = {CHECKSUMS.casefold(), "missing.txt"}

    def unique(self, name: str) -> str:
        stem, dot, extension = name.rpartition(".")
        stem, ending = (stem, f".{extension}") if dot else (name, "")
        found, number = name, 1
        while (key := normalize("NFC", found.casefold())) in self._taken:
            number += 1
            found = f"{stem} ({number}){ending}"
        self._taken.add(key)
        return found


def _info(name: str, moment: datetime) -> ZipInfo:
    info = ZipInfo(name, moment.timetuple()[:6])
    info.external_attr = _MODE
    return info


def _copy(archive: ZipFile, info: ZipInfo, member: Member, root: Path) -> None:
    """Check the whole file before a byte of it is in the archive, then copy it."""
    with _opened(member.path, root) as file:
        if _digest(file) != member.sha256:
            raise Unreadable(member.name)
        info.file_size = file.seek(0, os.SEEK_END)
        file.seek(0)
        with archive.open(info, "w") as part:
            while chunk := file.read(CHUNK):
                part.write(chunk)


def _opened(path: Path, root: Path) -> IO[bytes]:
    if not path.resolve().is_relative_to(root.resolve()):
        raise Unreadable(str(path))
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unreadable(str(path))
    return os.fdopen(descriptor, "rb")


def _digest(file: IO[bytes]) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # any binary file
