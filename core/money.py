"""Amounts of money as people write them. Pure."""

import re
from decimal import Decimal

_SPACES = "\u0020\u00a0\u2009\u202f"  # plain, no-break, thin, narrow no-break
_AMOUNT = re.compile(
    r"(?P<sign>[-\u2212]?)"
    rf"(?P<whole>\d+|\d{{1,3}}(?P<group>[{_SPACES}.,])\d{{3}}(?:(?P=group)\d{{3}})*)"
    r"(?:(?P<point>[.,])(?P<cents>\d{1,2}))?",
    re.ASCII,
)


def parse_money(text: str) -> Decimal:
    """Read „18 407,00“, „18.407,00“, „18,407.00“, „18407.5“; cents are two at most.

    Spaces of any width stand between thousands, a comma or a point before the cents.
    „18,407“ could be thousands or thousandths and is no amount, nor is „1 84,00“:
    ValueError.
    """
    found = _AMOUNT.fullmatch(text.strip(_SPACES))
    if found is None or _is_ambiguous(found):
        raise ValueError(f"{text!r} is not an amount of money")
    whole = re.sub(r"\D", "", found["whole"])
    sign = "-" if found["sign"] else ""
    return Decimal(f"{sign}{whole}.{found['cents'] or '00'}")


def _is_ambiguous(found: re.Match[str]) -> bool:
    """Tell whether a sign between thousands could as well stand before decimals."""
    group = found["group"]
    if group not in {".", ","}:
        return False
    is_repeated = found["whole"].count(group) > 1
    return found["point"] == group or (found["point"] is None and not is_repeated)
