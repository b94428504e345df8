"""Each cell of the matrix, asked of the interface by a person who stands in it.

Generated: every route and method × everybody of ``world.PEOPLE`` × the eight phases ×
an object of the own contest and of a foreign one. The file says what must come out.
What no phase can change is asked in one of them; a foreign contest, in which everybody
is a stranger, meets half of the people in one phase and the others in the next.
"""

from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from functools import cache

import pytest
from django.db import transaction

from core.policy import LIMITED
from tests.policy import table
from tests.policy.calls import Call, address, body, calls
from tests.policy.pages import is_page
from tests.policy.table import NOT_FOUND, NOT_NOW, OK, SIGN_IN, expected
from tests.policy.world import BY_TOKEN, PEOPLE, build, roles_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

ABOUT_ENTRIES = {"entry", "handling", "assignment", "attachment"}
OFFICIALS = {
    *("coordinator", "coordinator_juror", "juror_assigned"),
    *("chair", "secretary", "observer", "auditor", "deliberating"),
}
SIGN_IN_PAGE = "/sign-in/"
WITH_PHASE = {*ABOUT_ENTRIES, "contest", "entering", "export"}
ONLY_PHASE = "judging"  # for what has none
_OF_ENTRY = {"entry", "assignment", "attachment"}


EACH = [
    pytest.param(phase, is_own, id=f"{phase}-{'own' if is_own else 'foreign'}")
    for phase in table.phases()
    for is_own in (True, False)
]
SAMPLED = 37  # a prime, so that no role and no route is passed over


@pytest.mark.slow
@pytest.mark.timeout(900)  # some five thousand requests
@pytest.mark.parametrize(("phase", "is_own"), EACH)
def test_every_cell_answers_as_the_matrix_says(phase, is_own, record_property):
    world = build(phase)
    asked = asked_in(phase, is_own=is_own)

    wrong = differences(world, asked)

    record_property("cells", len(asked))
    assert wrong == {}


@pytest.mark.parametrize(("phase", "is_own"), [("judging", True), ("open", False)])
def test_a_sample_of_cells_answers_as_the_matrix_says(phase, is_own):
    world = build(phase)
    asked = [cell for cell in cells() if cell.is_own == is_own]

    assert differences(world, asked[::SAMPLED]) == {}


def test_every_cell_is_asked_in_every_phase_that_can_change_its_answer():
    asked = {
        (cell, phase)
        for phase, is_own in (
            (phase, is_own) for phase in table.phases() for is_own in (True, False)
        )
        for cell in asked_in(phase, is_own=is_own)
    }

    assert {cell for cell, _phase in asked} == set(cells())
    assert asked >= {
        (cell, phase)
        for cell in cells()
        if cell.is_own and has_phase(cell.call)
        for phase in table.phases()
    }
    assert {(cell.call, phase) for cell, phase in asked if not cell.is_own} >= {
        (cell.call, phase)
        for cell in cells()
        if not cell.is_own and has_phase(cell.call)
        for phase in table.phases()
    }


def test_every_role_of_the_file_is_asked_for_every_route():
    asked = {(str(cell.call), cell.who) for cell in cells() if cell.is_own}

    assert asked >= {
        (str(call), role)
        for call in calls()
        for role in table.roles()
        if role not in BY_TOKEN or not is_page(call.name)
    }


def test_a_wrong_expectation_is_noticed():
    """The control: this suite can fail."""
    world = build("judging")
    ranking = [c for c in cells() if c.call.name == "contest-ranking" and c.is_own]

    with mistaken("scoring.view_ranking", "juror_other"):
        wrong = differences(world, ranking)

    assert wrong == {"juror_in_conflict, own: get contest-ranking": (OK, NOT_FOUND)} | {
        f"{who}, own: get contest-ranking": (OK, NOT_NOW)
        for who in (
            *("juror_assigned", "juror_other", "deliberating"),
            *("chair", "coordinator_juror"),
        )
    }


@dataclass(frozen=True)
class Cell:
    """Who asks what of whose object."""

    call: Call
    who: str
    is_own: bool

    def __str__(self):
        return f"{self.who}, {'own' if self.is_own else 'foreign'}: {self.call}"


@cache
def cells():
    """Own and foreign; where no object is named there is nothing foreign.

    The people in conflict are asked where conflicts count: about an entry.
    """
    return [
        Cell(call, who, is_own)
        for call in calls()
        for is_own in ((True, False) if call.kind or call.service else (True,))
        for who in PEOPLE
        if who in table.roles() or (is_own and call.kind in ABOUT_ENTRIES)
        if who not in BY_TOKEN or not is_page(call.name)
    ]


