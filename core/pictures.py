"""Pictures that people send: looked into, turned upright, and encoded again by us.

What is kept holds pixels only: no EXIF, no comments, no second file behind the first.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

CONTENT_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
_QUALITY = 90  # of JPEG and WebP, where 95 doubles the size for no eye


class NotAPicture(ValueError):
    """The bytes are no picture of the formats allowed, or a broken one."""


class TooManyPixels(ValueError):
    """The picture is larger than allowed; ``size`` is its width and height."""

    def __init__(self, size: tuple[int, int]) -> None:
        super().__init__(f"{size[0]}×{size[1]}")
        self.size = size


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture as we encoded it."""

    content: bytes
    content_type: str
    width: int
    height: int


def clean_picture(
    content: bytes, *, formats: tuple[str, ...], max_pixels: int
) -> CleanPicture:
    """Decode and encode again, in the format it came in; the first frame only.

    ``formats`` are names of Pillow. The size is read from the header and compared
    before a single pixel is decoded: a bomb costs nothing.
    """
    try:
        with warnings.catch_warnings():
            # Our own limit is far below the one that Pillow warns of.
            warnings.simplefilter("ignore")
            Image.open(BytesIO(content), formats=formats).verify()
            opened = Image.open(BytesIO(content), formats=formats)
            if opened.width * opened.height <= max_pixels:
                return _encoded(opened)
    except Exception as exc:  # decoders of hostile bytes raise whatever they meet
        raise NotAPicture(str(exc)) from exc
    raise TooManyPixels(opened.size)


def _encoded(opened: Image.Image) -> CleanPicture:
    encoding = opened.format or ""
    image = ImageOps.exif_transpose(opened)
    has_alpha = image.has_transparency_data and encoding != "JPEG"
    plain = image.convert("RGBA" if has_alpha else "RGB")
    # A new image has none of the old one's metadata for a plugin to write again.
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    kept = BytesIO()
    bare.save(kept, format=encoding, quality=_QUALITY)
    return CleanPicture(
        kept.getvalue(), CONTENT_TYPES[encoding], bare.width, bare.height
    )
