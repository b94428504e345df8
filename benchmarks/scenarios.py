"""How large a measured contest is, and how it is named."""

from argparse import ArgumentTypeError
from dataclasses import dataclass
from re import compile as pattern

CRITERIA = 3
# No jury reads more than this whole: above it, a random third reads each entry.
READ_BY_ALL = 2_000
SPELLING = pattern(r"(?P<entries>\d{1,6})x(?P<jurors>\d{1,4})(?:/(?P<part>\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Scenario:
    """A contest; each entry is scored by one in ``part`` of the jurors, at random."""

    entries: int
    jurors: int
    part: int

    @property
    def name(self) -> str:
        """As it is asked for."""
        usual = f"{self.entries}x{self.jurors}"
        return usual if self.part == _part(self.entries) else f"{usual}/{self.part}"

    @property
    def slug(self) -> str:
        """The address of its contest."""
        return f"bench-{self.entries}x{self.jurors}-{self.part}"


def scenario(text: str) -> Scenario:
    """Read ``2000x15`` or, where one in three jurors scores each, ``2000x15/3``."""
    found = SPELLING.fullmatch(text.strip())
    if found is None or "0" in {found["entries"], found["jurors"], found["part"]}:
        raise ArgumentTypeError(
            f"{text!r} is not ENTRIESxJURORS or ENTRIESxJURORS/PART"
        )
    entries = int(found["entries"])
    part = int(found["part"]) if found["part"] else _part(entries)
    return Scenario(entries, int(found["jurors"]), part)


def scenarios(text: str) -> list[Scenario]:
    """Read several, separated by commas, the smallest first."""
    read = {scenario(part) for part in text.split(",")}
    return sorted(read, key=lambda each: (each.entries, each.jurors, each.part))


def _part(entries: int) -> int:
    return 1 if entries <= READ_BY_ALL else 3
