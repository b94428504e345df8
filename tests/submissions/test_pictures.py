"""What becomes of a picture in the process that decodes it, and what it costs."""

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, replace
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image, ImageCms

from submissions.pictures import Limits
from tests.factories.pictures import (
    BLUE,
    GREEN,
    RED,
    WHITE,
    animation,
    noise,
    picture,
    png,
    quarters,
    remarks,
    saved,
)

LIMITS = Limits(
    pixels=50_000_000,
    side=4000,
    preview_side=1200,
    memory=1024 * 2**20,
    seconds=10,
)
ORIENTATION, PLACE, MAKER = 0x0112, 0x8825, 0x010F
# How the corners of an upright picture lie in one held so: turned back by its remark.
TURNS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
# The kernel's own count: what wait4 tells begins with the parent's, who is large.
MEASURED = """
import sys
from submissions.pictures import main
main(sys.argv[1:])
for line in open("/proc/self/status"):
    if line.startswith("VmHWM"):
        sys.stderr.write(line)
"""


class Cleaned:
    """One picture through the real process: outcome, result, seconds, megabytes."""

    def __init__(self, folder, content, form, limits=LIMITS):
        source = folder / "source"
        source.write_bytes(content)
        self.path, self.preview = folder / "picture", folder / "preview"
        command = [sys.executable, "-c", MEASURED, source]
        command += [self.path, self.preview, form, json.dumps(asdict(limits))]
        began = time.monotonic()
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, capture_output=True, check=False, text=True
        )
        self.seconds = time.monotonic() - began
        self.status = done.returncode
        self.outcome = json.loads(done.stdout) if done.stdout else None
        self.megabytes = int(done.stderr.split()[-2]) / 1024 if done.stdout else None

    @property
    def image(self):
        return opened(self.path)


@pytest.fixture
def cleaned(tmp_path):
    return lambda content, form="JPEG", **limits: Cleaned(
        tmp_path, content, form, replace(LIMITS, **limits)
    )


def opened(path):
    """A picture of bytes in memory: no file is left open."""
    return Image.open(BytesIO(path.read_bytes()))


def corners(image):
    """The four corners, as near as a JPEG keeps colours."""
    width, height = image.size
    places = [(5, 5), (width - 5, 5), (5, height - 5), (width - 5, height - 5)]
    known = (RED, GREEN, BLUE, WHITE)
    return [min(known, key=lambda k: distance(k, image.getpixel(p))) for p in places]


def distance(one, other):
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


