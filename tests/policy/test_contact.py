"""Every page names whom to ask: of two tenants the one whose contest it is about."""

import pytest
from django.urls import reverse

from contest.models import Organiser
from tests.factories import ContestFactory
from tests.policy.calls import calls
from tests.policy.pages import is_page, page_address
from tests.policy.table import NOT_NOW, OK, expected
from tests.policy.world import build, roles_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]
PHASE = "judging"
HOUSE, OURS, THEIRS = "namai@example.org", "musu@example.org", "ju@example.org"
READERS = ("coordinator", "owner", "juror_assigned", "organiser", "administrator")
OUTSIDE = {None, "organisation", "organiser"}


@pytest.fixture
def world(settings):
    settings.CONTACT_EMAIL = HOUSE
    world = build(PHASE)
    for edition, email in ((world.own, OURS), (world.foreign, THEIRS)):
        Organiser.objects.filter(series=edition.contest.series).update(email=email)
    return world


def told(response):
    """Whose address stands at the foot of a page."""
    page = response.content.decode().partition('<footer class="site">')[2]
    return {each for each in (HOUSE, OURS, THEIRS) if f"mailto:{each}" in page}


def reader_of(call):
    """Somebody who may open the page; failing that, whoever may at another time."""
    phase = None if call.kind in OUTSIDE else PHASE
    answers = {
        who: expected(call.gate, roles_of(who, call.kind, is_own=True), phase)
        for who in READERS
    }
    for wanted in (OK, NOT_NOW):
        for who, answer in answers.items():
            if answer == wanted:
                return who
    return "visitor"


def shown_pages(world, step):
    """Pages with what they answer, those that only lead elsewhere left out."""
    pages = [call for call in calls() if is_page(call.name) and call.method == "get"]
    for call in pages[::step]:
        who = reader_of(call)
        response = world.browsers[who].get(page_address(call, world.own, who))
        b"".join(response)  # reading a file to its end closes it
        is_html = response.get("Content-Type", "").startswith("text/html")
        if is_html and response.status_code not in {301, 302}:
            yield call, response


@pytest.mark.parametrize("step", [pytest.param(1, marks=pytest.mark.slow), 7])
def test_every_page_names_the_organiser_of_its_contest(step, world):
    wrong, seen = {}, set()
    for call, response in shown_pages(world, step):
        seen.add(response.status_code)
        wanted = HOUSE if call.kind in OUTSIDE else OURS
        if told(response) != {wanted}:
            wrong[call.name] = response.status_code, told(response)

    assert wrong == {}
    assert 200 in seen
    assert max(seen) >= 403  # a refusal among them


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("scoring:dashboard", THEIRS), ("submissions:manage-entry", HOUSE)],
)
def test_a_refusal_names_only_whom_everybody_may_know(name, wanted, world):
    call = next(c for c in calls() if (c.name, c.method) == (name, "get"))

    response = world.browsers["coordinator"].get(page_address(call, world.foreign, ""))

    assert response.status_code == 404
    assert told(response) == {wanted}


def test_a_refusal_about_an_organisation_names_no_organiser_without_contests(world):
    Organiser.objects.create(name="Kiti", email="kiti@example.org")
    organisation = world.own.entry.organisation
    where = reverse("organisations:end", args=[organisation.pk, organisation.pk])

    response = world.browsers["owner"].get(where)

    assert response.status_code == 404
    assert told(response) == {HOUSE}
    assert "kiti@" not in response.content.decode()


def test_what_nobody_may_know_of_names_nobody(world):
    secret = ContestFactory(
        phase="set-up", series__organiser__email="slapta@example.org"
    )

    response = world.browsers["coordinator"].get(
        reverse("gallery:contest", args=[secret.slug])
    )

    assert response.status_code == 404
    assert told(response) == {HOUSE}
    assert "slapta@" not in response.content.decode()
