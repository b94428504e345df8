"""Password, addresses, sign-ins and tokens: pages of one's own account."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import codes, passwords
from accounts.models import ApiToken, User
from accounts.services import invite, issue_token
from core import clock
from core.errors import Invalid, TooManyTries
from mail.models import Message
from mail.runner import send_due
from tests.factories import UserFactory
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db

PASSWORD = "trys gandrai ant stogo"
FURTHER = "kita@example.org"


@pytest.fixture
def person():
    return UserFactory(email_proved_at=clock.now(), language="en")


@pytest.fixture
def browser(person):
    return browser_of(person)


def sign_in(person, **headers):
    """A browser that came in by a code."""
    browser = Client(**headers)
    code = codes.give_invitation(person, by=None)
    browser.post("/sign-in/code/", {"email": person.email, "code": code})
    return browser


def is_in(browser):
    return browser.get("/account/").status_code == 200


def mailed_code():
    send_due()
    found = (re.search(r"\d{6}", sent.subject) for sent in reversed(mail.outbox))
    return next(filter(None, found)).group()


# --- Password ----------------------------------------------------------------------


def set_password(browser, new=PASSWORD, current=""):
    return browser.post("/account/password/", {"new": new, "current": current})


def by_password(email, password):
    form = {"email": email, "password": password}
    return Client().post("/sign-in/password/", form).status_code


def test_a_password_is_set_and_signs_in(person, browser):
    answer = set_password(browser)

    assert answer["Location"] == "/account/security/"
    assert is_in(browser)
    assert by_password(person.email.upper(), PASSWORD) == 302
    assert by_password(person.email, "something else") == 400


@pytest.mark.parametrize("weak", ["short", "password1234", "123456789012345"])
def test_a_weak_password_is_refused_in_words(weak, person, browser):
    answer = set_password(browser, weak)

    assert answer.status_code == 400
    assert 'id="id_new_error"' in answer.content.decode()
    person.refresh_from_db()
    assert not person.has_usable_password()


def test_a_password_is_changed_by_who_knows_it_and_ends_other_sessions(person):
    here, there = sign_in(person), sign_in(person)
    set_password(here)
    refused = set_password(here, "dar viena geresne frazė", current="wrong")

    set_password(here, "dar viena geresne frazė", current=PASSWORD)

    assert refused.status_code == 400
    assert (is_in(here), is_in(there)) == (True, False)
    assert UserSession.objects.filter(session_key=here.session.session_key).exists()


def test_a_password_is_removed_by_who_knows_it(person, browser):
    set_password(browser)

    browser.post("/account/password/remove/", {"current": PASSWORD})

    assert is_in(browser)
    assert by_password(person.email, PASSWORD) == 400


def test_no_password_is_set_before_the_address_is_proved():
    browser = browser_of(UserFactory())

    assert set_password(browser).status_code == 409


def test_passwords_cannot_be_guessed_for_long_and_codes_still_work(person, limit):
    limit(password="3/hour")
    for _ in range(3):
        with pytest.raises(Invalid):
            passwords.sign_in(email=person.email, password="wrong")

    with pytest.raises(TooManyTries):
        passwords.sign_in(email=person.email, password="wrong")

    code = codes.give_invitation(person, by=None)
    assert codes.sign_in(email=person.email, code=code) == person


# --- Addresses ---------------------------------------------------------------------


@pytest.fixture
def further(browser):
    """Add a second address."""
    browser.post("/account/addresses/", {"email": FURTHER.upper()})
    return browser.post("/account/addresses/code/", {"code": mailed_code()})


def test_a_further_address_is_proved_by_a_code_and_signs_in(person, further):
    codes.send_code(email=FURTHER)
    code = mailed_code()

    assert further.status_code == 302
    assert {FURTHER, person.email} == {sent.to[0] for sent in mail.outbox}
    assert codes.sign_in(email=FURTHER, code=code) == person
    assert Message.objects.filter(to=person.email).count() == 1  # the notice


def test_a_code_for_an_address_signs_nobody_in(person, browser):
    browser.post("/account/addresses/", {"email": FURTHER})
    code = mailed_code()

    for address in (FURTHER, person.email):
        with pytest.raises(Invalid):
            codes.sign_in(email=address, code=code)


def test_an_address_of_another_account_is_told_only_to_who_reads_it(browser):
    UserFactory(email=FURTHER)

    asked = browser.post("/account/addresses/", {"email": FURTHER})
    proved = browser.post("/account/addresses/code/", {"code": mailed_code()})

    assert (asked.status_code, proved.status_code) == (302, 409)
    assert not EmailAddress.objects.exists()


@pytest.mark.usefixtures("further")
def test_whoever_is_invited_by_a_further_address_is_the_same_person(person):
    assert invite(email=FURTHER, by=UserFactory()).person == person
    assert not User.objects.filter(email=FURTHER).exists()


@pytest.mark.usefixtures("further")
def test_a_removed_address_opens_nothing(person, browser):
    browser.post(f"/account/addresses/{EmailAddress.objects.get().pk}/remove/")

    codes.send_code(email=FURTHER)
    assert codes.sign_in(email=FURTHER, code=mailed_code()) != person


# --- Sign-ins and tokens -----------------------------------------------------------


def test_one_signs_out_elsewhere(person):
    agent = "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
    here, there = sign_in(person), sign_in(person, headers={"user-agent": agent})
    page = here.get("/account/sign-ins/").content.decode()
    (session,) = UserSession.objects.filter(user_agent=agent)

    here.post(f"/account/sign-ins/{session.pk}/end/")

    assert "Firefox, Android" in page
    assert (is_in(here), is_in(there)) == (True, False)


def test_one_signs_out_everywhere_else(person):
    here, *others = [sign_in(person) for _ in range(3)]
    stranger = sign_in(UserFactory())

    here.post("/account/sign-ins/end-others/")

    assert is_in(here)
    assert is_in(stranger)
    assert [is_in(other) for other in others] == [False, False]


def test_nobody_signs_others_out(browser):
    theirs = sign_in(UserFactory())
    session = UserSession.objects.get()

    assert browser.post(f"/account/sign-ins/{session.pk}/end/").status_code == 404
    assert is_in(theirs)


def test_the_first_proof_of_an_address_ends_sessions_of_whoever_invited():
    invited = invite(email=FURTHER, by=UserFactory())
    taken = Client()
    taken.post("/sign-in/code/", {"email": FURTHER, "code": invited.code})
    assert is_in(taken)

    codes.send_code(email=FURTHER)
    codes.sign_in(email=FURTHER, code=mailed_code())

    assert not is_in(taken)


def test_a_token_is_ended_on_its_page(person, browser):
    token = issue_token(person=person, name="Planšetė", scope="read").row
    assert "Planšetė" in browser.get("/account/tokens/").content.decode()

    browser.post(f"/account/tokens/{token.pk}/end/")

    assert not ApiToken.objects.valid(clock.now()).filter(pk=token.pk).exists()
    assert "Planšetė" not in browser.get("/account/tokens/").content.decode()


@pytest.mark.parametrize("page", ["sign-ins", "tokens", "addresses", "security"])
def test_lists_take_as_many_queries_however_long(page, person, browser):
    counts = []
    for _ in range(2):
        sign_in(person)
        issue_token(person=person, name="x", scope="read")
        EmailAddress.objects.create(
            user=person, email=f"{len(counts)}@x.lt", verified=True
        )
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/account/{page}/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(("chosen", "kept"), [("lt", "lt"), (None, "en"), ("xx", "en")])
def test_a_language_chosen_before_signing_in_holds_for_the_account(
    chosen, kept, person
):
    browser = Client(headers={"accept-language": "lt"})
    if chosen:
        browser.cookies["django_language"] = chosen
    code = codes.give_invitation(person, by=None)

    browser.post("/sign-in/code/", {"email": person.email, "code": code})

    person.refresh_from_db()
    assert person.language == kept
    assert '<html lang="lt">' in browser.get("/account/").content.decode()
