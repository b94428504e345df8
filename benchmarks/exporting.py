"""The ranking workbook, as the worker makes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import Workbook, load_workbook

from benchmarks.alternating import Pair, alternate
from benchmarks.figures import Figure, Limit
from benchmarks.making import export, report_of, write
from benchmarks.scenarios import Scenario

LITTLE_MORE = Limit(1.15, "≤ 1.15")
MOST_ROUNDS = 3  # a large workbook takes openpyxl many seconds


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet as plain values."""

    title: str
    rows: list[tuple[Any, ...]]


def measure(sizes: Sequence[Scenario], rounds: int) -> list[Figure]:
    """Compare with bare openpyxl writing the same cells, at every size."""
    return [
        figure
        for size in sizes
        for figure in _against_openpyxl(size, min(rounds, MOST_ROUNDS))
    ]


def _against_openpyxl(size: Scenario, rounds: int) -> list[Figure]:
    with TemporaryDirectory(prefix="bench-") as folder:
        ours, theirs = Path(folder) / "ours.xlsx", Path(folder) / "theirs.xlsx"
        export(size.slug, ours)
        parts, report = _read_back(ours), report_of(size.slug)
        cells = sum(len(row) for part in parts for row in part.rows)
        samples = alternate(
            {
                "whole": lambda: export(size.slug, ours),
                "bare": lambda: _write_barely(parts, theirs),
                "writing": lambda: write(report, ours),
            },
            rounds=rounds,
        )
    thousands = f"{cells / 1000:.0f}k cells"
    return [
        Pair(samples[name], samples["bare"]).figure(
            f"workbook, {words} / bare openpyxl, {thousands}",
            size.name,
            by="cpu",
            limit=LITTLE_MORE,
        )
        for name, words in (("whole", "read, rank, write"), ("writing", "write"))
    ]


def _read_back(path: Path) -> list[Part]:
    workbook = load_workbook(path, read_only=True)
    try:
        return [
            Part(sheet.title, list(sheet.iter_rows(values_only=True)))
            for sheet in workbook.worksheets
        ]
    finally:
        workbook.close()


def _write_barely(parts: Sequence[Part], path: Path) -> None:
    workbook = Workbook(write_only=True)
    for part in parts:
        sheet = workbook.create_sheet(part.title)
        for row in part.rows:
            sheet.append(row)
    workbook.save(path)
