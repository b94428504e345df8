"""Text as it is stored: NFC, no control characters, escaped only where it is shown."""

import unicodedata

_LINE_BREAKS = str.maketrans(
    {"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
)
_ALLOWED_CONTROLS = "\t\n"
_NON_CHARACTER = 0xFFFE  # the last two of each plane end like this


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


def _is_forbidden(character: str) -> bool:
    category = unicodedata.category(character)
    is_non_character = ord(character) & _NON_CHARACTER == _NON_CHARACTER
    return category in {"Cc", "Cs"} or is_non_character
