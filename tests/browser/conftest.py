"""A real Chromium against a real server, as people meet the pages.

``visit`` opens a window for a person, signed in, on a phone or a desk, in a language,
with or without JavaScript. Whatever a window complains of on its console fails the
test: script errors, refused policies, files that are missing.
"""

import functools
import os
import shutil

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Locator, expect, sync_playwright

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
_QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--disable-dev-shm-usage"),
]
_PATIENCE = 15_000  # milliseconds; the machine may be busy


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.exit("No Chromium: install the Debian package chromium.", returncode=1)
    # Playwright runs an event loop of its own in this thread; the ORM would refuse.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        expect.set_options(timeout=_PATIENCE)
        browser = playwright.chromium.launch(executable_path=path, args=_QUIET)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True)
def _presses_wait_for_what_they_open(monkeypatch):
    """Let a press end when the page to which it leads has been read whole.

    Playwright waits until the new page begins; on a busy machine a question asked then
    meets half a page, or none. ``no_wait_after`` is for a page that a test holds back.
    """
    for name in ("click", "press"):
        monkeypatch.setattr(Locator, name, _and_wait(getattr(Locator, name)))


def _and_wait(act):
    @functools.wraps(act)
    def acted(where, *args, **options):
        act(where, *args, **options)
        if not options.get("no_wait_after"):
            where.page.wait_for_load_state()

    return acted


@pytest.fixture
def visit(chromium, live_server):
    """Open windows; at the end none of them may have complained."""
    windows, complaints = [], []

    def open_window(
        path="/", *, person=None, size=PHONE, language="lt", javascript=True
    ):
        window = chromium.new_context(
            viewport=size,
            locale=language,
            java_script_enabled=javascript,
            base_url=live_server.url,
            reduced_motion="reduce",
        )
        windows.append(window)
        window.set_default_timeout(_PATIENCE)
        window.add_cookies(
            [_cookie(live_server, settings.LANGUAGE_COOKIE_NAME, language)]
        )
        if person is not None:
            window.add_cookies([sign_in_cookie(live_server, person)])
        page = window.new_page()
        page.on("console", lambda said: _note(complaints, said))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_window
    for window in windows:
        window.close()
    assert complaints == []


def sign_in_cookie(live_server, person):
    """A session of the person, as signing in would have made it."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "accounts.backends.CodeBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return _cookie(live_server, settings.SESSION_COOKIE_NAME, session.session_key)


def _cookie(live_server, name, value):
    return {"name": name, "value": value, "url": live_server.url}


def _note(complaints, said):
    expected = (
        "the server responded with a status of 4",  # a refusal is an answer
        "net::ERR_CONNECTION_RESET",  # a line that the test itself broke
    )
    if said.type == "error" and not any(words in said.text for words in expected):
        complaints.append(said.text)
