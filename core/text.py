"""Text as it is stored: NFC, no control characters, escaped only where it is shown."""

import unicodedata
from dataclasses import dataclass

_LINE_BREAKS = str.maketrans(
    {"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
)
_ALLOWED_CONTROLS = "\t\n"
_NON_CHARACTER = 0xFFFE  # the last two of each plane end like this
# What turns the direction of text round, so that "gnp.exe" reads as "exe.png".
_TURNS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_HIDDEN = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A label with what was written under it."""

    label: str
    text: str


class ForbiddenCharacter(ValueError):
    """A character that no database, XML file or terminal should be given."""

    def __init__(self, character: str, position: int) -> None:
        super().__init__(f"U+{ord(character):04X} at position {position}")
        self.character = f"U+{ord(character):04X}"
        self.position = position


def clean(text: str) -> str:
    """Normalise to NFC, with the line feed as the only line break.

    Word processors' own line breaks become ours. Other control characters, lone
    surrogates and non-characters raise ``ForbiddenCharacter`` (position from 1):
    dropping them silently would change what somebody wrote.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_BREAKS)
    for position, character in enumerate(text, start=1):
        if character not in _ALLOWED_CONTROLS and _is_forbidden(character):
            raise ForbiddenCharacter(character, position)
    return unicodedata.normalize("NFC", text)


def visible(text: str, *, keep: str = "") -> str:
    """Take away what nobody sees: controls, turns of direction; the rest in NFC.

    For a name that is shown where it could pass for something else; ``keep`` are
    characters that stay all the same, such as the line feed.
    """
    kept = "".join(c for c in text if c in keep or _is_visible(c))
    return unicodedata.normalize("NFC", kept).strip()


def _is_visible(character: str) -> bool:
    is_hidden = unicodedata.category(character) in _HIDDEN or character in _TURNS
    return not is_hidden and not _is_non_character(character)


def _is_non_character(character: str) -> bool:
    return ord(character) & _NON_CHARACTER == _NON_CHARACTER


def _is_forbidden(character: str) -> bool:
    category = unicodedata.category(character)
    return category in {"Cc", "Cs"} or _is_non_character(character)
