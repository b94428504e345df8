"""Awards beside the places: what the rules say of each. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SpecialAward:
    """An award that the jury gives by a decision, not by the totals.

    ``nomination`` is the code of that whose entries alone may have it, empty for all;
    ``count`` how often it is given at most, None as often as the jury likes.
    """

    code: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    sponsor: Mapping[str, str]
    nomination: str
    count: int | None


def read_special_award(data: Mapping[str, Any]) -> SpecialAward:
    """Give types to a row of ``special_awards``."""
    return SpecialAward(
        code=data["code"],
        title=data["title"],
        description=data.get("description", {}),
        sponsor=data.get("sponsor", {}),
        nomination=data.get("nomination") or "",
        count=data.get("count"),
    )
