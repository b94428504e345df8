"""Names as people write them, led back to the one thing that is meant. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from core.collation import search_key

_QUOTED = re.compile('[„“”"«»](.+?)[“”"„«»]')


def fold(
    text: str, *, words: Mapping[str, str], silent: frozenset[str] = frozenset()
) -> str:
    """Drop case, accents and ``silent`` words; write out the short forms in ``words``.

    „Kelmės r. sav.“ and „KELMES RAJONO SAVIVALDYBĖ“ become one key.
    """
    written_out = " ".join(words.get(word, word) for word in search_key(text).split())
    return " ".join(word for word in written_out.split() if word not in silent)


def folding(words: Mapping[str, str], *silent: str) -> Callable[[str], str]:
    """Make a ``fold`` with a country's own words."""
    return partial(fold, words=words, silent=frozenset(silent))


def index(spellings: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Map each key to what it means; a key that could mean two things means neither."""
    meanings: dict[str, set[str]] = {}
    for key, meaning in spellings:
        meanings.setdefault(key, set()).add(meaning)
    return {
        key: next(iter(meant))
        for key, meant in meanings.items()
        if key and len(meant) == 1
    }


def in_any_order(key: str) -> str:
    """Make a key that does not mind the order of the words."""
    return " ".join(sorted(key.split()))


def quoted(name: str) -> str:
    """Take the part between quotation marks: „Pagėgių kraštas“; empty without one."""
    found = _QUOTED.search(name)
    return found[1] if found else ""
