"""Names of files: as people gave them, and as every computer can save them. Pure."""

from collections.abc import Collection

from core.text import visible

LONGEST = 120  # characters, the extension included
_LONGEST_EXTENSION = 5
_UNSAVABLE = frozenset('<>:"/\\|?*')
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)]
)


def extension_of(name: str) -> str:
    """Tell what a name claims to be: what follows its last dot, in small letters."""
    stem, dot, extension = visible(name).rpartition(".")
    is_one = dot and stem and len(extension) <= _LONGEST_EXTENSION
    return extension.lower() if is_one and extension.isalnum() else ""


def shown_name(name: str, *, extension: str, known: Collection[str]) -> str:
    """Clean a name for showing and downloading; it ends as its content says.

    Folders, control characters and turns of direction go; ``known`` are the endings
    that may be taken away for the true one.
    """
    text = visible(name.replace("\\", "/").rpartition("/")[2])
    if extension_of(text) in known:
        text = text.rpartition(".")[0]
    stem = text.strip(" .")[: LONGEST - len(extension) - 1].rstrip(" .")
    return f"{stem or 'file'}.{extension}"


def member_name(name: str) -> str:
    """Make a shown name one that Windows, too, can unpack from an archive."""
    text = "".join("_" if c in _UNSAVABLE else c for c in name)
    is_device = text.partition(".")[0].strip().lower() in _DEVICES
    return f"_{text}" if is_device else text
