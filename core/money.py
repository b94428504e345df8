"""Amounts as people write them. Pure: a text in, a Decimal or a reason out."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

EMPTY = "There is no amount."
NOT_A_NUMBER = "This is not an amount; write it as 18407,00."
UNCLEAR = (
    "It is not clear whether the last separator stands before thousands or before"
    " cents; write 18407 or 18,41."
)
TOO_FINE = "An amount has at most two digits after the comma."
TOO_LARGE = "An amount has at most ten digits before the comma."
REASONS = (EMPTY, NOT_A_NUMBER, UNCLEAR, TOO_FINE, TOO_LARGE)

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))
_LONGEST = 60  # characters that can still be an amount with its currency
_MOST_DIGITS = 10
_CENT = Decimal("0.01")
_PLAIN = re.compile(r"(?P<whole>[0-9]+)(?:[.,](?P<cents>[0-9]+))?")
_GROUPED = re.compile(
    r"(?P<whole>[0-9]{1,3}(?P<mark>[ .,'’])[0-9]{3}(?:(?P=mark)[0-9]{3})*)"
    r"(?:(?!(?P=mark))[.,](?P<cents>[0-9]+))?"
)


def parse_money(text: str, *, currency_words: Iterable[str] = ()) -> Decimal:
    """Read „18 407,00 Eur“, „18.407,00“, „18407.00“, „€18 407“ as 18407.00.

    Groups of thousands may stand apart by any space (no-break and thin ones too), a
    dot, a comma or an apostrophe. What is no amount, or could be two different ones
    („18.407“), is a ValueError whose text is one of ``REASONS``.
    """
    bare = _without_currency(text, currency_words)
    if not bare:
        raise ValueError(EMPTY)
    sign, bare = _sign(bare)
    found = _GROUPED.fullmatch(bare) or _PLAIN.fullmatch(bare)
    if found is None:
        raise ValueError(NOT_A_NUMBER)
    cents = found["cents"] or ""
    if found.re is _GROUPED and not cents and _could_be_decimals(found):
        raise ValueError(UNCLEAR)
    if len(cents) > 2:  # noqa: PLR2004 -- a hundredth has two digits
        raise ValueError(TOO_FINE)
    whole = re.sub(r"\D", "", found["whole"])
    if len(whole.lstrip("0")) > _MOST_DIGITS:
        raise ValueError(TOO_LARGE)
    return Decimal(f"{sign}{whole}.{cents or 0}").quantize(_CENT)


def format_amount(amount: Decimal, *, decimal: str, group: str) -> str:
    """Write 18407 as „18 407,00“, without its currency."""
    rounded = amount.quantize(_CENT, rounding=ROUND_HALF_UP)
    marks = str.maketrans({",": group, ".": decimal})
    return f"{rounded:,.2f}".translate(marks)


def format_money(amount: Decimal, *, decimal: str, group: str, currency: str) -> str:
    """Write 18407 as „18 407,00 Eur“, with spaces that do not break the line."""
    return f"{format_amount(amount, decimal=decimal, group=group)}\u00a0{currency}"


def _without_currency(text: str, words: Iterable[str]) -> str:
    bare = " ".join(text[: _LONGEST + 1].translate(_INVISIBLE).split())
    if len(text) > _LONGEST and len(bare) > _LONGEST // 2:
        raise ValueError(NOT_A_NUMBER)
    for word in sorted(words, key=len, reverse=True):
        folded = bare.casefold()
        if folded.endswith(word):
            return bare[: -len(word)].rstrip()
        if folded.startswith(word):
            return bare[len(word) :].lstrip()
    return bare


def _sign(bare: str) -> tuple[str, str]:
    if bare[0] in "-−–":
        return "-", bare[1:].lstrip()
    return "", bare


def _could_be_decimals(found: re.Match[str]) -> bool:
    """Tell whether the only separator is one that may also stand before decimals."""
    return found["mark"] in ".," and found["whole"].count(found["mark"]) == 1
