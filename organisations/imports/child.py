"""``python -m organisations.imports.child``: read one file, print its rows.

Started by `reading` with little memory, little time and an empty environment. Prints
a JSON line of facts, one for each row ``[number, cells, marks]``, and at the end what
came of it: ``{"end": rows}`` or ``{"refusal": code, "facts": {…}}``.
"""

import json
import resource
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from organisations.imports.limits import Limits
from organisations.imports.refusals import Refusal
from organisations.imports.sniffing import WORKBOOK, kind_of
from organisations.imports.spreadsheets import read_workbook
from organisations.imports.text_files import read_text_file


def main() -> None:
    """Take the limits, the path and the file's own name from standard input."""
    order = json.load(sys.stdin)
    limits = Limits(**order["limits"])
    _confine(limits)
    warnings.simplefilter("ignore")
    out = sys.stdout
    try:
        _print_rows(Path(order["path"]), order["name"], limits, out)
    except Refusal as refusal:
        _print(out, {"refusal": refusal.code, "facts": refusal.facts})
    except MemoryError:
        _print(out, {"refusal": "too_much_memory", "facts": {}})
    except Exception as exc:  # noqa: BLE001 -- whatever a library trips over in a stranger's file
        _print(out, {"refusal": "damaged", "facts": {"error": type(exc).__name__}})


def _confine(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes to its pipe only


def _print_rows(path: Path, name: str, limits: Limits, out: TextIO) -> None:
    rows = _rows_of(path, name, limits)
    facts = next(rows)
    _print(out, facts)
    count = handed_over = 0
    for number, cells, marks in rows:
        if not any(cell.strip() for cell in cells) and not marks:
            continue
        count += 1
        handed_over += sum(map(len, cells))
        if count > limits.rows + limits.headings:
            raise Refusal("too_many_rows", row=number, limit=limits.rows)
        if any(cells[limits.columns :]):
            raise Refusal("too_many_columns", row=number, limit=limits.columns)
        if handed_over > limits.text:
            raise Refusal("too_much_text", limit=limits.text)
        cells = cells[: limits.columns]  # noqa: PLW2901 -- the rest is empty
        _print(out, [number, [cell[: limits.cell] for cell in cells], marks])
    _print(out, {"end": count})


def _rows_of(path: Path, name: str, limits: Limits) -> Iterator[Any]:
    with path.open("rb") as file:
        kind = kind_of(file, name, limits)
    read = read_workbook if kind == WORKBOOK else read_text_file
    return read(path, limits)


def _print(out: TextIO, line: Any) -> None:
    out.write(json.dumps(line, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
