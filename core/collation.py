"""Search and sort keys made in Python.

SQLite and a plain PostgreSQL order Š, Č and Ž after Z or among the accents, each in
its own way. Two columns made here give the same answer everywhere.
"""

import unicodedata
from collections.abc import Callable

# The Lithuanian alphabet, with the letters of foreign names at their usual places;
# i and y, as the dictionaries have it, count as one letter first.
_ALPHABET = "aąbcčdeęėfghiįyjklmnopqrsštuųūvwxzž"
_RANK = {letter: index for index, letter in enumerate(_ALPHABET, start=20)}
_SPACE, _DIGIT_BASE, _OTHER_LETTER = "01", 2, "98"


def search_key(text: str) -> str:
    """Fold case and drop accents: „Šiaulių“ is found by ``siauliu`` and ``ŠIAULIŲ``."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", decomposed)
    kept = (c for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in kept).split())


def word_finder(text: str) -> Callable[[str], bool]:
    """Tell of other texts whether they hold each word of this one; none: all do."""
    words = search_key(text).split()

    def holds(told: str) -> bool:
        key = search_key(told)
        return all(word in key for word in words)

    return holds


def sort_key(text: str, *, length: int = 60) -> str:
    """Make a string of digits that sorts as a Lithuanian reader expects.

    Two digits a letter, ``length`` letters at most; quotation marks and other
    punctuation do not count, as in a card index.
    """
    letters = unicodedata.normalize("NFC", text.casefold())
    words = "".join(c if c.isalnum() else " " for c in letters).split()
    return "".join(_rank(c) for c in " ".join(words)[:length])


def _rank(character: str) -> str:
    if character == " ":
        return _SPACE
    if character.isdecimal():
        return f"{_DIGIT_BASE + unicodedata.decimal(character):02d}"
    if character not in _RANK:
        character = unicodedata.normalize("NFKD", character)[0]
    rank = _RANK.get(character)
    return f"{rank:02d}" if rank else _OTHER_LETTER
