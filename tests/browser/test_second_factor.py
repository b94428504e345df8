"""The second factor in a real browser: an app, and a key of the device."""

import pytest
from allauth.mfa.models import Authenticator

from accounts.codes import give_invitation
from core import clock
from tests.accounts.test_second_factor import shown_by
from tests.browser.conftest import PHONE
from tests.browser.looking import barriers, overflow
from tests.factories import UserFactory


@pytest.fixture
def person():
    return UserFactory(email_proved_at=clock.now())


@pytest.mark.parametrize("javascript", [True, False])
def test_an_app_is_set_up(visit, person, javascript):
    page = visit(
        "/account/security/", person=person, javascript=javascript, language="en"
    )

    page.get_by_role("link", name="Set up an app").click()
    found = barriers(page) if javascript else []
    secret = page.locator("code.key").inner_text()
    page.get_by_label("The code that the app shows now").fill(shown_by(secret))
    page.get_by_role("button", name="Set up").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Your recovery codes"
    assert page.locator(".codes li").count() == 10
    found += barriers(page) if javascript else []
    page.get_by_role("link", name="I have written them down").click()
    found += barriers(page) if javascript else []
    assert (found, overflow(page)) == ([], 0)


def test_a_key_is_made_and_opens_the_account(visit, person):
    page = visit("/account/security/key/", person=person, size=PHONE, language="en")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )

    page.get_by_label("A name for it").fill("Telephone")
    found = barriers(page)
    page.get_by_role("button", name="Make the key").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    assert Authenticator.objects.filter(user=person, type="webauthn").count() == 1

    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").wait_for()
    begin_to_sign_in(page, person)
    found += barriers(page)
    page.get_by_role("button", name="Use a key").click()
    page.wait_for_url("**/account/")

    assert (found, overflow(page)) == ([], 0)


def begin_to_sign_in(page, person):
    code = give_invitation(person, by=None)
    page.goto("/sign-in/code/?next=/account/")
    page.get_by_label("The e-mail address").fill(person.email)
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Second factor").wait_for()
