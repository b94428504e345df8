"""Acts that need two persons where the rulebook says so, told by who carries them out.

The modules of the acts register them here, those of the apps above as well: proposing
and confirming (``contest/proposing.py``) know no act by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from contest.rulebook import read
from core.errors import Conflict


@dataclass(frozen=True, slots=True)
class JointAct:
    """One kind of act, and what proposing and confirming ask of it.

    ``proposed_by`` and ``confirmed_by`` are rows of the matrix, judged towards what
    ``judged`` finds. ``examine`` raises what the act itself would refuse, and tells in
    a word the state that a proposal is about: if that word is another one when it is
    confirmed, the proposal is out of date. ``hold`` locks in the order of the house.
    """

    kind: str
    proposed_by: str
    confirmed_by: str
    hold: Callable[[Any, UUID], Any]
    judged: Callable[[Any, UUID], Any]
    examine: Callable[[Any, UUID, Mapping[str, Any]], str]
    carry_out: Callable[..., None]


_ACTS: dict[str, JointAct] = {}


def needs_two(act: JointAct) -> None:
    """Register a kind of act."""
    _ACTS[act.kind] = act


def joint_act(kind: str) -> JointAct:
    """Find a kind of act by its name."""
    return _ACTS[kind]


def require_one_is_enough(contest: Any) -> None:
    """Refuse to do alone what the rules of this contest leave to two persons."""
    if read(contest.rules_in_force.document).two_persons:
        raise Conflict(
            _(
                "By the rules of this contest two persons do this: propose it at"
                " contests/{slug}/proposals/, and somebody else confirms it. Nothing"
                " was changed."
            ).format(slug=contest.slug),
            code="two_persons",
        )
