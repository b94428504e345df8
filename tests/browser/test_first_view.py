"""How much a phone asks for before it shows the first screen of a public page.

First view is all that Chromium fetches of its own accord on an empty cache, in a window
of 360 × 740 that nobody scrolls, until the line is quiet: the page, its style sheet,
the icon, and pictures that are near. Chromium fetches a lazy picture when it is some
1,250 to 2,500 pixels away, so the photos of winners wait until somebody opens them; the
logos stand at the foot of pages that are longer than that.
"""

import pytest

from tests.factories import (
    AttachmentFactory,
    ContestFactory,
    ContestLogoFactory,
    PictureFactory,
)
from tests.factories.pictures import picture
from tests.policy.world import build

MOST = 3  # requests


@pytest.fixture
def ask(visit):
    """Open a page anew; the addresses that were asked for before anybody scrolls."""

    def asked_for(path):
        page, asked = visit("/healthz"), []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path, wait_until="networkidle")
        return page, asked

    return asked_for


@pytest.fixture
def contest():
    """A published contest; the photo of a winner may be shown, and there are logos."""
    own = build("published").own
    AttachmentFactory(submission=own.entry)
    for _ in range(2):
        ContestLogoFactory(
            contest=own.contest, picture=PictureFactory(content=picture("PNG"))
        )
    own.contest.logos.filter(picture__content=b"picture").delete()
    return own.contest


def test_a_public_page_asks_for_little_at_first_view(ask, contest):
    ContestFactory(phase="open")
    where = f"/contests/{contest.slug}/"

    asked = {
        path: ask(path)[1]
        for path in ("/", where, f"{where}results/", "/privacy/", "/accessibility/")
    }

    assert {path: found for path, found in asked.items() if len(found) > MOST} == {}
    assert all(found[0].endswith(path) for path, found in asked.items())


def test_a_photo_is_asked_for_when_somebody_opens_it(ask, contest):
    """The control: one request more is noticed."""
    page, asked = ask(f"/contests/{contest.slug}/results/")
    first = len(asked)

    with page.expect_request("**/photos/**"):
        page.locator(".winners summary").first.click()

    assert first == MOST < len(asked)
