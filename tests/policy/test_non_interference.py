"""What a person may not know changes nothing that this person is told.

One thing is changed that only some may know. Everybody else asks every address again,
with every filter, order and search term, the secret itself among them: status,
headers, body and the number of statements must be the same as before.
"""

import pytest
from django.urls import resolve

from tests.policy.calls import address, calls
from tests.policy.pages import is_page
from tests.policy.secret import SECRETS, WORD, answer, prepare, strangers_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.timeout(600),
    pytest.mark.usefixtures("quiet"),
]


# These answer differently from one moment to the next: an auditor's readings are in the
# record themselves, and two tell or hold the time.
RESTLESS = {"contest-audit", "contest-timetable", "register-import-rejected"}


PAGES_OF_JUDGING = {
    *("scoring:judging", "scoring:send-all", "scoring:sheet", "scoring:progress"),
    *("scoring:juror-progress", "scoring:exclusions", "scoring:reopen"),
    *("submissions:declaration", "submissions:conflict-candidates", "scoring:desk"),
    "submissions:conflict",
}


QUICK = {"score", "unsent-change"}


@pytest.mark.slow  # in `make test`, test_blindness.py asks this of the scores
@pytest.mark.parametrize("secret", SECRETS, ids=str)
def test_a_secret_changes_nothing_for_those_who_may_not_know_it(
    secret, record_property
):
    world = prepare(secret)
    strangers = strangers_of(secret)

    before = {who: told(world, who) for who in strangers}
    secret.change(world)
    after = {who: told(world, who) for who in strangers}

    record_property("comparisons", sum(map(len, before.values())))
    leaks = {
        f"{who}: {where}": different(before[who][where], after[who][where])
        for who in strangers
        for where in before[who]
        if before[who][where] != after[who][where]
    }
    assert {leak: str(parts)[:500] for leak, parts in leaks.items()} == {}


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param(s, marks=[] if s.name in QUICK else pytest.mark.slow, id=s.name)
        for s in SECRETS
    ],
)
def test_a_secret_changes_something_for_those_who_may(secret):
    """The control: the comparison sees the change where it is meant to be seen."""
    world = prepare(secret)
    who = next(w for w in ("coordinator", "owner") if secret.is_known_to(w))

    before = told(world, who)
    secret.change(world)

    assert told(world, who) != before


def told(world, who):
    """What a person is told: ``{address and query: (status, headers, body, …)}``."""
    return {
        where: answer(clients[who], where)
        for call in calls()
        if call.method == "get" and call.name not in RESTLESS
        if not is_page(call.name) or call.name in PAGES_OF_JUDGING
        for clients in [world.browsers if is_page(call.name) else world.clients]
        for where in addresses(call, world, who)
    }


def different(before, after):
    """The parts of two answers that are not the same."""
    return [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]


def addresses(call, world, who):
    """An address bare, and with everything that its list can be asked for."""
    where = address(call, world.own, who, world.tokens.get(who, world.tokens["owner"]))
    yield where
    view = getattr(resolve(where).func, "cls", None)
    filters = getattr(getattr(view, "filterset_class", None), "base_filters", {})
    for name in filters:
        yield f"{where}?{name}={WORD}"
    for name in getattr(view, "ordering_fields", None) or []:
        yield f"{where}?ordering=-{name}"
