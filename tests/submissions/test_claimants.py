"""Who only asked to act for an organisation enters for it, and waits no longer."""

import pytest
from django.urls import reverse

from core.errors import Conflict, NotYours
from core.policy import allows
from organisations import representing
from submissions import eligibility, services
from submissions.models import Submission
from tests.api import Person
from tests.factories import (
    ClaimFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    RepresentativeFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db

SIGNED = {
    "signed_by": "Ona Onaitė",
    "signed_role": "narė",
    "consents": {"processing": True},
}
MET = {"leader_project": True, "implemented": True, "applicant": True}


@pytest.fixture
def claim():
    return ClaimFactory()


@pytest.fixture
def contest():
    return ContestFactory(phase="open")


def begun(contest, claim, **fields):
    """A complete draft of the person who asks."""
    return SubmissionFactory(
        contest=contest,
        organisation=claim.organisation,
        created_by_id=claim.person_id,
        state="draft",
        **fields,
    )


def sent(contest, claim):
    entry = begun(contest, claim)
    services.submit(submission=entry, expected_version=1, by=claim.person, **SIGNED)
    entry.refresh_from_db()
    return entry


def decide(entry, *, eligible):
    contest = entry.contest
    coordinator = CoordinatorFactory(contest=contest).person
    return eligibility.decide_eligibility(
        submission=entry, eligible=eligible, reason="Taip.", checks=MET, by=coordinator
    )


def settle(claim, *, approve):
    colleague = RepresentativeFactory(organisation=claim.organisation).person
    representing.decide_claim(claim=claim, approve=approve, reason="Ne.", by=colleague)
    return colleague


@pytest.fixture
def entry(contest, claim, time_machine):
    """Sent by the claimant; collection is over."""
    made = sent(contest, claim)
    time_machine.move_to(contest.deadline)
    return Submission.objects.get(pk=made.pk)


def test_a_claimant_begins_an_entry_and_sends_it(contest, claim):
    person = Person(claim.person)

    made = person.post(
        "submissions/",
        {"contest": contest.slug, "organisation": str(claim.organisation_id)},
    ).json()

    assert made["state"] == "draft"
    assert [row["id"] for row in person.get("submissions/").json()["results"]] == [
        made["id"]
    ]
    assert sent(contest, claim).state == "submitted"


def test_who_asked_for_nothing_begins_none(contest, claim):
    with pytest.raises(NotYours):
        services.create_submission(
            contest=contest, organisation=claim.organisation, by=UserFactory()
        )


@pytest.mark.parametrize("approve", [True, False])
def test_an_answered_request_opens_nothing_by_itself(contest, claim, approve):
    entry = begun(contest, claim)

    settle(claim, approve=approve)

    assert allows(claim.person, "submissions.change", entry) is approve


def test_a_claimant_sees_nothing_that_the_organisation_wrote(contest, claim):
    theirs = SubmissionFactory(
        contest=contest, organisation=claim.organisation, state="draft"
    )
    last_year = begun(contest, claim)

    assert not allows(claim.person, "submissions.view", theirs)
    assert not allows(claim.person, "submissions.view_suggestions", last_year)


def test_the_organisation_sees_and_withdraws_what_a_claimant_sent(contest, claim):
    entry = sent(contest, claim)
    owner = RepresentativeFactory(organisation=claim.organisation).person

    services.withdraw(submission=entry, reason="Ne mūsų.", by=owner)

    assert Submission.objects.get(pk=entry.pk).state == "withdrawn"


def test_an_entry_is_not_eligible_before_the_request_is_answered(entry, claim):
    with pytest.raises(Conflict) as refusal:
        decide(entry, eligible=True)

    assert refusal.value.code == "claim_pending"
    settle(claim, approve=True)
    assert decide(entry, eligible=True).state == "eligible"


@pytest.mark.parametrize("name", ["manage-entry", "decide-entry"])
def test_the_pages_of_the_decision_lead_to_the_request(name, entry, claim):
    browser = browser_of(CoordinatorFactory(contest=entry.contest).person)
    request = reverse("contest:claim", args=[entry.contest.slug, claim.pk])
    page = reverse(f"submissions:{name}", args=[entry.pk])

    waiting = browser.get(page).content.decode()
    settle(claim, approve=True)
    settled = browser.get(page).content.decode()

    assert request in waiting
    assert request not in settled


def test_an_entry_of_a_refused_claimant_is_not_eligible(entry, claim):
    settle(claim, approve=False)

    with pytest.raises(Conflict) as refusal:
        decide(entry, eligible=True)

    assert refusal.value.code == "claim_refused"
    assert decide(entry, eligible=False).state == "ineligible"


def test_what_the_organisation_sent_itself_needs_no_answer(
    contest, claim, time_machine
):
    entry = sent(contest, claim)
    owner = RepresentativeFactory(organisation=claim.organisation).person
    services.change_submission(
        submission=entry, expected_version=1, by=owner, summary="Mūsų žodžiais."
    )
    services.submit(submission=entry, expected_version=2, by=owner, **SIGNED)
    time_machine.move_to(contest.deadline)

    decided = decide(Submission.objects.get(pk=entry.pk), eligible=True)

    assert decided.state == "eligible"


def test_a_claimant_on_the_panel_does_not_judge_the_own_entry(contest, claim):
    entry = sent(contest, claim)
    JurorFactory(contest=contest, person=claim.person)

    assert not allows(claim.person, "submissions.declare_conflict", entry)
    assert allows(claim.person, "submissions.view_contacts", entry)
