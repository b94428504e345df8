"""The acts of a contest's course as pages: what each would leave out, one button."""

import pytest
from django.urls import reverse

from contest.models import Act
from scoring.pages import course_views
from tests.factories import (
    ContestFactory,
    CoordinatorFactory,
    JurorExtensionFactory,
    RepresentativeFactory,
    SheetFactory,
    SubmissionFactory,
)
from tests.pages.reading import main_of
from tests.policy.pages import browser_of
from tests.scoring.test_pages_dashboard import coordinator_of, where

pytestmark = pytest.mark.django_db


def test_the_closing_page_says_what_would_be_left_out():
    contest = ContestFactory(phase="judging")
    rules = contest.rules_in_force.document
    full = {c["code"]: 8 for c in rules["criteria"]}
    sheet = SheetFactory(assignment__submission__contest=contest, values=full)

    page = main_of(coordinator_of(contest).get(where("close-judging", contest)))

    assert f"J01 – {sheet.assignment.submission.reference}" in page


def test_the_closing_page_names_some_of_very_many_and_says_where_all_are(monkeypatch):
    monkeypatch.setattr(course_views, "NAMED", 2)
    contest = ContestFactory(phase="judging")
    values = {c["code"]: 8 for c in contest.rules_in_force.document["criteria"]}
    for _ in range(2):
        SheetFactory(assignment__submission__contest=contest, values=values)
    browser = coordinator_of(contest)
    all_of_them = where("progress", contest)

    two = main_of(browser.get(where("close-judging", contest)))
    SheetFactory(assignment__submission__contest=contest, values=values)
    three = browser.get(where("close-judging", contest))

    assert all_of_them not in two
    assert all_of_them in main_of(three)
    assert len(three.context["check"]["unsent"]) == 2


def test_the_closing_page_names_the_jurors_who_have_more_time():
    extension = JurorExtensionFactory(juror__contest__phase="judging")
    contest = extension.juror.contest

    page = main_of(coordinator_of(contest).get(where("close-judging", contest)))

    assert f"{extension.juror.key}." in page


def test_who_may_not_see_progress_is_told_the_doubts_all_the_same():
    extension = JurorExtensionFactory(juror__contest__phase="judging")
    contest = extension.juror.contest
    coordinator = CoordinatorFactory(contest=contest).person
    RepresentativeFactory(
        organisation=SubmissionFactory(contest=contest).organisation,
        person=coordinator,
    )

    answer = browser_of(coordinator).get(where("close-judging", contest))

    assert "check" not in answer.context
    assert f"{extension.juror.key}." in main_of(answer)


@pytest.mark.parametrize(
    ("phase", "name"), [("eligibility", "open-judging"), ("judging", "close-judging")]
)
def test_what_came_up_since_the_page_was_read_is_told_first(phase, name):
    contest = ContestFactory(phase=phase)
    browser = coordinator_of(contest)
    before = browser.get(where(name, contest)).context["told"]
    if phase == "judging":
        JurorExtensionFactory(juror__contest=contest)
    else:
        SubmissionFactory(contest=contest, state="submitted")

    refused = browser.post(where(name, contest), {"told": before})
    acts = contest.acts.filter(kind=name.replace("-", "_")).count()
    agreed = browser.post(
        where(name, contest), {"told": refused.context["told"], "reason": "Laikas."}
    )

    assert (refused.status_code, acts) == (409, 0)
    assert agreed["Location"] == where("dashboard", contest)


@pytest.mark.parametrize(
    ("phase", "name", "kind"),
    [
        ("set-up", "announce", "announce"),
        ("eligibility", "open-judging", "open_judging"),
        ("judging", "close-judging", "close_judging"),
        ("published", "archive", "archive"),
    ],
)
def test_an_act_is_done_with_one_button(phase, name, kind):
    contest = ContestFactory(phase=phase)

    answer = coordinator_of(contest).post(where(name, contest), {"reason": "Laikas."})

    assert answer["Location"] == where("dashboard", contest)
    act = Act.objects.filter(contest=contest).latest("at")
    assert (act.kind, act.reason) == (kind, "Laikas.")


def test_looking_at_the_page_of_an_act_does_nothing():
    contest = ContestFactory(phase="judging")

    coordinator_of(contest).get(where("close-judging", contest))

    assert contest.state_at(contest.created_at).phase == "judging"


def test_judging_is_reopened_only_with_a_reason():
    contest = ContestFactory(phase="deliberation")
    browser = coordinator_of(contest)

    refused = browser.post(where("reopen-judging", contest), {"reason": " "})
    browser.post(where("reopen-judging", contest), {"reason": "Klaida."})

    assert refused.status_code == 400
    assert contest.acts.filter(kind="reopen_judging").get().reason == "Klaida."


def test_what_takes_two_is_proposed():
    contest = ContestFactory(phase="deliberation")
    version = contest.rules_in_force
    document = version.document | {"two_persons": True}
    contest.rulebook = contest.rulebooks.create(
        number=2, document=document, sha256=version.sha256, by_id=version.by_id
    )
    contest.save()

    coordinator_of(contest).post(where("reopen-judging", contest), {"reason": "Klaida"})

    assert contest.proposals.get().kind == "reopen_judging"
    assert not contest.acts.filter(kind="reopen_judging").exists()


def test_the_deadline_is_read_in_the_zone_of_the_contest():
    contest = ContestFactory(phase="open", time_zone="Europe/Vilnius")
    late = contest.closes_at.replace(hour=15, minute=0, second=0, microsecond=0)
    summer = late.month in range(4, 11)
    browser = coordinator_of(contest)

    browser.post(
        reverse("contest:deadline", args=[contest.slug]),
        {"until": f"{late:%Y-%m-%d}T{18 if summer else 17}:00", "reason": "Paprašė."},
    )

    assert contest.acts.get(kind="move_deadline").until == late


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("rytoj", "Datą ir laiką rašykite taip"),
        ("2026-03-29T03:30", "tokios valandos nėra"),
        ("2126-01-01T10:00", "Pagal nuostatus"),
    ],
)
def test_a_deadline_that_cannot_be_keeps_what_was_typed(typed, sentence):
    contest = ContestFactory(phase="open", time_zone="Europe/Vilnius")

    answer = coordinator_of(contest).post(
        reverse("contest:deadline", args=[contest.slug]),
        {"until": typed, "reason": "Nes taip reikia."},
        headers={"accept-language": "lt"},
    )

    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    assert f'value="{typed}"' in page
    assert "Nes taip reikia." in page
