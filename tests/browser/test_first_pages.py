"""The pages before anybody has signed in, and the way in."""

import re

import pytest
from django.core import mail

from mail.runner import send_due
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import barriers, overflow
from tests.factories import ContestFactory, UserFactory

FIRST = ["/", "/sign-in/", "/sign-in/code/", "/nothing-here/"]


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_first_pages_have_no_barrier(visit, size, language):
    ContestFactory(phase="open")
    page = visit(size=size, language=language)

    found = []
    for path in FIRST:
        page.goto(path)
        found += barriers(page)
        assert overflow(page) <= 0, path

    assert found == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_person_signs_in_with_a_code_from_a_message(visit, javascript):
    person = UserFactory()
    page = visit("/desk/", javascript=javascript, language="en")

    page.get_by_label("Your e-mail address").fill(person.email)
    page.get_by_role("button", name="E-mail me a code").click()
    page.get_by_role("heading", name="Enter the code").wait_for()
    page.get_by_role("button", name="E-mail me another code").click()
    page.get_by_text("Another code is on its way.").wait_for()
    send_due()
    code = re.search(r"\d{6}", mail.outbox[-1].subject).group()
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_label("Code", exact=True).press("Enter")

    page.wait_for_url("**/desk/")
    assert len(mail.outbox) == 2
    assert page.url.endswith("/desk/")


def test_the_language_is_changed_and_kept(visit):
    page = visit("/sign-in/", language="lt")

    page.get_by_role("button", name="English").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Sign in"
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "en-GB"
