"""The page of an invitation: nothing is used up by looking, and it can be renewed."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from accounts.services import invite
from core import clock
from mail.runner import send_due
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PAGE = "/invitation/"
EMAIL = "ona@example.org"


@pytest.fixture
def code():
    return invite(email=EMAIL, by=UserFactory()).code


def accept(browser, code):
    return browser.post(PAGE, {"email": EMAIL, "code": code})


def test_a_link_fills_the_form_and_uses_nothing_up(code):
    scanner, browser = Client(), Client()
    page = scanner.get(PAGE, {"email": EMAIL, "code": code}).content.decode()

    assert f'value="{EMAIL}"' in page
    assert f'value="{code}"' in page
    assert accept(browser, code)["Location"] == "/desk/"
    assert accept(Client(), code).status_code == 400


def test_an_expired_one_is_renewed_by_a_code_to_the_address(code, time_machine):
    time_machine.move_to(clock.now() + settings.INVITATION_LIFETIME)
    browser = Client()

    refused = accept(browser, code)
    browser.post("/sign-in/", {"email": EMAIL})
    send_due()
    fresh = re.search(r"\d{6}", mail.outbox[-1].subject).group()
    answer = browser.post("/sign-in/code/", {"email": EMAIL, "code": fresh})

    page = refused.content.decode()
    assert refused.status_code == 400
    assert re.search(rf'action="/sign-in/".*value="{EMAIL}"', page, re.DOTALL)
    assert answer["Location"] == "/desk/"
