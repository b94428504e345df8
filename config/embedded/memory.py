"""How much memory this process and everything it started really hold (Linux)."""

from collections import defaultdict
from pathlib import Path

PROC = Path("/proc")
_PARENT = 1  # the field after the state, which follows the name


def memory_in_bytes(pid: int) -> int | None:
    """Sum the shares of a process and its descendants; None where /proc cannot tell.

    Shared pages count once in the sum (PSS): forked workers share most of theirs.
    """
    if not (PROC / str(pid) / "smaps_rollup").exists():
        return None
    return sum(_share(process) for process in family(pid))


def family(pid: int) -> list[int]:
    """Return the process and all its descendants."""
    children = _children_by_parent()
    found = [pid]
    for process in found:
        found.extend(children[process])
    return found


def _children_by_parent() -> dict[int, list[int]]:
    children = defaultdict(list)
    for stat in PROC.glob("[0-9]*/stat"):
        try:
            # The program's name stands in brackets and may hold anything.
            after_name = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        children[int(after_name[_PARENT])].append(int(stat.parent.name))
    return children


def _share(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:  # it ended while we looked
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
