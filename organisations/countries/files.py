"""The CSV files of the packs: UTF-8, a header, a source in each row."""

import csv
from pathlib import Path

_DATA = Path(__file__).parent / "data"


def rows(country: str, name: str) -> list[dict[str, str]]:
    """Read ``data/<country>/<name>.csv``."""
    path = _DATA / country / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
