"""Figures as a plain table."""

from collections.abc import Sequence

from benchmarks.figures import Figure

HEADS = (
    "figure",
    "size",
    "database",
    "ours",
    "CPU",
    "theirs",
    "CPU",
    "unit",
    "ratio",
    "min",
    "of",
    "target",
    "met",
)
TEXTS = 3  # columns that stand left
MET = {None: "–", True: "met", False: "NOT MET"}


def table(figures: Sequence[Figure]) -> str:
    """Write a line a figure."""
    rows = [HEADS, *(_row(figure) for figure in figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        cell.ljust(width) if index < TEXTS else cell.rjust(width)
        for index, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def _row(figure: Figure) -> tuple[str, ...]:
    return (
        figure.name,
        figure.size,
        figure.database,
        _amount(figure.ours),
        _amount(figure.our_cpu),
        _amount(figure.theirs),
        _amount(figure.their_cpu),
        figure.unit,
        _ratio(figure.ratio),
        _ratio(figure.best),
        figure.by,
        figure.limit.words if figure.limit else "–",
        MET[figure.is_met],
    )


def _amount(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
