"""How much memory a process needs that makes workbooks."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import idle
from benchmarks.making import export
from benchmarks.scenarios import Scenario


def measure(sizes: Sequence[Scenario], rounds: int) -> list[float]:
    """Make the workbook of each size in turn; tell the peak after each, in MiB."""
    peaks = []
    with TemporaryDirectory(prefix="bench-") as folder:
        for size in sizes:
            export(size.slug, Path(folder) / "ranking.xlsx")
            peaks.append(idle.measure(sizes, rounds))
    return peaks
