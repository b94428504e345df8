"""How much memory a process needs that makes one workbook."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import idle
from benchmarks.exporting import export
from benchmarks.scenarios import Scenario


def measure(sizes: Sequence[Scenario], rounds: int) -> float:
    """Make the workbook of the one size and tell the peak in MiB."""
    (size,) = sizes
    with TemporaryDirectory(prefix="bench-") as folder:
        export(size.slug, Path(folder) / "ranking.xlsx")
    return idle.measure(sizes, rounds)
