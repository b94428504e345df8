"""A form that was sent after the sign-in had ended comes back, to its writer alone."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from core import clock
from core.pages.kept import MARK
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PAGE = "/account/"
TYPED = "Ona Onaitė, „Šaltinis“"
BACKEND = "accounts.backends.CodeBackend"


@pytest.fixture
def writer():
    return UserFactory(name="Before")


@pytest.fixture
def browser(writer):
    """Signed in, with the page open; the sign-in ends while the person writes."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(writer, backend=BACKEND)
    browser.fields = hidden_fields(browser.get(PAGE))
    del browser.cookies["sessionid"]
    return browser


def hidden_fields(response):
    page = response.content.decode()
    form = page[page.index("<main") :]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', form))


def send(browser, **changed):
    return browser.post(PAGE, {**browser.fields, "name": TYPED, **changed})


def test_what_was_typed_comes_back_and_is_not_saved_yet(browser, writer):
    led = send(browser)
    browser.force_login(writer, backend=BACKEND)
    page = browser.get(PAGE).content.decode()

    assert led["Location"] == "/sign-in/?next=%2Faccount%2F"
    assert f'value="{TYPED}"' in page
    assert 'class="notice note"' in page
    writer.refresh_from_db()
    assert writer.name == "Before"


def test_once_sent_again_it_waits_no_longer(browser, writer):
    send(browser)
    browser.force_login(writer, backend=BACKEND)
    browser.fields = hidden_fields(browser.get(PAGE))

    send(browser, name="Final")

    page = browser.get(PAGE).content.decode()
    assert 'value="Final"' in page
    assert 'class="notice note"' not in page


def test_somebody_else_never_sees_it(browser, writer):
    send(browser)
    browser.force_login(UserFactory(), backend=BACKEND)

    assert TYPED not in browser.get(PAGE).content.decode()
    browser.force_login(writer, backend=BACKEND)
    assert TYPED not in browser.get(PAGE).content.decode()


def test_it_waits_for_a_day(browser, writer, time_machine):
    send(browser)
    time_machine.move_to(clock.now() + timedelta(days=1, seconds=1))
    browser.force_login(writer, backend=BACKEND)

    assert TYPED not in browser.get(PAGE).content.decode()


@pytest.mark.parametrize("mark", ["", "forged", "Ijg4Ig:1abcde:x"])
def test_without_a_true_mark_nothing_is_kept(mark, browser, writer):
    send(browser, **{MARK: mark})
    browser.force_login(writer, backend=BACKEND)

    assert TYPED not in browser.get(PAGE).content.decode()


def test_more_than_a_form_holds_is_not_kept(browser, writer):
    send(browser, name="a" * 300_000)
    browser.force_login(writer, backend=BACKEND)

    assert "aaaa" not in browser.get(PAGE).content.decode()


def test_a_form_from_elsewhere_is_refused_before_anything_is_kept(browser, writer):
    answer = send(browser, csrfmiddlewaretoken="of somebody else")
    browser.force_login(writer, backend=BACKEND)

    assert answer.status_code == 403
    assert TYPED not in browser.get(PAGE).content.decode()


def test_it_waits_while_one_is_on_the_way_to_sign_in(browser, writer):
    where = send(browser)["Location"]

    browser.get(where)
    browser.force_login(writer, backend=BACKEND)

    assert TYPED in browser.get(PAGE).content.decode()


def test_a_form_with_the_token_of_an_earlier_sign_in_is_kept_as_well(browser, writer):
    browser.force_login(writer, backend=BACKEND)  # in another window: a new token

    refused = send(browser, csrfmiddlewaretoken="0" * 64)
    page = browser.get(PAGE).content.decode()

    assert refused.status_code == 403
    assert f'href="{PAGE}"' in refused.content.decode()
    assert f'value="{TYPED}"' in page


def test_nothing_of_a_form_that_is_not_ours_is_kept(browser, writer):
    browser.force_login(writer, backend=BACKEND)

    refused = send(browser, csrfmiddlewaretoken="0" * 64, **{MARK: "forged"})

    assert refused.status_code == 403
    assert TYPED not in browser.get(PAGE).content.decode()
