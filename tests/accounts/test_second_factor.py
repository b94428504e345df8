"""App, keys and recovery codes; and who has to have one."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.test import Client

from accounts import codes, second_factor
from accounts.models import User
from audit.models import Event
from core import clock
from core.errors import Conflict, Invalid, NotYours, SecondFactorMissing, TooManyTries
from core.policy import require
from mail.models import Message
from tests.api import Person
from tests.factories import ContestFactory, CoordinatorFactory, UserFactory
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db


def shown_by(secret):
    """The code that an app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def secret():
    return generate_totp_secret()


@pytest.fixture
def person():
    return UserFactory(email_proved_at=clock.now())


@pytest.fixture
def recovery_codes(person, secret):
    """The person has an app by now."""
    return second_factor.add_app(secret=secret, code=shown_by(secret), by=person)


def sign_in(person, browser=None):
    """Up to the second factor: a code of ours was right."""
    browser = browser or Client()
    code = codes.give_invitation(person, by=None)
    form = {"email": person.email, "code": code, "next": "/account/"}
    return browser, browser.post("/sign-in/code/", form)


# --- Setting up --------------------------------------------------------------------


def test_an_app_comes_with_recovery_codes_and_a_notice(person, recovery_codes):
    assert len(set(recovery_codes)) == 10
    assert Message.objects.get().to == person.email
    assert Event.objects.get().action == "accounts.add_second_factor"


def test_the_secret_of_an_app_cannot_be_read_in_the_database(recovery_codes, secret):
    kept = str(list(Authenticator.objects.values()))

    assert secret not in kept
    assert not [code for code in recovery_codes if code in kept]


def test_an_app_is_bound_by_a_code_that_it_shows(person, secret):
    with pytest.raises(Invalid):
        second_factor.add_app(secret=secret, code="000000", by=person)

    assert not Authenticator.objects.exists()


def test_nothing_is_bound_to_an_address_that_nobody_proved(secret):
    invited = UserFactory()

    with pytest.raises(Conflict):
        second_factor.add_app(secret=secret, code=shown_by(secret), by=invited)


def test_a_second_factor_is_removed_against_a_code_only(person, recovery_codes):
    (factor,) = second_factor.factors_of(person)
    with pytest.raises(Invalid):
        second_factor.remove(factor_id=factor.pk, code="00000000", by=person)
    assert second_factor.factors_of(person).exists()

    second_factor.remove(factor_id=factor.pk, code=recovery_codes[0], by=person)

    assert not Authenticator.objects.exists()


def test_nobody_removes_anothers(person, recovery_codes):
    (factor,) = second_factor.factors_of(person)

    with pytest.raises(NotYours):
        second_factor.remove(
            factor_id=factor.pk, code=recovery_codes[0], by=UserFactory()
        )


def test_new_recovery_codes_end_the_old_ones(person, recovery_codes):
    second_factor.renew_recovery_codes(code=recovery_codes[0], by=person)

    with pytest.raises(Invalid):
        second_factor.check_code(person=person, code=recovery_codes[1])


@pytest.mark.usefixtures("recovery_codes")
def test_a_code_of_an_app_works_once(person, secret):
    second_factor.check_code(person=person, code=shown_by(secret))

    with pytest.raises(Invalid):
        second_factor.check_code(person=person, code=shown_by(secret))


def test_codes_cannot_be_guessed_for_long(person, recovery_codes, limit):
    limit(second_factor="3/hour")
    for _ in range(3):
        with pytest.raises(Invalid):
            second_factor.check_code(person=person, code="000000")

    with pytest.raises(TooManyTries, match=r"\d+"):
        second_factor.check_code(person=person, code=recovery_codes[0])


# --- Signing in --------------------------------------------------------------------


def test_without_a_second_factor_a_code_signs_in(person):
    browser, answer = sign_in(person)

    assert answer["Location"] == "/account/"
    assert browser.get("/account/").status_code == 200


@pytest.mark.usefixtures("recovery_codes")
def test_with_one_a_code_alone_opens_nothing(person):
    browser, answer = sign_in(person)

    assert answer["Location"] == "/sign-in/second/"
    assert browser.get("/account/").status_code == 302


@pytest.mark.parametrize("by_app", [True, False])
def test_code_and_second_factor_sign_in(by_app, person, recovery_codes, secret):
    browser, _answer = sign_in(person)
    code = shown_by(secret) if by_app else recovery_codes[3]

    answer = browser.post("/sign-in/second/", {"code": code})

    assert answer["Location"] == "/account/"
    assert browser.get("/account/").status_code == 200


@pytest.mark.usefixtures("recovery_codes")
def test_a_wrong_second_factor_is_told_and_opens_nothing(person):
    browser, _answer = sign_in(person)

    answer = browser.post("/sign-in/second/", {"code": "000000"})

    assert answer.status_code == 400
    assert browser.get("/account/").status_code == 302


def test_the_second_factor_is_nothing_without_the_first():
    browser = Client()

    assert browser.get("/sign-in/second/").status_code == 409
    assert browser.post("/sign-in/second/", {"code": "000000"}).status_code == 409


def test_the_admin_has_no_way_round():
    answer = Client().get("/admin/login/", {"next": "/admin/"})

    assert answer["Location"] == "/sign-in/?next=%2Fadmin%2F"


# --- Who has to --------------------------------------------------------------------


@pytest.fixture
def coordinator(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    contest = ContestFactory(phase="open")
    person = UserFactory(email_proved_at=clock.now())
    return CoordinatorFactory(contest=contest, person=person)


def by_session(person):
    person = User.objects.get(pk=person.pk)
    person.came_by_session = True
    return person


def test_an_office_is_closed_to_a_session_without_a_second_factor(coordinator):
    with pytest.raises(SecondFactorMissing):
        require(by_session(coordinator.person), "contest.change", coordinator.contest)


def test_what_everybody_may_stays_open(coordinator):
    require(by_session(coordinator.person), "contest.view", coordinator.contest)


def test_a_token_keeps_working(coordinator):
    path = f"contests/{coordinator.contest.slug}/acts/"

    assert Person(coordinator.person).get(path).status_code == 200


def test_an_interface_by_session_is_told_why(coordinator):
    browser = browser_of(coordinator.person)
    path = f"/api/v1/contests/{coordinator.contest.slug}/"

    answer = browser.patch(
        path, {"edition": "2030"}, "application/json", headers={"if-match": '"0"'}
    )

    assert answer.status_code == 403
    assert answer.json()["code"] == "second_factor_required"


def test_with_an_app_the_office_opens(coordinator, secret):
    person = by_session(coordinator.person)
    second_factor.add_app(secret=secret, code=shown_by(secret), by=person)

    require(person, "contest.change", coordinator.contest)


def test_an_administrator_is_led_to_set_one_up(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    person = UserFactory(is_administrator=True, email_proved_at=clock.now())
    browser = browser_of(person)

    led = browser.get("/admin/", follow=True)

    assert led.redirect_chain[-1][0] == "/account/security/?next=%2Fadmin%2F"
    assert "notice note" in led.content.decode()
