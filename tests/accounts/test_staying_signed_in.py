"""How long one stays signed in: on one's own device 60 days, else with the browser."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from core import clock
from mail.runner import send_due
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ADDRESS = "ona@example.org"
SIXTY_DAYS = timedelta(days=60)


@pytest.fixture
def browser():
    UserFactory(email=ADDRESS)
    browser = Client()
    browser.post("/sign-in/", {"email": ADDRESS})
    return browser


def sign_in(browser, **chosen):
    """Type the newest code; give back the cookie of the session."""
    send_due()
    code = re.search(r"\d{6}", mail.outbox[-1].subject).group()
    form = {"email": ADDRESS, "code": code, **chosen}
    return browser.post("/sign-in/code/", form).cookies["sessionid"]


def is_signed_in(browser):
    return browser.get("/account/").status_code == 200


def test_a_strange_device_forgets_with_its_browser(browser):
    cookie = sign_in(browser)

    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert is_signed_in(browser)


def test_ones_own_device_remembers_for_sixty_days(browser, time_machine):
    cookie = sign_in(browser, own_device="on")

    assert cookie["max-age"] == SIXTY_DAYS.total_seconds()
    now = clock.now()
    time_machine.move_to(now + SIXTY_DAYS - timedelta(minutes=1))
    assert is_signed_in(browser)
    time_machine.move_to(now + SIXTY_DAYS + timedelta(minutes=1))
    assert not is_signed_in(browser)


def test_another_code_is_sent_without_typing_the_address_again(browser):
    page = browser.get("/sign-in/code/", {"next": "/desk/"}).content.decode()
    shown = re.search(r'name="email" value="([^"]+)"', page)[1]
    asked = {"email": shown, "next": "/desk/", "code": "", "again": "1"}

    led = browser.post("/sign-in/", asked)

    assert 'formaction="/sign-in/"' in page
    assert led["Location"] == "/sign-in/code/?next=%2Fdesk%2F"
    assert "Išsiuntėme dar vieną kodą." in browser.get(led["Location"]).content.decode()
    send_due()
    assert [sent.to for sent in mail.outbox] == [[ADDRESS], [ADDRESS]]
    assert sign_in(browser)