def asked_in(phase, *, is_own):
    """The cells of one phase."""
    number = table.phases().index(phase)
    turn = {who: (place + number) % 2 for place, who in enumerate(PEOPLE)}
    return [
        cell
        for cell in cells()
        if cell.is_own == is_own
        if has_phase(cell.call) or phase == ONLY_PHASE
        if is_own or turn[cell.who] or not has_phase(cell.call)
    ]


def has_phase(call):
    """Whether the phase of a contest has a say in the answer."""
    return not {call.kind, call.service_kind}.isdisjoint(WITH_PHASE)


def differences(world, asked):
    """``{cell: (wanted, told)}`` where the two differ."""
    answers = {cell: (wanted(world, cell), ask(world, cell)) for cell in asked}
    return {str(cell): both for cell, both in answers.items() if both[0] != both[1]}


@contextmanager
def mistaken(action, role):
    """Let the second reading of the matrix open a cell that the file keeps closed."""
    row = table.cells()[action]
    kept, row[role] = row[role], set(table.phases())
    yield
    row[role] = kept


def ask(world, cell):
    """Send one request, take back what it did, and tell what came."""
    call, edition = cell.call, edition_of(world, cell)
    where = address(call, edition, cell.who, token_of(world, cell))
    sent = body(call, edition, cell.who, world)
    point = transaction.savepoint() if call.method != "get" else None
    clients = world.browsers if is_page(call.name) else world.clients
    client = clients[cell.who]
    signed_in = copy(client.cookies)  # signing out is taken back, too
    response = getattr(client, call.method)(where, sent)
    client.cookies = signed_in
    if response.streaming:
        response.getvalue()  # read to its end, the file is closed
    if point:
        transaction.savepoint_rollback(point)
    return told(response)


def edition_of(world, cell):
    return world.own if cell.is_own else world.foreign


def token_of(world, cell):
    """One's own token, or that of somebody else."""
    is_theirs = cell.is_own and cell.who != "visitor"
    other = "signed_in" if cell.who != "signed_in" else "owner"
    return world.tokens[cell.who if is_theirs else other]


def wanted(world, cell):
    """What the matrix says: the gate's row, then the row that the service asks."""
    call = cell.call
    if is_page(call.name) and cell.who == LIMITED:
        cell = replace(cell, who="visitor")  # a browser shows no token
    by_gate = expected(call.gate, *towards(world, call.kind, cell))
    if call.kind == "token" and not cell.is_own and by_gate == OK:
        return NOT_FOUND  # the row says "one's own tokens"
    if by_gate != OK or call.service is None:
        return by_gate
    return expected(call.service, *towards(world, call.service_kind, cell))


def towards(world, kind, cell):
    """What the person is towards the object, and the phase where it has one."""
    roles = roles_of(cell.who, kind, is_own=cell.is_own)
    if kind in _OF_ENTRY and world.phase in {"set-up", "announced"}:
        roles -= OFFICIALS  # of a draft that was never sent
    here = (cell.who, kind, world.phase, cell.is_own)
    if here == ("juror_in_conflict", "contest", "announced", True):
        roles |= {"deliberating"}  # a conflict with a draft is no interest yet
    return roles, world.phase if kind in WITH_PHASE else None


def told(response):
    """What an answer tells about permission; the rest is not asked here."""
    if response.status_code == 401 or leads_to_sign_in(response):
        return SIGN_IN
    if response.status_code == 404 or names_nothing(response):
        return NOT_FOUND
    if response.status_code == 403 and is_html(response):
        return NOT_NOW  # of pages, only these are refused so
    if response.status_code == 403:
        code = response.json()["code"]
        return NOT_NOW if code == "not_now" else f"403 {code}"
    return OK if response.status_code < 500 else str(response.status_code)


def leads_to_sign_in(response):
    """Whether a page asks its reader to sign in first."""
    where = response.headers.get("Location", "")
    return response.status_code == 302 and where.split("?")[0] == SIGN_IN_PAGE


def is_html(response):
    return response.headers.get("Content-Type", "").startswith("text/html")


def names_nothing(response):
    """Whether the body named something that does not exist for this person."""
    if response.status_code != 400 or is_html(response):
        return False
    errors = response.json().get("errors", [])
    return [error["code"] for error in errors] == ["does_not_exist"]
