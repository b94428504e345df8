"""Opening and closing judging tell what they leave out, and wait for a yes."""

import pytest
from django.urls import reverse

from tests.api import Person
from tests.factories import (
    ContestFactory,
    CoordinatorFactory,
    JurorExtensionFactory,
    JurorFactory,
    SheetFactory,
    SubmissionFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return ContestFactory(phase="eligibility")


@pytest.fixture
def judged():
    return ContestFactory(phase="judging")


def act(contest, kind, **more):
    person = Person(CoordinatorFactory(contest=contest).person)
    return person.post(f"contests/{contest.slug}/acts/", {"kind": kind, **more})


@pytest.mark.parametrize("state", ["submitted", "returned"])
def test_opening_judging_names_the_entries_that_nobody_decided(contest, state):
    entry = SubmissionFactory(contest=contest, state=state)

    answer = act(contest, "open_judging")

    assert (answer.status_code, answer.json()["code"]) == (409, "confirmation_needed")
    assert entry.reference in answer.json()["detail"]
    assert [d["things"] for d in answer.json()["doubts"]] == [[entry.reference]]
    assert not contest.acts.filter(kind="open_judging").exists()


def test_confirmed_it_is_opened_all_the_same(contest):
    SubmissionFactory(contest=contest, state="submitted")

    assert act(contest, "open_judging", confirmed=True).status_code == 201


@pytest.mark.parametrize("state", ["eligible", "ineligible", "withdrawn", "draft"])
def test_what_is_decided_or_was_never_sent_asks_nothing(contest, state):
    """The control: the question comes from what is undecided."""
    SubmissionFactory(contest=contest, state=state)

    assert act(contest, "open_judging").status_code == 201


def test_the_undecided_of_another_contest_ask_nothing(contest):
    SubmissionFactory(contest=ContestFactory(phase="eligibility"), state="submitted")

    assert act(contest, "open_judging").status_code == 201


def test_many_are_counted_and_the_first_are_named(contest):
    for _ in range(22):
        SubmissionFactory(contest=contest, state="submitted")

    answer = act(contest, "open_judging").json()

    assert answer["detail"].startswith("22 entries are not decided")
    assert len(answer["doubts"][0]["things"]) == 22


def test_closing_judging_names_the_jurors_who_have_more_time(judged):
    juror = JurorFactory(contest=judged)
    JurorExtensionFactory(juror=juror)

    refused = act(judged, "close_judging")
    done = act(judged, "close_judging", confirmed=True)

    assert refused.json()["doubts"][0]["code"] == "running_extensions"
    assert juror.key in refused.json()["detail"]
    assert (refused.status_code, done.status_code) == (409, 201)


def test_the_closing_check_tells_of_them_too(judged):
    JurorExtensionFactory(juror__contest=judged)
    person = Person(CoordinatorFactory(contest=judged).person)

    check = person.get(f"contests/{judged.slug}/closing-check/").json()

    assert [doubt["code"] for doubt in check["doubts"]] == ["running_extensions"]


def test_closing_judging_asks_about_complete_sheets_that_were_not_sent(judged):
    values = dict.fromkeys(judged.criteria.values_list("code", flat=True), 7)
    for _ in range(2):
        SheetFactory(assignment__submission__contest=judged, values=values)

    refused = act(judged, "close_judging")
    done = act(judged, "close_judging", confirmed=True)

    assert refused.json()["doubts"][0]["code"] == "unsent_sheets"
    assert refused.json()["detail"].startswith("2 sheets are complete, but not sent")
    assert (refused.status_code, done.status_code) == (409, 201)


def test_sheets_that_became_complete_since_the_page_was_read_are_told_first(judged):
    def complete():
        SheetFactory(assignment__submission__contest=judged, values=values)

    values = dict.fromkeys(judged.criteria.values_list("code", flat=True), 7)
    browser = browser_of(CoordinatorFactory(contest=judged).person)
    page = reverse("scoring:close-judging", args=[judged.slug])
    complete()
    before = browser.get(page).context["told"]
    complete()

    refused = browser.post(page, {"told": before})
    assert refused.status_code == 409
    assert not judged.acts.filter(kind="close_judging").exists()
    agreed = browser.post(page, {"told": refused.context["told"]})
    assert agreed.status_code == 302


def test_closing_judging_asks_about_entries_that_would_have_no_place(judged):
    SheetFactory(assignment__submission__contest=judged, sent=True)
    SubmissionFactory(contest=judged, state="eligible")

    refused = act(judged, "close_judging")
    done = act(judged, "close_judging", confirmed=True)

    assert refused.json()["doubts"][0]["code"] == "too_few_scores"
    assert refused.json()["detail"].startswith("1 entry has too few scores")
    assert (refused.status_code, done.status_code) == (409, 201)


def test_without_them_judging_is_closed_at_once(judged):
    scored = SheetFactory(assignment__submission__contest=judged, sent=True)
    entry = scored.assignment.submission
    JurorFactory(contest=judged)
    SheetFactory(assignment__submission=entry, values={"innovation": 7})

    assert act(judged, "close_judging").status_code == 201
