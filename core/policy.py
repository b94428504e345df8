"""Who may do what, read from the permission matrix.

``config/permissions.toml`` says for each action which role may do it in which phase.
This module reads it and answers; which roles a person has towards an object is told
by each app's ``rules.py``, which registers a function for its models with
``standing``. HTML, API, commands and jobs all ask here, and the tests are generated
from the same file.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, singledispatch
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from rules.permissions import add_perm
from rules.predicates import Predicate, predicate

from core.errors import NotNow, NotYours, SecondFactorMissing

EVERYBODY = "visitor"
SIGNED_IN = "signed_in"
ADMINISTRATOR = "administrator"
# Who shows a token for one contest, towards everything that lies outside it.
LIMITED = "limited"
# Roles that say nothing of the object: their holders are strangers to it.
_STRANGERS = frozenset({EVERYBODY, SIGNED_IN, ADMINISTRATOR, LIMITED})
# Who holds one of these shows a second factor where it is required.
_OFFICES = frozenset(
    {
        *(ADMINISTRATOR, "organiser", "coordinator", "coordinator_juror"),
        *("secretariat", "shared_with"),
    }
)
_ABOUT_ROW = frozenset({"does", "rows", "beyond"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is towards an object, and the phase its contest is in.

    ``phase`` is None for things outside any contest; ``now`` is the sentence that
    tells a person the phase and its end; ``over`` has by a phase what is told in place
    of that once it was the last one in which something was possible. ``knows`` says
    whether the person may know that the contest exists; ``contest`` is its id.
    """

    roles: frozenset[str]
    phase: str | None = None
    now: str = ""
    over: Mapping[str, str] = field(default_factory=dict)
    knows: bool = True
    contest: UUID | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the matrix: role -> the phases in which it may act.

    What reaches ``beyond`` the contest it is asked about is closed to its tokens.
    """

    name: str
    does: str
    rows: tuple[int, ...]
    cells: Mapping[str, frozenset[str]]
    beyond: bool = False

    def allows(self, standing: Standing) -> bool:
        """Tell whether any of the roles may act now."""
        return bool(self.allowing(standing))

    def allowing(self, standing: Standing) -> frozenset[str]:
        """List the roles by which the person may act now."""
        if standing.phase is None:
            found = (role for role in standing.roles if self.cells.get(role))
        else:
            phase = standing.phase
            found = (r for r in standing.roles if phase in self.cells.get(r, ()))
        return frozenset(found)

    def other_phases(self, standing: Standing) -> frozenset[str]:
        """List the phases in which a role that belongs to the object may act."""
        related = standing.roles - _STRANGERS
        return frozenset().union(*(self.cells.get(role, ()) for role in related))


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole file: phases in order, roles, actions by name."""

    phases: tuple[str, ...]
    roles: tuple[str, ...]
    actions: Mapping[str, Action]


@cache
def matrix() -> Matrix:
    """Read the matrix that ``PERMISSION_MATRIX`` names, once a process."""
    return read_matrix(settings.PERMISSION_MATRIX)


def read_matrix(path: Path) -> Matrix:
    """Read a matrix; a role, phase or cell it does not know is a ValueError."""
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    phases, roles = tuple(document["phases"]), tuple(document["roles"])
    actions = {}
    for app, rows in document["actions"].items():
        for verb, row in rows.items():
            name = f"{app}.{verb}"
            cells = {
                role: _phases(cell, phases, where=f"{name}, {role}")
                for role, cell in row.items()
                if role not in _ABOUT_ROW
            }
            if unknown := set(cells) - set(roles):
                raise ValueError(f"{name} names unknown roles: {sorted(unknown)}")
            actions[name] = Action(
                *(name, row["does"], tuple(row["rows"]), cells),
                beyond=row.get("beyond", False),
            )
    return Matrix(phases, roles, actions)


def _phases(cell: str, phases: tuple[str, ...], *, where: str) -> frozenset[str]:
    """Read ``all``, or a list of phases and ``first - last`` ranges."""
    if cell == "all":
        return frozenset(phases)
    found: set[str] = set()
    for part in cell.split(","):
        first, _dash, last = (piece.strip() for piece in part.partition(" - "))
        if first not in phases or (last and last not in phases):
            raise ValueError(f"{where}: {part!r} is not a phase of {phases}")
        span = phases[phases.index(first) : phases.index(last or first) + 1]
        if not span:
            raise ValueError(f"{where}: {part!r} runs backwards")
        found.update(span)
    return frozenset(found)


@singledispatch
def standing(_obj: Any, _user: Any) -> Standing:
    """Tell what ``user`` is towards ``obj``; each app registers its models."""
    raise TypeError(f"nobody registered a standing for {type(_obj).__name__}")


@standing.register
def _standing_nowhere(_obj: None, user: Any) -> Standing:
    return Standing(person_roles(user))


