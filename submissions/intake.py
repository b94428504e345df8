"""From bytes that somebody sent to a file that is safe to keep, or a refusal.

Neither the name nor the declared type is believed: the first bytes say what a file is,
a decoder that is told to try nothing else confirms it. Pictures are written anew by
``submissions.pictures`` in a process of their own, one at a time.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from http import HTTPStatus
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Invalid, SumaniError
from core.text import visible
from submissions import storage
from submissions.filenames import extension_of, shown_name
from submissions.pictures import Limits, Outcome

_HEAD = 4096  # bytes that tell what a file is
_TAIL = 1024  # bytes among which a whole PDF has its end mark
_WALL = 3  # times the processor's seconds; a busy machine is slower
_PATIENCE = 20.0  # seconds to wait for one's turn
_turn = BoundedSemaphore(1)


class Busy(SumaniError):
    """Too many pictures are being read at once."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "busy"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file that is taken, the endings it goes by, Pillow's name for it."""

    label: str
    endings: tuple[str, ...]
    decoder: str = ""


JPEG = Form("JPEG", ("jpg", "jpeg", "jpe", "jfif"), "JPEG")
PNG = Form("PNG", ("png",), "PNG")
WEBP = Form("WebP", ("webp",), "WEBP")
HEIC = Form("HEIC", ("heic", "heif", "hif"), "HEIF")
PDF = Form("PDF", ("pdf",))
_BEGINNINGS = {b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG, b"%PDF-": PDF}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
# What people send by mistake, or not by mistake: named, so that they know what to do.
_OTHERS = {
    b"GIF8": gettext_lazy("a GIF picture"),
    b"BM": gettext_lazy("a BMP picture"),
    b"II*\x00": gettext_lazy("a TIFF picture"),
    b"MM\x00*": gettext_lazy("a TIFF picture"),
    b"SIMPLE": gettext_lazy("a FITS picture"),
    b"PK\x03\x04": gettext_lazy("a Word, Excel or ZIP file (save it as PDF)"),
    b"\xd0\xcf\x11\xe0": gettext_lazy("an old Word or Excel file (save it as PDF)"),
    b"Rar!": gettext_lazy("an archive"),
    b"7z\xbc\xaf": gettext_lazy("an archive"),
    b"\x1f\x8b": gettext_lazy("an archive"),
    b"MZ": gettext_lazy("a program"),
    b"\x7fELF": gettext_lazy("a program"),
}
_MARKUP = {
    b"<svg": gettext_lazy("an SVG drawing"),
    b"<html": gettext_lazy("a web page"),
    b"<!doctype": gettext_lazy("a web page"),
    b"<script": gettext_lazy("a web page"),
    b"<?xml": gettext_lazy("an XML document"),
}


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came, as it came: where it lies, its name, its bytes and their digest."""

    path: Path
    name: str
    size: int
    sha256: str

    def called(self, name: str) -> "Arrived":
        """Give the same bytes another name."""
        return replace(self, name=name)


@dataclass(slots=True)
class Taken:
    """A file in its place, and what a row should know of it."""

    name: str
    content_type: str
    stored_name: str
    preview_name: str
    size: int
    sha256: str
    received_sha256: str
    width: int | None = None
    height: int | None = None
    notes: list[str] = field(default_factory=list)
    has_row: bool = False

    def facts(self) -> dict[str, Any]:
        """Tell what the row keeps."""
        left_out = {"notes", "has_row"}
        return {k: v for k, v in asdict(self).items() if k not in left_out}


@contextmanager
def taken(arrived: Arrived, *, pictures_only: bool) -> Iterator[Taken]:
    """Check a file and put it in place for the length of the block.

    Whatever no row names when the block ends is removed again; what a row of a
    transaction names that fails to commit is left to the sweeper.
    """
    with storage.told_when_full():
        form = _form_of(arrived)
        if form is not PDF:
            file = _take_picture(arrived, form)
        elif pictures_only:
            raise _refusal(
                arrived,
                _(
                    "A photo is a JPEG, PNG, WebP or HEIC file; “{name}” is a PDF."
                    " Attach it as a document."
                ),
            )
        else:
            file = _take_pdf(arrived)
    try:
        yield file
    finally:
        if not file.has_row:
            storage.remove(file.stored_name, file.preview_name)


def _form_of(arrived: Arrived) -> Form:
    with arrived.path.open("rb") as file:
        head = file.read(_HEAD)
    form, other = _recognised(head)
    if form is not None:
        return form
    raise _refusal(
        arrived,
        _(
            "“{name}” is {found}. Taken are photos (JPEG, PNG, WebP, HEIC) and PDF."
            " Nothing was attached."
        ),
        code="file_type",
        found=other,
    )


def _recognised(head: bytes) -> tuple[Form | None, Any]:
    """Tell the form by the first bytes; of what is not taken, its name in words."""
    found = [f for mark, f in _BEGINNINGS.items() if head.startswith(mark)]
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        found = [WEBP]
    elif _is_heic(head):
        found = [HEIC]
    if found:
        return found[0], ""
    if head[4:8] == b"ftyp":
        return None, gettext_lazy("a film or a picture of a form that is not read here")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    named = [name for mark, name in _OTHERS.items() if head.startswith(mark)]
    if start.startswith(b"<"):
        named += [name for mark, name in _MARKUP.items() if mark in start]
    return None, (*named, gettext_lazy("of a form that is not known here"))[0]


def _is_heic(head: bytes) -> bool:
    """Read the list of brands: AVIF has the same container and one brand in common."""
    if head[4:8] != b"ftyp" or head[8:12] not in _HEIC_BRANDS:
        return False
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[i : i + 4] for i in range(16, size, 4)}
    return not brands & {b"avif", b"avis"}


def _take_pdf(arrived: Arrived) -> Taken:
    """Keep a PDF as it came: it is only ever handed out for saving."""
    with arrived.path.open("rb") as file:
        file.seek(max(0, arrived.size - _TAIL))
        is_whole = b"%%EOF" in file.read()
    if not is_whole:
        raise _unreadable(arrived)
    if zipfile.is_zipfile(arrived.path):
        raise _refusal(
            arrived,
            _(
                "“{name}” is a PDF and an archive at once. Save it as a plain PDF."
                " Nothing was attached."
            ),
            code="file_type",
        )
    partial = storage.partial_path("pdf")
    arrived.path.replace(partial)
    stored, sha256, size = storage.keep(partial)
    return Taken(
        **_named(arrived, PDF, "pdf"),
        content_type="application/pdf",
        stored_name=stored,
        preview_name="",
        size=size,
        sha256=sha256,
        received_sha256=arrived.sha256,
    )


def _take_picture(arrived: Arrived, form: Form) -> Taken:
    picture, preview = storage.partial_path("jpg"), storage.partial_path("jpg")
    try:
        outcome = _decoded(arrived.path, picture, preview, form)
        if outcome.refused:
            raise _why(arrived, outcome)
        stored, sha256, size = storage.keep(picture)
        preview_name = storage.keep(preview)[0]
    finally:
        picture.unlink(missing_ok=True)
        preview.unlink(missing_ok=True)
    return Taken(
        **_named(arrived, form, "jpg"),
        content_type="image/jpeg",
        stored_name=stored,
        preview_name=preview_name,
        size=size,
        sha256=sha256,
        received_sha256=arrived.sha256,
        width=outcome.width,
        height=outcome.height,
    )


def _decoded(source: Path, picture: Path, preview: Path, form: Form) -> Outcome:
    """Let another process do it, under limits that the system itself keeps."""
    limits = Limits(
        pixels=settings.ATTACHMENT_MAX_PIXELS,
        side=settings.ATTACHMENT_SIDE,
        preview_side=settings.ATTACHMENT_PREVIEW_SIDE,
        memory=settings.ATTACHMENT_DECODE_MEMORY,
        seconds=settings.ATTACHMENT_DECODE_SECONDS,
    )
    paths = [str(path) for path in (source, picture, preview)]
    if not _turn.acquire(timeout=_PATIENCE):
        raise Busy(
            _(
                "Many people are sending photos at this moment. Nothing was attached;"
                " please send it again in a minute."
            )
        )
    try:
        done = subprocess.run(  # noqa: S603 -- our own module, no shell
            [
                *(sys.executable, "-m", "submissions.pictures"),
                *(*paths, form.decoder, json.dumps(asdict(limits))),
            ],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limits.seconds * _WALL,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Outcome(refused="memory")
    finally:
        _turn.release()
    with suppress(ValueError):
        return Outcome(**json.loads(done.stdout))
    return Outcome(refused="memory" if done.returncode < 0 else "unreadable")


def _named(arrived: Arrived, form: Form, extension: str) -> dict[str, Any]:
    """Name a file by its content; say so where its own name said otherwise."""
    claimed = extension_of(arrived.name)
    known = {ending for f in (JPEG, PNG, WEBP, HEIC, PDF) for ending in f.endings}
    name = shown_name(
        arrived.name,
        extension=extension,
        known=known if claimed in known else {claimed},
    )
    notes = []
    if claimed not in form.endings:
        notes.append(
            _("The file is a {form}, whatever its name says; it is called {name}.")
        )
    return {
        "name": name,
        "notes": [n.format(form=form.label, name=name) for n in notes],
    }


def _why(arrived: Arrived, outcome: Outcome) -> SumaniError:
    if outcome.refused == "full":
        return storage.full()
    if outcome.refused == "pixels":
        return _refusal(
            arrived,
            _(
                "“{name}” has {width} × {height} pixels; at most {limit} million are"
                " read. Make it smaller. Nothing was attached."
            ),
            code="too_many_pixels",
            width=outcome.width,
            height=outcome.height,
            limit=settings.ATTACHMENT_MAX_PIXELS // 1_000_000,
        )
    if outcome.refused == "animated":
        return _refusal(
            arrived,
            _("“{name}” moves; attach a still picture. Nothing was attached."),
            code="file_type",
        )
    if outcome.refused == "memory":
        return _refusal(
            arrived,
            _(
                "“{name}” needs more memory or time to be read than a photo does. Save"
                " it as a plain JPEG and attach that. Nothing was attached."
            ),
            code="too_costly",
        )
    return _unreadable(arrived)


def _unreadable(arrived: Arrived) -> Invalid:
    return _refusal(
        arrived,
        _(
            "“{name}” cannot be read: it is damaged or not whole. See whether it opens"
            " on your device, then attach it again. Nothing was attached."
        ),
        code="unreadable",
    )


def _refusal(
    arrived: Arrived, sentence: str, *, code: str = "invalid", **words: Any
) -> Invalid:
    name = visible(arrived.name)
    message = sentence.format(name=name, **words)
    return Invalid.field("file", message, received=name, code=code)