def remembering(orientation):
    """Remarks of a camera: how it was held, who made it, where it was."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKER] = "Kamera"
    exif[PLACE] = {1: "N", 2: (55.0, 10.0, 0.0), 3: "E", 4: (24.0, 8.0, 0.0)}
    return exif


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", TURNS)
def test_picture_is_turned_upright(cleaned, form, orientation):
    upright, turn = quarters(), TURNS[orientation]
    held = upright if turn is None else upright.transpose(turn)

    done = cleaned(saved(held, form, exif=remembering(orientation)), form)

    assert done.image.size == upright.size
    assert corners(done.image) == [RED, GREEN, BLUE, WHITE]


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_heic_of_a_telephone_is_turned_upright_once(cleaned, orientation):
    upright, turn = quarters(), TURNS[orientation]
    held = upright if turn is None else upright.transpose(turn)

    # As bytes it is written twice: as the container's own turn and as a remark.
    content = saved(held, "HEIF", exif=remembering(orientation).tobytes())

    done = cleaned(content, "HEIF")

    assert corners(done.image) == [RED, GREEN, BLUE, WHITE]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_what_is_kept_holds_pixels_and_nothing_else(cleaned, form):
    words = {"exif": remembering(1), "xmp": b"<x:xmpmeta>Vardas</x:xmpmeta>"}
    if form == "JPEG":
        words["comment"] = b"Pavardenis"
    content = saved(quarters(), form, **words) + b"PK\x03\x04 a second file"

    done = cleaned(content, form)

    for path in (done.path, done.preview):
        kept = path.read_bytes()
        assert opened(path).format == "JPEG"
        assert dict(opened(path).getexif()) == {}
        assert [w for w in (b"Kamera", b"Vard", b"Pavard", b"PK") if w in kept] == []
        assert {marker for marker, _content in opened(path).applist} <= {"APP0"}


@pytest.mark.parametrize(
    ("mode", "form"),
    [
        *(("L", form) for form in ("JPEG", "PNG")),
        *(("1", "PNG"), ("P", "PNG"), ("LA", "PNG"), ("RGBA", "PNG")),
        *(("RGBA", "WEBP"), ("CMYK", "JPEG"), ("I;16", "PNG")),
    ],
)
def test_every_kind_of_colours_becomes_rgb(cleaned, mode, form):
    grey = 255 if mode == "1" else 200
    image = Image.new("L", (40, 30), grey).convert(mode)
    if mode == "I;16":
        image = image.point(lambda value: value * 256)

    done = cleaned(saved(image, form), form)

    (shown,) = {done.image.getpixel(at) for at in ((3, 3), (30, 20))}
    assert done.image.mode == "RGB"
    assert distance(shown, (grey, grey, grey)) < 15


def test_what_is_transparent_becomes_white(cleaned):
    done = cleaned(saved(Image.new("RGBA", (20, 20), (9, 9, 9, 0)), "PNG"), "PNG")

    assert done.image.getpixel((9, 9)) == WHITE


def test_colours_of_another_profile_are_those_that_were_meant(cleaned):
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    plain = cleaned(picture()).image.getpixel((5, 5))

    meant = cleaned(picture(icc_profile=lab)).image.getpixel((5, 5))
    broken = cleaned(picture(icc_profile=b"no profile")).image.getpixel((5, 5))

    assert distance(broken, plain) < 6
    assert len(meant) == 3


def test_large_photo_is_made_smaller_and_has_a_preview(cleaned):
    done = cleaned(noise((5000, 1000)))

    assert done.outcome == {"width": 4000, "height": 800, "refused": ""}
    assert opened(done.preview).size == (1200, 240)


def test_photo_of_two_views_is_its_first_one(cleaned):
    two = BytesIO()
    quarters().save(two, "MPO", save_all=True, append_images=[Image.new("RGB", (9, 9))])

    assert cleaned(two.getvalue()).outcome["width"] == 80


# --- What is refused, and at what cost -------------------------------------------

HOSTILE = {
    "fifty thousand pixels square": (lambda: png(50_000, 50_000), "PNG", "pixels"),
    "far more in its header": (
        lambda: png(2**31 - 1, 2**31 - 1, data=b""),
        "PNG",
        "pixels",
    ),
    "text of three hundred MB": (
        lambda: png(9, 9, *remarks(300)),
        "PNG",
        "unreadable",
    ),
    "a thousand texts": (
        lambda: png(9, 9, *remarks(1, number=1000)),
        "PNG",
        "unreadable",
    ),
    "moving WebP": (lambda: animation("WEBP", 2000), "WEBP", "animated"),
    "moving PNG": (lambda: animation("PNG", 2000), "PNG", "animated"),
    "half a JPEG": (lambda: picture()[:-400], "JPEG", "unreadable"),
    "half a PNG": (lambda: picture("PNG")[:-60], "PNG", "unreadable"),
    "half a WebP": (lambda: picture("WEBP")[:-40], "WEBP", "unreadable"),
    "half a HEIC": (lambda: picture("HEIF")[:-200], "HEIF", "unreadable"),
    "a FITS that says JPEG": (lambda: b"SIMPLE  = T" * 99, "JPEG", "unreadable"),
    "a TIFF that says PNG": (lambda: picture("TIFF"), "PNG", "unreadable"),
    "nothing": (lambda: b"", "JPEG", "unreadable"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_picture_is_refused_soon_and_cheaply(cleaned, name, record_property):
    make, form, why = HOSTILE[name]
    content = make()

    done = cleaned(content, form)

    record_property("seconds", round(done.seconds, 2))
    record_property("megabytes", round(done.megabytes))
    assert done.outcome["refused"] == why
    assert (done.seconds < 2, done.megabytes < 200) == (True, True)


def test_size_is_told_of_what_is_too_large(cleaned):
    done = cleaned(png(50_000, 50_000), "PNG")

    assert (done.outcome["width"], done.outcome["height"]) == (50_000, 50_000)


def test_memory_is_limited_by_the_system_itself(cleaned):
    """The control: with more of it the same picture is taken."""
    content = saved(Image.new("RGBA", (5000, 5000)), "PNG")
    small = 350 * 2**20

    assert cleaned(content, "PNG", memory=small).outcome["refused"] == "memory"
    assert cleaned(content, "PNG").outcome["refused"] == ""


def test_time_is_limited_by_the_system_itself(cleaned):
    content = noise((6000, 6000), "WEBP", method=0)

    done = cleaned(content, "WEBP", seconds=1, memory=resource.RLIM_INFINITY)

    assert done.outcome is None  # killed before it could say anything
    assert done.status != 0


def test_the_decoder_starts_without_django():
    code = "import sys, submissions.pictures; print('django' in sys.modules)"

    told = subprocess.check_output([sys.executable, "-c", code], cwd=Path.cwd())

    assert told.strip() == b"False"