def person_roles(user: Any) -> frozenset[str]:
    """List the roles that a person has everywhere."""
    if not user.is_authenticated:
        return frozenset({EVERYBODY})
    if user.is_administrator:
        return frozenset({EVERYBODY, SIGNED_IN, ADMINISTRATOR})
    return frozenset({EVERYBODY, SIGNED_IN})


def allows(user: Any, action: str, obj: Any = None) -> bool:
    """Tell whether ``user`` may do ``action`` to ``obj`` now."""
    row = matrix().actions[action]
    return row.allows(towards(obj, user, row=row))


def require(user: Any, action: str, obj: Any = None) -> Standing:
    """Refuse with a sentence unless ``user`` may do ``action`` to ``obj`` now.

    ``NotNow`` (403) goes only to people whom the object concerns and who may do it in
    another phase; everyone else gets ``NotYours`` (404), as if it did not exist. Who
    may is told what ``user`` is towards the object.
    """
    row = matrix().actions[action]
    person = towards(obj, user, row=row)
    if row.allows(person):
        _require_second_factor(user, row.allowing(person))
        return person
    if person.phase and person.knows and (others := row.other_phases(person)):
        raise _not_now(person, others)
    raise NotYours(_nothing(user))


def _not_now(person: Standing, others: frozenset[str]) -> NotNow:
    phases = matrix().phases
    allowed = [phase for phase in phases if phase in others]
    is_over = phases.index(str(person.phase)) > phases.index(allowed[-1])
    told = str(person.over.get(allowed[-1], "")) if is_over else ""
    return NotNow(
        told
        or _("This is possible only while the contest is in: {phases}. {now}").format(
            phases=", ".join(map(_, allowed)), now=person.now
        ),
        extra={"phase": person.phase, "allowed_phases": allowed},
    )


def _require_second_factor(user: Any, roles: frozenset[str]) -> None:
    """Close what only an office opens to a session without a second factor.

    Tokens are made by who has signed in, and keep working.
    """
    if roles <= _OFFICES and getattr(user, "lacks_second_factor", False):
        raise SecondFactorMissing(
            _(
                "Coordinators and administrators sign in with a second factor. Set one"
                " up in your account; then this opens. Nothing was changed."
            )
        )


def towards(obj: Any, user: Any, *, row: Action | None = None) -> Standing:
    """Tell what a person is towards an object, with the token that was shown.

    A token limited to a contest leaves no roles outside it, nor for what reaches beyond
    it: the one place that says so. Lists ask ``limit_of``.
    """
    person, limit = standing(obj, _present(user)), limit_of(user)
    is_within = person.contest == limit and not (row and row.beyond)
    if limit is None or is_within:
        return person
    return replace(person, roles=frozenset({EVERYBODY, LIMITED}))


def limit_of(user: Any) -> UUID | None:
    """Tell to which contest the token is limited that the person came with."""
    limit: UUID | None = getattr(user, "limited_to", None)
    return limit


def _nothing(user: Any) -> str:
    nothing = _("There is nothing at this address, or it is not yours to see.")
    if limit_of(user) is None:
        return nothing
    hint = _("Your token is limited to one contest; a token without a limit sees more.")
    return f"{nothing} {hint}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A request that was let through, as a witness is told of it.

    ``obj`` and ``contest`` are None for a list over all contests.
    """

    user: Any
    action: str
    obj: Any
    contest: UUID | None
    route: str


_witnesses: dict[str, Callable[[Reading], None]] = {}
_lists: set[str] = set()


def watch(
    role: str, witness: Callable[[Reading], None], *, lists: Iterable[str] = ()
) -> None:
    """Have ``witness`` told of every request that nothing but ``role`` lets through.

    ``lists`` are actions without an object whose answer holds what the role may see:
    of them it is told whoever asks, and finds out itself.
    """
    _witnesses[role] = witness
    _lists.update(lists)


def bear_witness(reading: Reading, person: Standing) -> None:
    """Tell the witness of a request that was let through, if its role has one."""
    if reading.obj is None:
        if reading.action in _lists:
            for witness in _witnesses.values():
                witness(reading)
        return
    allowing = matrix().actions[reading.action].allowing(person)
    for role, witness in _witnesses.items():
        if allowing == {role}:
            witness(reading)


def _present(user: Any) -> Any:
    """Take a person who was disabled for nobody: jobs outlive sessions."""
    return user if user.is_active else AnonymousUser()


def is_public(action: str) -> bool:
    """Tell whether people who have not signed in may ever do it."""
    return bool(matrix().actions[action].cells.get(EVERYBODY))


def register_permissions(app: str) -> None:
    """Let ``user.has_perm`` and ``rules`` answer for an app's rows of the matrix."""
    for name in actions_of(app):
        add_perm(name, _predicate(name))


def actions_of(app: str) -> Iterable[str]:
    """List the actions of one app."""
    return [name for name in matrix().actions if name.split(".")[0] == app]


def _predicate(name: str) -> Predicate:
    return predicate(lambda user, obj: allows(user, name, obj), name=name)
