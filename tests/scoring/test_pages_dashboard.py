"""The coordinator's overview of a contest, as a page."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from core import clock
from scoring.labels import ACTION_LABELS
from submissions.models import Submission
from tests.factories import (
    AssignmentFactory,
    ClaimFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    OrganiserMemberFactory,
    RepresentativeFactory,
    SubmissionFactory,
)
from tests.pages.reading import main_of
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db
APPS = ("organisations", "contest", "submissions", "scoring", "exports", "mail")
# Written of a person or a tenant, never of a contest.
OUTSIDE = {
    "contest.add_organiser_member",
    "contest.change_organiser",
    "contest.create_organiser",
    "contest.create_series",
    "contest.remove_organiser_logo",
    "contest.set_organiser_logo",
    "contest.write_register",
}


def coordinator_of(contest):
    return browser_of(CoordinatorFactory(contest=contest).person)


def where(name, contest):
    return reverse(f"scoring:{name}", args=[contest.slug])


@pytest.mark.parametrize(
    ("phase", "due"),
    [
        ("set-up", "announce"),
        ("eligibility", "open-judging"),
        ("judging", "close-judging"),
        ("published", "archive"),
    ],
)
def test_the_act_that_is_due_is_one_button(phase, due):
    contest = ContestFactory(phase=phase)

    page = main_of(coordinator_of(contest).get(where("dashboard", contest)))

    assert f'class="button" href="{where(due, contest)}"' in page
    assert page.count('class="button" ') == 1


@pytest.mark.parametrize("phase", ["announced", "open"])
def test_while_the_clock_rules_nothing_is_due(phase):
    contest = ContestFactory(phase=phase)

    page = main_of(coordinator_of(contest).get(where("dashboard", contest)))

    assert 'class="button" ' not in page
    assert reverse("contest:deadline", args=[contest.slug]) in page


def test_drafts_are_shown_with_whom_to_call_and_nothing_of_their_content():
    contest = ContestFactory(phase="open")
    draft = SubmissionFactory(contest=contest, state="draft", title="Slaptas")
    draft.organisation.phone = "+370 600 11111"
    draft.organisation.save()
    browser = coordinator_of(contest)

    pages = [
        main_of(browser.get(where("dashboard", contest))),
        main_of(browser.get(reverse("submissions:drafts", args=[contest.slug]))),
    ]

    for page in pages:
        assert draft.organisation.name in page
        assert 'href="tel:+37060011111"' in page
        assert "Slaptas" not in page


@pytest.mark.parametrize(("judges", "is_told"), [(False, True), (True, False)])
def test_writers_of_drafts_are_named_where_the_matrix_opens_contacts(judges, is_told):
    contest = ContestFactory(phase="open")
    drafts = SubmissionFactory.create_batch(2, contest=contest, state="draft")
    acting = RepresentativeFactory(organisation=drafts[0].organisation, name="Rūta")
    RepresentativeFactory(organisation=drafts[0].organisation, ended_at=clock.now())
    claim, _other = (
        ClaimFactory(organisation=drafts[1].organisation) for _ in range(2)
    )
    Submission.objects.filter(pk=drafts[1].pk).update(created_by_id=claim.person_id)
    seat = CoordinatorFactory(contest=contest)
    if judges:
        JurorFactory(contest=contest, person=seat.person)

    page = browser_of(seat.person).get(
        reverse("submissions:drafts", args=[contest.slug])
    )

    told = re.findall(r'([^<>]*) <a href="mailto:([^"]*)">', main_of(page))
    assert {email for _name, email in told} == (
        {claim.person.email, acting.person.email} if is_told else set()
    )
    assert ("Rūta" in main_of(page)) == is_told


def test_of_a_draft_that_others_prepare_they_are_named():
    contest = ContestFactory(phase="open")
    group = RepresentativeFactory(organisation__kind="action_group")
    draft = SubmissionFactory(
        contest=contest,
        state="draft",
        entered_by="action_group",
        prepared_by=group.organisation,
    )
    owner = RepresentativeFactory(organisation=draft.organisation)

    page = coordinator_of(contest).get(
        reverse("submissions:drafts", args=[contest.slug])
    )

    assert f"mailto:{group.person.email}" in main_of(page)
    assert owner.person.email not in main_of(page)


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_asks_as_much_of_three_entries_as_of_one(
    count, django_assert_num_queries
):
    contest = ContestFactory(phase="judging")
    AssignmentFactory.create_batch(count, submission__contest=contest)
    browser = coordinator_of(contest)

    with django_assert_num_queries(13):
        browser.get(where("dashboard", contest))


@pytest.mark.parametrize("count", [1, 3])
def test_drafts_cost_as_much_in_any_number(count, django_assert_num_queries):
    contest = ContestFactory(phase="open")
    SubmissionFactory.create_batch(count, contest=contest, state="draft")
    browser = coordinator_of(contest)

    with django_assert_num_queries(10):
        browser.get(reverse("submissions:drafts", args=[contest.slug]))


def test_who_entered_sees_neither_jurors_nor_the_record():
    """A coordinator with an own interest has no office towards the results."""
    contest = ContestFactory(phase="judging")
    entry = SubmissionFactory(contest=contest)
    coordinator = CoordinatorFactory(contest=contest).person
    RepresentativeFactory(organisation=entry.organisation, person=coordinator)

    page = browser_of(coordinator).get(where("dashboard", contest))

    assert page.context["progress"] is None
    assert page.context["events"] is None


def test_an_organiser_looks_and_is_shown_no_button():
    contest = ContestFactory(phase="judging")
    member = OrganiserMemberFactory(organiser=contest.series.organiser).person

    page = main_of(browser_of(member).get(where("dashboard", contest)))

    assert 'class="button' not in page


def test_entries_are_counted_in_each_state():
    contest = ContestFactory(phase="open")
    SubmissionFactory(contest=contest, state="submitted")
    SubmissionFactory.create_batch(2, contest=contest, state="draft")

    page = coordinator_of(contest).get(where("dashboard", contest))

    labels = {Submission.State.SUBMITTED.label: 1, Submission.State.DRAFT.label: 2}
    assert labels.items() <= dict(page.context["entries"]).items()


def test_an_own_entry_is_not_told_by_the_count_of_all():
    contest = ContestFactory(phase="eligibility")
    own = SubmissionFactory(contest=contest, state="submitted")
    SubmissionFactory(contest=contest, state="eligible")
    secretary = JurorFactory(contest=contest, role="secretary").person
    RepresentativeFactory(organisation=own.organisation, person=secretary)
    browser, page = browser_of(secretary), where("dashboard", contest)

    before = browser.get(page).context["entries"]
    decided = {"state": "eligible", "decided_at": clock.now()}
    Submission.objects.filter(pk=own.pk).update(**decided)
    after = browser.get(page).context["entries"]

    assert sum(number for _label, number in before) == 1
    assert before == after


def test_entries_are_not_counted_for_an_organiser_who_sees_none_of_them():
    contest = ContestFactory(phase="eligibility")
    member = OrganiserMemberFactory(organiser=contest.series.organiser).person

    page = browser_of(member).get(where("dashboard", contest))

    assert page.status_code == 200
    assert page.context["entries"] is None


def test_whatever_is_recorded_of_a_contest_has_words():
    """Read from the sources: an act that is new there is named here."""
    pattern = re.compile(rf'record(?:_entry)?\(\s*"((?:{"|".join(APPS)})\.\w+)"')
    found = {
        action
        for app in APPS
        for path in Path(settings.BASE_DIR, app).rglob("*.py")
        for action in pattern.findall(path.read_text())
    }

    contests_own = {a for a in found if not a.startswith("organisations.")} - OUTSIDE
    assert len(contests_own) > 30
    assert contests_own - set(ACTION_LABELS) == set()
