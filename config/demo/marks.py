"""Marks out of a seed: better and worse entries, milder and stricter jurors. Pure."""

from collections.abc import Sequence
from random import Random

# Shares of the scale: where entries stand, and by how much everything differs.
_MEAN, _BETWEEN_ENTRIES = 0.62, 0.13
_BETWEEN_CRITERIA, _BETWEEN_JURORS, _WITHIN_JUROR = 0.07, 0.07, 0.10


class Marks:
    """A panel that marks entry after entry, the same for the same generator."""

    def __init__(
        self, generator: Random, *, jurors: int, criteria: int, steps: int
    ) -> None:
        self._draw = generator.gauss
        self._criteria = criteria
        self._steps = steps
        self._mildness = [self._draw(0, _BETWEEN_JURORS) for _ in range(jurors)]

    def entry(self) -> list[float]:
        """Draw how good the next entry is in each criterion."""
        quality = self._draw(_MEAN, _BETWEEN_ENTRIES)
        return [
            quality + self._draw(0, _BETWEEN_CRITERIA) for _ in range(self._criteria)
        ]

    def sheet(self, entry: Sequence[float], juror: int) -> list[int]:
        """Draw a juror's marks for an entry, in steps from the scale's minimum."""
        mildness = self._mildness[juror]
        return [
            self._on_scale(quality + mildness + self._draw(0, _WITHIN_JUROR))
            for quality in entry
        ]

    def _on_scale(self, share: float) -> int:
        return round(self._steps * min(1.0, max(0.0, share)))


def generator(seed: int | str) -> Random:
    """Make the one source of chance."""
    return Random(seed)  # noqa: S311 - a sample must be repeatable, not secret
