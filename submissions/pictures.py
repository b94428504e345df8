"""A picture that somebody sent, made into one that is safe to keep. Pure.

Decoding what strangers send is the most dangerous thing this program does with a file,
so it happens in a process of its own (``python -m submissions.pictures``) that may use
so much memory and time and no more. It is started by ``submissions.intake`` and knows
neither Django nor the contest.
"""

import json
import resource
import struct
import sys
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageFile, ImageOps, PngImagePlugin
from pillow_heif import register_heif_opener

from core.errors import NO_ROOM

JPEG_QUALITY, PREVIEW_QUALITY = 88, 80
_MAX_TEXT = 1024 * 1024  # bytes of a PNG's compressed remarks that are unpacked
_MAX_PROFILE = 4 * 1024 * 1024  # bytes of a colour profile that is applied
_WHOLE = 36_000_000  # pixels of a JPEG that are still decoded one by one
_WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a picture may need; the sides are in pixels, the rest as it is named."""

    pixels: int
    side: int
    preview_side: int
    memory: int  # bytes of address space
    seconds: int  # of the processor


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it: its size, or why it is refused (``animated``, …)."""

    width: int = 0
    height: int = 0
    refused: str = ""


class Refused(Exception):
    """The picture is not taken; the text is the code of the reason."""

    def __init__(self, code: str, width: int = 0, height: int = 0) -> None:
        super().__init__(code)
        self.outcome = Outcome(width, height, refused=code)


def clean(
    source: Path, picture: Path, preview: Path, *, form: str, limits: Limits
) -> Outcome:
    """Write ``source`` anew as an upright JPEG in sRGB without any metadata.

    ``form`` is the only format that is tried: what its first bytes say. What is
    written holds the pixels and nothing else: no EXIF, no place, no thumbnail of what
    was cut away, no second file hidden behind the first.
    """
    with Image.open(source, formats=[form]) as image:
        _require_still(image)
        _require_size(image, limits)
        image.draft("RGB", _draft_size(image, limits))
        plain = _in_rgb(_upright(_loaded(image, limits)))
    plain.info.clear()  # a JPEG's remarks would be written again
    plain.save(picture, "JPEG", quality=JPEG_QUALITY)
    outcome = Outcome(*plain.size)
    plain.thumbnail((limits.preview_side, limits.preview_side))
    plain.save(preview, "JPEG", quality=PREVIEW_QUALITY)
    return outcome


def _require_still(image: Image.Image) -> None:
    """Refuse animations; several views in one JPEG or HEIC are a telephone's habit."""
    is_sequence = image.format in {"PNG", "WEBP"}
    if is_sequence and getattr(image, "n_frames", 1) > 1:
        raise Refused("animated", *image.size)


def _require_size(image: Image.Image, limits: Limits) -> None:
    width, height = image.size
    if width * height > limits.pixels:
        raise Refused("pixels", width, height)


def _draft_size(image: Image.Image, limits: Limits) -> tuple[int, int]:
    """Ask a JPEG for an eighth, a quarter or half of itself where that is enough.

    Very large ones are decoded from half, which a JPEG gives for a quarter of the
    memory, even where that makes them a little smaller than they might be.
    """
    scale = limits.side / max(image.size)
    if image.width * image.height > _WHOLE:
        scale = min(scale, 0.5)
    scale = min(scale, 1.0)
    return max(1, int(image.width * scale)), max(1, int(image.height * scale))


def _loaded(image: Image.Image, limits: Limits) -> Image.Image:
    """Decode, and make it no larger than it is kept."""
    image.load()
    if max(image.size) > limits.side:
        image.thumbnail((limits.side, limits.side), reducing_gap=2.0)
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Turn it as its camera was held; remarks that cannot be read turn nothing."""
    try:
        ImageOps.exif_transpose(image, in_place=True)
    except (OSError, SyntaxError, TypeError, ValueError, struct.error):
        return image
    return image


def _in_rgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # 16 bits a pixel, of which the upper eight are kept
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in {"LA", "PA", "RGBA", "RGBa", "La"} or "transparency" in image.info:
        image = _on_white(image.convert("RGBA"))
    if profile and len(profile) <= _MAX_PROFILE:
        image = _in_srgb(image, profile)
    return image if image.mode == "RGB" else image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    paper = Image.new("RGB", image.size, _WHITE)
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Give the colours that the profile means; one that cannot be read means none."""
    try:
        meant = ImageCms.ImageCmsProfile(BytesIO(profile))
        done = ImageCms.profileToProfile(
            image, meant, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return image
    return image if done is None else done


def _be_strict(limits: Limits) -> None:
    """Take the memory and the time away that no honest picture needs."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Image.MAX_IMAGE_PIXELS = None  # ``_require_size`` says by how much it is too large
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    PngImagePlugin.MAX_TEXT_CHUNK = PngImagePlugin.MAX_TEXT_MEMORY = _MAX_TEXT


def main(arguments: list[str]) -> None:
    """Clean the picture that the arguments name; print the outcome as JSON."""
    source, picture, preview, form, given = arguments
    limits = Limits(**json.loads(given))
    _be_strict(limits)
    register_heif_opener(thumbnails=False, decode_threads=1)
    outcome: Any
    try:
        outcome = clean(
            Path(source), Path(picture), Path(preview), form=form, limits=limits
        )
    except Refused as refused:
        outcome = refused.outcome
    except MemoryError:
        outcome = Outcome(refused="memory")
    except OSError as exc:
        full = exc.errno in NO_ROOM
        outcome = Outcome(refused="full" if full else "unreadable")
    except Exception:  # noqa: BLE001 -- decoders meet the worst and raise whatever they like
        outcome = Outcome(refused="unreadable")
    sys.stdout.write(json.dumps(asdict(outcome)))


if __name__ == "__main__":
    main(sys.argv[1:])
