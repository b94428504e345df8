"""A stranger's file into rows, by a child process that may do little harm."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Timer
from typing import Any

from organisations.imports.limits import Limits
from organisations.imports.refusals import Refusal

Row = tuple[int, list[str], dict[str, str]]  # number, cells, marks by position

_ROOT = Path(__file__).resolve().parents[2]
_CHILD = (sys.executable, "-m", "organisations.imports.child")
_TELL_EVERY = 500  # rows


@dataclass(slots=True)
class Content:
    """What stands in the file: facts about it, and its rows that hold anything."""

    facts: dict[str, Any]
    rows: list[Row] = field(default_factory=list)


def read_file(
    path: Path, name: str, limits: Limits, on_rows: Callable[[int], None]
) -> Content:
    """Read the whole file; ``Refusal`` with the reason when that is not possible.

    ``on_rows`` is called now and then with the number of rows read so far.
    """
    with _child() as child:
        guard = Timer(limits.wall, child.kill)
        guard.start()
        try:
            return _collect(_lines(child, path, name, limits), child, on_rows)
        finally:
            guard.cancel()
            child.kill()


def _child() -> "subprocess.Popen[str]":
    # An empty environment: no secret of ours is in the process that opens the file.
    return subprocess.Popen(  # noqa: S603 -- our own module, no text of a stranger's
        _CHILD,
        cwd=_ROOT,
        env={"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )


def _lines(
    child: "subprocess.Popen[str]", path: Path, name: str, limits: Limits
) -> Iterator[Any]:
    assert child.stdin is not None and child.stdout is not None  # noqa: S101, PT018 -- both were asked for
    order = {"path": str(path), "name": name, "limits": asdict(limits)}
    child.stdin.write(json.dumps(order))
    child.stdin.close()
    for line in child.stdout:
        if not line.endswith("\n"):
            return  # it was stopped in the middle of a word
        yield json.loads(line)


def _collect(
    lines: Iterator[Any], child: "subprocess.Popen[str]", on_rows: Callable[[int], None]
) -> Content:
    content = Content({})
    for line in lines:
        if isinstance(line, list):
            content.rows.append((line[0], line[1], line[2]))
            if len(content.rows) % _TELL_EVERY == 0:
                on_rows(len(content.rows))
        elif "refusal" in line:
            raise Refusal(line["refusal"], **line["facts"])
        elif "end" in line:
            return content
        else:
            content.facts = line
    child.wait()
    raise Refusal("too_much_work")
