"""A form that was refused: one stands on what is wrong, and the title says so."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.looking import barriers
from tests.factories import (
    ContestFactory,
    CoordinatorFactory,
    RepresentativeFactory,
    SubmissionFactory,
)


@pytest.fixture
def coordinator():
    return CoordinatorFactory(contest__phase="open")


@pytest.fixture
def entry(coordinator):
    """A draft in another contest, written by the same person."""
    owner = RepresentativeFactory(person=coordinator.person)
    contest = ContestFactory(phase="open")
    return SubmissionFactory(
        contest=contest, organisation=owner.organisation, state="draft"
    )


@pytest.mark.parametrize(
    "javascript", [False, pytest.param(True, marks=pytest.mark.slow)]
)
def test_one_stands_on_what_is_wrong(javascript, visit, coordinator, entry):
    deadline = reverse("contest:deadline", args=[coordinator.contest.slug])
    page = visit("/account/", person=coordinator.person, javascript=javascript)
    assert page.title().startswith("Mano paskyra")

    for where, typed in {
        "/sign-in/": {"id_email": "be eta"},
        deadline: {},
        f"/entries/{entry.pk}/money/#id_total": {"id_total": "daug"},
        f"/entries/{entry.pk}/send/": {},
    }.items():
        page.goto(where)
        for field, text in typed.items():
            page.locator(f"#{field}").fill(text)
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("button").first.click()

        expect(page.locator("#problems")).to_be_focused()
        expect(page).to_have_title(re.compile("^Klaida: "))
        assert javascript is False or barriers(page) == []
