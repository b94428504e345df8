"""Strangers who try: what they learn, how often they may, whom they can lock out."""

import re
import statistics
import time

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import codes
from accounts.models import OneTimeCode
from core import clock
from core.errors import Invalid
from mail.runner import send_due
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "ona@example.org", "niekas@example.org"
ROUNDS = 25
TIMES_LONGER = 1.6  # generous: the machine is shared, medians are compared


@pytest.fixture
def juror():
    return UserFactory(email=KNOWN, email_proved_at=clock.now())


@pytest.fixture
def _limited(limit):
    limit(sign_in="10/min", password="10/hour")


def mailed_code():
    send_due()
    found = (re.search(r"\d{6}", sent.subject) for sent in reversed(mail.outbox))
    return next(filter(None, found)).group()


def ask(browser, email):
    return browser.post("/sign-in/", {"email": email})


def type_code(browser, code, email=KNOWN):
    return browser.post("/sign-in/code/", {"email": email, "code": code})


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06d}"


# --- What they learn ---------------------------------------------------------------


@pytest.mark.usefixtures("juror")
@pytest.mark.parametrize(
    ("where", "form"),
    [
        ("/sign-in/", {}),
        ("/sign-in/", {"again": "1"}),
        ("/sign-in/code/", {"code": "000000"}),
        ("/sign-in/password/", {"password": "keturi vėjai lauke"}),
    ],
)
def test_known_and_unknown_are_answered_alike(where, form):
    pages = []
    for email in (KNOWN, UNKNOWN):
        browser = Client()
        answer = browser.post(where, {"email": email, **form}, follow=True)
        text = answer.content.decode().replace(email, "")
        pages.append((answer.status_code, re.sub(r'"csrf\w+" value="\w+"', "", text)))

    assert pages[0] == pages[1]


@pytest.mark.usefixtures("juror")
@pytest.mark.parametrize("kind", ["asking", "typing"])
def test_known_and_unknown_take_as_long(kind):
    taken = {KNOWN: [], UNKNOWN: []}
    for _ in range(ROUNDS):
        for email, times in taken.items():
            OneTimeCode.objects.all().delete()
            began = time.perf_counter()
            if kind == "asking":
                codes.send_code(email=email)
            else:
                with pytest.raises(Invalid):
                    codes.sign_in(email=email, code="000000")
            times.append(time.perf_counter() - began)

    known, unknown = (statistics.median(times) for times in taken.values())
    assert 1 / TIMES_LONGER < known / unknown < TIMES_LONGER


@pytest.mark.usefixtures("juror")
@pytest.mark.parametrize("kind", ["asking", "typing"])
def test_known_and_unknown_cost_the_same_statements(kind):
    counts = []
    for email in (KNOWN, UNKNOWN):
        with CaptureQueriesContext(connection) as queries:
            if kind == "asking":
                codes.send_code(email=email)
            else:
                with pytest.raises(Invalid):
                    codes.sign_in(email=email, code="000000")
        counts.append(len(queries))

    assert counts[0] == counts[1]


# --- How often ---------------------------------------------------------------------


@pytest.mark.usefixtures("juror", "_limited")
@pytest.mark.parametrize("where", ["/sign-in/", "/sign-in/code/", "/sign-in/password/"])
def test_who_tries_too_often_is_told_how_long_to_wait(where):
    form = {"email": KNOWN, "code": "000000", "password": "x"}
    browser = Client(headers={"accept-language": "en"})

    answers = [browser.post(where, form) for _ in range(11)]

    assert 429 not in {answer.status_code for answer in answers[:10]}
    assert answers[10].status_code == 429
    assert "Wait 1 minute" in answers[10].content.decode()
    assert f'value="{KNOWN}"' in answers[10].content.decode()


@pytest.mark.usefixtures("juror", "_limited")
def test_a_made_up_forwarding_header_does_not_help():
    answers = [
        Client(headers={"x-forwarded-for": f"10.0.0.{n}"}).post(
            "/sign-in/code/", {"email": KNOWN, "code": "000000"}
        )
        for n in range(11)
    ]

    assert answers[-1].status_code == 429


# --- Whom they lock out ------------------------------------------------------------


@pytest.mark.usefixtures("juror")
def test_strangers_cannot_burn_the_code_of_who_asked_for_it():
    own = Client()
    ask(own, KNOWN)
    code = mailed_code()
    stranger = Client()
    for _ in range(30):
        type_code(stranger, wrong(code))

    assert type_code(stranger, code).status_code == 400
    assert type_code(own, code).status_code == 302


@pytest.mark.usefixtures("juror")
def test_the_browser_that_asked_guesses_ten_times_at_most():
    own = Client()
    ask(own, KNOWN)
    code = mailed_code()
    for _ in range(10):
        type_code(own, wrong(code))

    assert type_code(own, code).status_code == 400


@pytest.mark.usefixtures("juror")
def test_another_browser_takes_the_code_too():
    ask(Client(), KNOWN)

    assert type_code(Client(), mailed_code()).status_code == 302


def test_an_invitation_works_however_often_others_guess(juror):
    invitation = codes.give_invitation(juror, by=None)
    for _ in range(40):
        with pytest.raises(Invalid):
            codes.spend(KNOWN, "000000", lambda person: person)

    assert type_code(Client(), invitation).status_code == 302


@pytest.mark.usefixtures("juror")
def test_when_strangers_asked_for_all_codes_the_sent_ones_work():
    for _ in range(9):
        ask(Client(), KNOWN)
    sent = mailed_code()
    assert len(mail.outbox) == 5

    ask(own := Client(), KNOWN)

    assert len(mail.outbox) == 5
    assert type_code(own, sent).status_code == 302


@pytest.mark.usefixtures("juror")
def test_when_strangers_burnt_all_codes_a_new_one_is_sent():
    for _ in range(5):
        ask(Client(), KNOWN)
    for _ in range(10):
        type_code(Client(), wrong(mailed_code()))

    own = Client()
    ask(own, KNOWN)

    assert type_code(own, mailed_code()).status_code == 302


# --- Nothing happens on GET --------------------------------------------------------


def test_a_scanner_of_links_uses_nothing_up(juror):
    invitation = codes.give_invitation(juror, by=None)
    scanner = Client()
    for where in ("/sign-in/", "/sign-in/code/", "/sign-in/password/"):
        scanner.get(where, {"email": KNOWN, "code": invitation})

    assert type_code(Client(), invitation).status_code == 302
