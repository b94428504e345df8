"""Every page that can be read, opened by people who may.

Reading changes nothing: scanners of mail and browsers that fetch ahead open links, too.
And no page asks the database more when there is more of everything. Both are asked of
the same worlds, because half of the time goes into making them.
"""

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import path

from config.urls import urlpatterns as own
from contest.models import Contest
from tests.factories import ContestFactory, UserFactory
from tests.pages.growing import grow
from tests.pages.opening import (
    AFTER_COMMIT,
    PHASES,
    Sight,
    changed,
    contents,
    pages,
    seers,
    sights,
)
from tests.policy.world import build

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.usefixtures("quiet", "own_cache"),
]

# Who took a file with personal data is recorded.
_RECORDED = {"audit_event"}
# What the new factor has to answer is kept in the session of whoever adds it.
_ASKED = {"django_session"}
WRITTEN = {
    "exports:file": _RECORDED,
    "contest:register-file": _RECORDED,
    "contest:register-import-problems": _RECORDED,
    "contest:register-import-rejected": _RECORDED,
    "accounts:app": _ASKED,
    "accounts:key": _ASKED,
}
# What nobody here gets to see, with the reason.
UNSEEN = {
    "accounts:second-factor": "a step of signing in; nobody is at it",
    "submissions:entry-share": "only takes an answer, and leads to where it is asked",
}
# The chair has a tie to decide there.
RULES = {"deliberation": {"tie_breaks": ["chair", "lot"], "lot_seed": "x"}}


@pytest.fixture
def own_cache(settings):
    """A cache of this process: others of the suite empty the one that they share."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "pages"}}


@pytest.mark.parametrize("phase", PHASES)
def test_a_page_changes_nothing_and_asks_no_more_when_there_is_more(phase):
    world = build(phase, **RULES.get(phase, {}))
    grow(world)
    looked_at, before = sights(world), contents()
    names = {sight.name for sight in looked_at}

    found = {sight: sight.open(world) for sight in looked_at}

    seen = {sight.name for sight, (status, _sent) in found.items() if status == 200}
    assert names - seen == names & set(UNSEEN)
    assert written(found) == {name: WRITTEN[name] for name in names & set(WRITTEN)}
    assert changed(before, contents()) == set().union(*written(found).values())
    assert growing(world, looked_at) == {}


def written(found):
    """What each page wrote, whoever looked at it."""
    tables = {}
    for sight, (_status, sent) in found.items():
        tables.setdefault(sight.name, set()).update(sent.written)
    return {name: those for name, those in tables.items() if those}


def growing(world, looked_at):
    """The sights that take more or fewer statements when there is more: both numbers.

    They were opened once before: what is kept from the first time on is kept.
    """
    few = {sight: asked(sight, world) for sight in looked_at}
    grow(world)
    many = {sight: asked(sight, world) for sight in looked_at}
    # A new result is read for the first time.
    many |= {
        sight: asked(sight, world) for sight in looked_at if many[sight] != few[sight]
    }
    return {
        f"{sight.name}, {sight.who}": (few[sight], many[sight])
        for sight in looked_at
        if few[sight] != many[sight]
    }


def asked(sight, world):
    """How many statements a page takes."""
    return len(sight.open(world)[1].statements)


def test_every_page_is_looked_at_in_some_phase():
    seen = {
        call.name for call in pages() if any(seers(call, phase) for phase in PHASES)
    }

    assert {call.name for call in pages()} - seen == set()


# --- The controls: this suite can fail ------------------------------------------


def writes(_request):
    """A page that writes."""
    UserFactory()
    return HttpResponse()


def locks(_request):
    """A page for which others have to wait."""
    return HttpResponse(Contest.objects.select_for_update())


def promises(_request):
    """A page that has something done later."""
    transaction.on_commit(ContestFactory)
    return HttpResponse()


def asks_for_each(_request):
    """A page that asks once for each row."""
    return HttpResponse(contest.series.slug for contest in Contest.objects.all())


planted = [writes, locks, promises, asks_for_each]
urlpatterns = [*(path(f"{view.__name__}/", view) for view in planted), *own]


@pytest.mark.urls(__name__)
def test_a_page_that_changes_something_or_grows_is_noticed():
    world = build("set-up")
    faulty = {
        view: Sight(view.__name__, "visitor", f"/{view.__name__}/") for view in planted
    }
    before = contents()

    found = written({sight: sight.open(world) for sight in faulty.values()})

    assert found["writes"] == {"accounts_user"}
    assert found["promises"] == {AFTER_COMMIT}
    assert ("locks" in found) == connection.features.has_select_for_update
    assert changed(before, contents()) == {"accounts_user"}
    assert list(growing(world, [faulty[locks], faulty[asks_for_each]])) == [
        "asks_for_each, visitor"
    ]


def test_what_an_auditor_reads_is_recorded():
    """The reading that is told on purpose, and why nobody here looks as an auditor."""
    world = build("judging")
    where = f"/contests/{world.own.contest.slug}/manage/"

    status, sent = Sight("scoring:dashboard", "auditor", where).open(world)

    assert (status, sent.written) == (200, {"audit_event"})
