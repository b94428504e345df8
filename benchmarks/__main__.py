"""`python -m benchmarks`: measure on new databases, print a table.

Every part runs in a process of its own: none inherits another's memory or garbage.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.databases import VENDORS, NoDatabase, new_database
from benchmarks.figures import Figure, Limit
from benchmarks.scenarios import Scenario, scenarios
from benchmarks.table import table
from config.embedded.signals import interrupted_by_stop_signals

# In this order: saving opens the sheets whose ranking is measured before.
PARTS = {
    "ranking": "ranking",
    "list": "lists",
    "export": "exporting",
    "pages": "pages",
    "save": "saving",
}
SIZES = "200x15,2000x15,10000x10"
PACKAGES = ("Django", "djangorestframework", "psycopg", "openpyxl")
MEMORY = Limit(60, "≤ 60")
INTERRUPTED = 130


def main() -> int:
    """Measure what was asked for; 1 when it could not be measured."""
    asked = _arguments()
    figures: list[Figure] = []
    versions = [f"Python {platform.python_version()}"]
    versions += [f"{name} {version(name)}" for name in PACKAGES]
    try:
        with interrupted_by_stop_signals():
            for vendor in VENDORS if asked.database == "both" else [asked.database]:
                with new_database(vendor) as environment:
                    half = _Half(environment, asked.sizes, asked.rounds)
                    versions.append(half.fill())
                    figures += half.measure(asked.only)
    except KeyboardInterrupt:
        return INTERRUPTED
    except (NoDatabase, subprocess.CalledProcessError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    versions.append(f"{os.cpu_count()} cores, load {os.getloadavg()[2]:.1f}")
    print(table(figures))
    print("; ".join([*versions, f"{asked.rounds} rounds"]))
    if asked.json:
        _keep(asked.json, versions, asked.rounds, figures)
    return 0


class _Half:
    """One database, filled once, measured part by part."""

    def __init__(
        self, environment: dict[str, str], sizes: list[Scenario], rounds: int
    ) -> None:
        self._environment = environment
        self._sizes = sizes
        self._rounds = rounds

    def fill(self) -> str:
        """Write the contests; which database it is."""
        name: str = self._child("filling", self._sizes)
        return name

    def measure(self, only: list[str]) -> list[Figure]:
        """Run the parts that were asked for."""
        figures = []
        for name, part in PARTS.items():
            if name in only:
                print(f"  measuring {name}", file=sys.stderr)
                figures += [_figure(row) for row in self._child(part, self._sizes)]
                if name == "export":
                    figures += self._memory()
        return figures

    def _memory(self) -> list[Figure]:
        """Weigh the export. From here: a large parent would pass its own peak on."""
        idle = self._child("idle", self._sizes[:1])
        return [f for size in self._sizes for f in self._weighed(size, idle)]

    def _weighed(self, size: Scenario, idle: float) -> list[Figure]:
        """Weigh against an idle process, and one that made the smallest before."""
        name = "workbook: peak memory"
        peaks = self._child("memory", [self._sizes[0], size])
        before, after = peaks[0], peaks[-1]  # one only, where it is the smallest itself
        idle_process = self._grown(f"{name} / idle process", size, idle, after)
        worker = self._grown(f"{name} / worker that ran before", size, before, after)
        return [replace(idle_process, limit=MEMORY), worker]

    def _grown(self, name: str, size: Scenario, low: float, high: float) -> Figure:
        return Figure(
            name,
            size.name,
            self._vendor,
            "MiB",
            ours=high,
            theirs=low,
            judged=high - low,
        )

    @property
    def _vendor(self) -> str:
        url = self._environment["DATABASE_URL"]
        return "sqlite" if url.startswith("sqlite") else "postgresql"

    def _child(self, part: str, sizes: list[Scenario]) -> Any:
        names = ",".join(f"{s.entries}x{s.jurors}/{s.part}" for s in sizes)
        command = [sys.executable, "-m", "benchmarks.child", part]
        command += ["--sizes", names, "--rounds", str(self._rounds)]
        done = subprocess.run(  # noqa: S603 - our own module, numbers as arguments
            command, env=self._environment, stdout=subprocess.PIPE, check=True
        )
        return json.loads(done.stdout)


def _figure(row: dict[str, Any]) -> Figure:
    limit = Limit(**row.pop("limit")) if row["limit"] else row.pop("limit")
    return Figure(**row, limit=limit)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--sizes",
        type=scenarios,
        default=scenarios(SIZES),
        help=f"entries x jurors, {SIZES}; /3: one in three jurors scores each entry",
    )
    parser.add_argument("--database", choices=[*VENDORS, "both"], default="both")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", type=_parts, default=list(PARTS))
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    return parser.parse_args()


def _parts(text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - set(PARTS):
        raise argparse.ArgumentTypeError(f"{sorted(unknown)} not in {list(PARTS)}")
    return names


def _keep(path: Path, versions: list[str], rounds: int, figures: list[Figure]) -> None:
    document = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": versions,
        "rounds": rounds,
        "figures": [asdict(f) | {"is_met": f.is_met} for f in figures],
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    sys.exit(main())
