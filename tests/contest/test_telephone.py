"""A code by telephone: for known representatives, and never a way into an office."""

from datetime import timedelta

import pytest

from accounts import codes
from audit.models import Event
from contest.telephone import give_telephone_code
from core import clock
from core.errors import Conflict, Invalid, NotYours
from mail.models import Message
from tests.factories import (
    AuditorFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    OrganiserMemberFactory,
    RepresentativeFactory,
    UserFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return ContestFactory(phase="open")


@pytest.fixture
def coordinator(contest):
    return CoordinatorFactory(contest=contest).person


@pytest.fixture
def caller():
    return RepresentativeFactory().person


@pytest.fixture
def give(contest, coordinator):
    def give_to(person, by=coordinator):
        return give_telephone_code(
            contest=contest, email=person.email, reason="Skambino pati", by=by
        )

    return give_to


def sign_in(person, code):
    return codes.sign_in(email=person.email, code=code)


def test_a_known_representative_comes_in_and_is_told(give, caller, coordinator):
    given = give(caller)

    assert sign_in(caller, given.code) == caller
    row = Event.objects.get(action="contest.give_telephone_code")
    assert (row.actor_id, row.reason) == (coordinator.pk, "Skambino pati")
    assert given.code not in str(list(Event.objects.values()))
    assert Message.objects.get().to == caller.email


def test_it_works_once_and_for_a_quarter_of_an_hour(give, caller, time_machine):
    first, second = give(caller), give(caller)
    sign_in(caller, first.code)
    with pytest.raises(Invalid):
        sign_in(caller, first.code)
    time_machine.move_to(clock.now() + timedelta(minutes=15, seconds=1))

    with pytest.raises(Invalid):
        sign_in(caller, second.code)


def test_it_proves_no_address(give, caller):
    sign_in(caller, give(caller).code)

    caller.refresh_from_db()
    assert caller.email_proved_at is None


@pytest.mark.parametrize("who", ["stranger", "nobody", "former"])
def test_nobody_else_gets_one(who, give):
    person = UserFactory.build() if who == "nobody" else UserFactory()
    if who == "former":
        RepresentativeFactory(person=person, ended_at=clock.now())

    with pytest.raises(Invalid):
        give(person)


@pytest.mark.parametrize(
    "office",
    [JurorFactory, CoordinatorFactory, AuditorFactory, OrganiserMemberFactory],
)
def test_never_who_holds_an_office(office, give, caller):
    office(person=caller)

    with pytest.raises(Conflict):
        give(caller)


@pytest.mark.parametrize("who", ["administrator", "second factor", "oneself"])
def test_never_who_is_guarded_otherwise(who, give, caller, coordinator):
    if who == "administrator":
        caller.is_administrator = True
        caller.save()
    elif who == "second factor":
        caller.authenticator_set.create(type="totp", data={})
    else:
        caller = RepresentativeFactory(person=coordinator).person

    with pytest.raises(Conflict):
        give(caller)


def test_only_who_runs_the_contest_gives_one(give, caller):
    with pytest.raises(NotYours):
        give(caller, by=UserFactory())


def test_the_page_shows_it_once(contest, coordinator, caller):
    page = f"/contests/{contest.slug}/manage/people/code/"
    browser = browser_of(coordinator)

    told = browser.post(page, {"email": caller.email, "reason": "Skambino"})
    refused = browser.post(page, {"email": "nera@example.org", "reason": "Skambino"})

    assert 'class="key"' in told.content.decode()
    assert refused.status_code == 400
    assert 'value="nera@example.org"' in refused.content.decode()
