"""Pictures are decoded and encoded again; what is no picture is told apart."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.pictures import NotAPicture, TooManyPixels, clean_picture

FORMATS = ("PNG", "JPEG", "WEBP")
LIMIT = 1_000_000


def picture(encoding="PNG", size=(40, 20), mode="RGB", **options):
    kept = BytesIO()
    Image.new(mode, size, "red").save(kept, encoding, **options)
    return kept.getvalue()


def clean(content):
    return clean_picture(content, formats=FORMATS, max_pixels=LIMIT)


def png_of_size(width, height):
    """A valid header of a picture that nobody could hold in memory."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"0")), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("encoding", FORMATS)
def test_a_picture_keeps_its_format_and_size(encoding):
    kept = clean(picture(encoding))

    opened = Image.open(BytesIO(kept.content))
    assert (opened.format, opened.size) == (encoding, (40, 20))
    assert (kept.width, kept.height) == (40, 20)


def test_transparency_stays():
    kept = clean(picture(mode="RGBA"))

    assert Image.open(BytesIO(kept.content)).mode == "RGBA"


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "LA"])
def test_odd_modes_are_taken(mode):
    encoding = "JPEG" if mode == "CMYK" else "PNG"

    assert clean(picture(encoding, mode=mode)).width == 40


def test_a_picture_is_turned_upright_and_its_exif_left_out():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "Onos telefonas"

    kept = clean(picture("JPEG", exif=exif))

    assert (kept.width, kept.height) == (20, 40)
    assert b"Onos" not in kept.content
    assert dict(Image.open(BytesIO(kept.content)).getexif()) == {}


def test_what_hides_behind_a_picture_is_left_out():
    kept = clean(picture() + b"PK\x03\x04<script>alert(1)</script>")

    assert b"script" not in kept.content


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="svg"),
        pytest.param(picture("GIF"), id="gif"),
        pytest.param(picture("TIFF"), id="tiff"),
        pytest.param(picture()[:-20], id="cut-png"),
        pytest.param(picture("JPEG")[:300], id="cut-jpeg"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 50, id="broken-png"),
        pytest.param(b"%PDF-1.7", id="pdf"),
    ],
)
def test_what_is_no_picture_is_told_apart(content):
    with pytest.raises(NotAPicture):
        clean(content)


@pytest.mark.parametrize("size", [(1001, 1000), (30000, 30000)])
def test_too_many_pixels_are_not_decoded(size):
    with pytest.raises((TooManyPixels, NotAPicture)):
        clean(png_of_size(*size))


def test_the_size_is_told():
    with pytest.raises(TooManyPixels) as refusal:
        clean(picture(size=(2000, 1000), mode="L"))

    assert refusal.value.size == (2000, 1000)


@given(st.binary(max_size=60), st.integers(0, 60))
def test_no_bytes_end_in_anything_else(noise, at):
    content = picture()
    for hostile in (noise, content[:at] + noise, content[:at] + noise + content[at:]):
        try:
            clean(hostile)
        except (NotAPicture, TooManyPixels):
            continue
