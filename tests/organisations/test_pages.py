"""An organisation's page: its profile, its people, who asks to be one of them."""

import pytest
from django.urls import reverse

from organisations.models import Claim, Representative
from tests.factories import ClaimFactory, RepresentativeFactory, UserFactory
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return RepresentativeFactory()


@pytest.fixture
def browser(owner):
    return browser_of(owner.person)


def at(owner, name="organisation", *words):
    return reverse(f"organisations:{name}", args=[owner.organisation_id, *words])


def test_contacts_are_shown_to_its_people_alone(owner, browser):
    shown = browser.get(at(owner)).content.decode()

    assert owner.organisation.email in shown
    assert browser_of(UserFactory()).get(at(owner)).status_code == 404


def test_the_profile_is_changed_on_top_of_what_was_read(owner, browser):
    form = {"name": "Naujas vardas", "kind": "community", "version": 1}

    answers = [browser.post(at(owner, "change"), form).status_code for _ in range(2)]

    owner.organisation.refresh_from_db()
    assert answers == [302, 412]
    assert owner.organisation.name == "Naujas vardas"


def test_a_colleague_is_invited_and_ended(owner, browser):
    browser.post(at(owner, "invite"), {"email": "jonas@example.org", "name": "Jonas"})
    link = Representative.objects.acting().get(person__email="jonas@example.org")

    browser.post(at(owner, "end", link.pk), {"note": ""})

    link.refresh_from_db()
    assert link.ended_at is not None


def test_the_last_one_leaves_a_note(owner, browser):
    answer = browser.post(at(owner, "end", owner.pk), {"note": ""})

    assert answer.status_code == 400
    assert 'id="id_note_error"' in answer.content.decode()


@pytest.mark.parametrize(("approve", "state"), [("yes", "approved"), ("no", "refused")])
def test_who_asks_is_answered(approve, state, owner, browser):
    claim = ClaimFactory(organisation=owner.organisation)

    listed = browser.get(at(owner)).content.decode()
    browser.post(
        at(owner, "decide-claim", claim.pk), {"approve": approve, "reason": "Taip."}
    )

    assert claim.person.email in listed
    assert Claim.objects.get().state == state


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_much_for_many_as_for_one(
    count, owner, browser, django_assert_max_num_queries
):
    for _ in range(count):
        RepresentativeFactory(organisation=owner.organisation)
        ClaimFactory(organisation=owner.organisation)

    with django_assert_max_num_queries(9):
        browser.get(at(owner))
