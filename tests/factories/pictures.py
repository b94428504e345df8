"""Pictures and papers made in code, whole and hostile."""

import struct
import zlib
from io import BytesIO

from PIL import Image
from pillow_heif import register_heif_opener

register_heif_opener(thumbnails=False)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 200, 20), (20, 20, 220), (255, 255, 255)


def quarters(size=(80, 60)):
    """A picture whose corners tell how it is turned: red, green, blue, white."""
    width, height = size
    image = Image.new("RGB", size, WHITE)
    image.paste(RED, (0, 0, width // 2, height // 2))
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    return image


def picture(form="JPEG", size=(80, 60), **options):
    """The bytes of an ordinary picture."""
    return saved(quarters(size), form, **options)


def saved(image, form="JPEG", **options):
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def noise(size, form="JPEG", **options):
    """A picture that does not shrink."""
    return saved(Image.effect_noise(size, 90).convert("RGB"), form, **options)


def png(width, height, *extra, data=None):
    """A PNG by hand: one bit a pixel, all black, with further chunks before the end."""
    if data is None:
        packer = zlib.compressobj(9)
        row = bytes(width // 8 + 1)
        data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), *extra, (b"IDAT", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind, data):
    checked = kind + data
    return (
        struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))
    )


def remarks(megabytes, number=1):
    """Compressed remarks of a PNG that unpack to very much."""
    text = b"k\0\0" + zlib.compress(b"a" * (megabytes * 1_000_000), 9)
    return [(b"zTXt", text)] * number


def animation(form, frames):
    """A moving picture of so many different frames."""
    images = [Image.new("RGB", (8, 8), (n % 256, n // 256, 0)) for n in range(frames)]
    return saved(images[0], form, save_all=True, append_images=images[1:], duration=10)
