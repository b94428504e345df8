"""What a file is, by its content; its name must not say otherwise.

Only the beginning and, of a ZIP archive, the list of entries are read: nothing is
unpacked.
"""

from collections.abc import Iterator
from pathlib import PurePath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from organisations.imports.limits import MEGABYTE, Limits
from organisations.imports.refusals import Refusal

WORKBOOK, TEXT = "workbook", "text"
SUFFIXES = {WORKBOOK: (".xlsx", ".xlsm"), TEXT: (".csv", ".tsv", ".txt")}

_HEAD = 8192  # bytes
_COMPOUND = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Excel before 2007, and encrypted files
)
_BEGINNINGS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"{\\rtf", "document"),
    (b"SQLite format 3\x00", "database"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
_ARCHIVE = b"PK\x03\x04"
_XML = b"<?xml"
_HTML = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")
_OF_ARCHIVES = (
    ("xl/workbook.xml", WORKBOOK),
    ("xl/workbook.bin", "binary_workbook"),
    ("word/document.xml", "document"),
    ("ppt/presentation.xml", "document"),
)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_ENCRYPTED = 0x1


def kind_of(file: IO[bytes], name: str, limits: Limits) -> str:
    """Tell ``WORKBOOK`` or ``TEXT``; everything else is a ``Refusal`` that names it."""
    file.seek(0)
    head = file.read(_HEAD)
    found = _by_head(head) or _by_entries(file, limits)
    file.seek(0)
    suffix = PurePath(name).suffix.lower()
    if found not in SUFFIXES:
        raise Refusal("other_kind", kind=found, name=name)
    if suffix not in SUFFIXES[found]:
        raise Refusal(
            "wrong_name", kind=found, name=name, allowed=", ".join(SUFFIXES[found])
        )
    return found


def _by_head(head: bytes) -> str:
    """Tell the kind by the first bytes; empty where an archive must be looked into."""
    if head.startswith(_ARCHIVE):
        return ""
    if head.startswith(_COMPOUND):
        return "encrypted" if _utf16("EncryptedPackage") in head else "old_excel"
    known = (kind for beginning, kind in _BEGINNINGS if head.startswith(beginning))
    return next(known, "") or _kind_of_text(head)


def _kind_of_text(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").strip().lower()
    if start.startswith(_HTML) or (start.startswith(_XML) and b"<html" in start):
        return "html"
    if start.startswith(_XML):
        return "xml"
    return TEXT if start else "empty"


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _by_entries(file: IO[bytes], limits: Limits) -> str:
    """Look at an archive's list of entries before anybody unpacks one."""
    try:
        with ZipFile(file) as archive:
            return _kind_of_archive(archive, limits)
    except (BadZipFile, NotImplementedError, ValueError, OSError, RuntimeError) as exc:
        raise Refusal("damaged") from exc


def _kind_of_archive(archive: ZipFile, limits: Limits) -> str:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > limits.entries:
        raise Refusal("too_many_entries", count=len(entries), limit=limits.entries)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        return "encrypted"
    _require_sizes(entries, limits)
    if len(names) != len(entries):
        raise Refusal("damaged")
    if "mimetype" in names and _says_open_document(archive):
        return "open_document"
    return next((kind for name, kind in _OF_ARCHIVES if name in names), "archive")


def _require_sizes(entries: list[ZipInfo], limits: Limits) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    ratio = max(_ratios(entries), default=0)
    if unpacked > limits.unpacked or ratio > limits.ratio:
        raise Refusal(
            "unpacks_too_large",
            megabytes=-(-unpacked // MEGABYTE),
            limit=limits.unpacked // MEGABYTE,
            ratio=ratio,
            ratio_limit=limits.ratio,
        )


def _ratios(entries: list[ZipInfo]) -> Iterator[int]:
    for entry in entries:
        if entry.file_size > MEGABYTE:
            yield entry.file_size // max(entry.compress_size, 1)


def _says_open_document(archive: ZipFile) -> bool:
    with archive.open("mimetype") as entry:
        return entry.read(len(_OPEN_DOCUMENT)) == _OPEN_DOCUMENT
