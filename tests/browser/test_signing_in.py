"""The account in a real browser: its pages, and a sign-in that ends while one types."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail

from accounts.services import issue_token
from core import clock
from mail.runner import send_due
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import barriers, overflow
from tests.factories import CoordinatorFactory, UserFactory

PAGES = [
    *("/account/", "/account/security/", "/account/security/app/"),
    *("/account/security/key/", "/account/security/recovery-codes/"),
    *("/account/password/", "/account/addresses/", "/account/addresses/code/"),
    *("/account/sign-ins/", "/account/tokens/"),
    *("/sign-in/password/", "/invitation/"),
]


@pytest.mark.parametrize(
    ("language", "size"),
    [
        pytest.param("lt", PHONE, id="lt-phone"),
        pytest.param("en", DESK, id="en-desk", marks=pytest.mark.slow),
    ],
)
def test_pages_of_the_account_have_no_barrier(visit, language, size):
    coordinator = CoordinatorFactory(
        contest__phase="open", person__email_proved_at=clock.now()
    )
    person, slug = coordinator.person, coordinator.contest.slug
    issue_token(person=person, name="Planšetė", scope="read")
    app = Authenticator.objects.create(user=person, type="totp", data={})
    page = visit(person=person, size=size, language=language)

    found = []
    for path in [
        *PAGES,
        f"/account/security/{app.pk}/remove/",
        f"/contests/{slug}/manage/people/code/",
    ]:
        page.goto(path)
        found += barriers(page)
        assert overflow(page) <= 0, path

    assert found == []


@pytest.mark.parametrize("javascript", [True, False])
def test_what_was_typed_survives_a_sign_in_that_ends(visit, javascript):
    person = UserFactory(language="en")
    page = visit("/account/", person=person, javascript=javascript, language="en")
    page.get_by_label("Your name").fill("Ona Onaitė")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    page.get_by_role("button", name="Save").click()
    page.get_by_label("Your e-mail address").fill(person.email)
    page.get_by_role("button", name="E-mail me a code").click()
    page.get_by_role("heading", name="Enter the code").wait_for()
    send_due()
    code = re.search(r"\d{6}", mail.outbox[-1].subject).group()
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/account/")

    assert page.get_by_label("Your name").input_value() == "Ona Onaitė"
    assert page.get_by_text("it is not saved yet").is_visible()
    person.refresh_from_db()
    assert person.name != "Ona Onaitė"
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    person.refresh_from_db()
    assert person.name == "Ona Onaitė"
