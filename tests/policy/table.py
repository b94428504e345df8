"""The permission matrix, read a second time: what the tests expect of the first reader.

Written apart from ``core.policy`` on purpose: a cell that one of them reads wrong is a
difference that some test shows.
"""

import tomllib
from functools import cache

from django.conf import settings

# People to whom an object says nothing: they are told that there is none.
STRANGERS = frozenset({"visitor", "signed_in", "administrator", "limited"})
OK, NOT_NOW, NOT_FOUND, SIGN_IN = "ok", "not now", "not found", "sign in"


@cache
def document():
    return tomllib.loads(settings.PERMISSION_MATRIX.read_text(encoding="utf-8"))


def phases():
    return document()["phases"]


def roles():
    return document()["roles"]


@cache
def cells():
    """``{action: {role: phases}}``, for every role of the file."""
    return {
        f"{app}.{verb}": {role: _phases(row.get(role, "")) for role in roles()}
        for app, rows in document()["actions"].items()
        for verb, row in rows.items()
    }


def expected(action, has, phase):
    """What a person with the roles ``has`` is told; ``phase`` None outside contests.

    "Not now" goes only to people who may know that the contest exists.
    """
    row = cells()[action]
    if not has & {"signed_in", "limited"} and not row["visitor"]:
        return SIGN_IN
    if any(row[role] if phase is None else phase in row[role] for role in has):
        return OK
    knows = any(phase in cells()["contest.view"][role] for role in has)
    if knows and any(row[role] for role in has - STRANGERS):
        return NOT_NOW
    return NOT_FOUND


def _phases(cell):
    if cell == "all":
        return set(phases())
    found = set()
    for part in filter(None, cell.split(", ")):
        ends = [phases().index(end) for end in part.split(" - ")]
        found |= set(phases()[ends[0] : ends[-1] + 1])
    return found
