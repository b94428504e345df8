"""The desk tells for each entry what comes next, and until when."""

import pytest
from django.urls import reverse

from tests.factories import (
    ClaimFactory,
    ContestFactory,
    RepresentativeFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return RepresentativeFactory()


def desk(person):
    browser = browser_of(person)
    browser.cookies["django_language"] = "en"
    return browser.get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("phase", "fields", "words"),
    [
        ("open", {"state": "draft", "summary": ""}, "Fill in what is missing"),
        ("open", {"state": "draft"}, "Check and send"),
        ("open", {"state": "submitted"}, "Nothing to do: it is sent"),
        ("eligibility", {"state": "returned"}, "Correct it and send it again"),
        ("judging", {"state": "draft"}, "It was not sent, and collection is over"),
        ("published", {"state": "eligible"}, "The results are published"),
    ],
)
def test_what_comes_next_is_told(phase, fields, words, owner):
    SubmissionFactory(
        contest=ContestFactory(phase=phase), organisation=owner.organisation, **fields
    )

    assert words in desk(owner.person)


def test_a_newcomer_is_shown_the_contests_to_enter():
    contest = ContestFactory(phase="open")
    ContestFactory(phase="judging")

    page = desk(UserFactory())

    assert reverse("submissions:enter", args=[contest.slug]) in page
    assert page.count("/enter/") == 1


def test_a_claimant_finds_the_own_draft():
    claim = ClaimFactory()
    entry = SubmissionFactory(
        contest=ContestFactory(phase="open"),
        organisation=claim.organisation,
        created_by_id=claim.person_id,
        state="draft",
    )

    assert reverse("submissions:entry", args=[entry.pk]) in desk(claim.person)


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_as_much_for_many_as_for_one(
    count, owner, django_assert_max_num_queries
):
    for _ in range(count):
        SubmissionFactory(organisation=owner.organisation)
    browser = browser_of(owner.person)

    with django_assert_max_num_queries(14):
        browser.get("/desk/")
