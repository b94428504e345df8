"""The checklist, piece by piece, and decisions that may be changed."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from audit.models import Event
from contest import rulebook
from core.errors import Conflict, Invalid, NotNow
from submissions import eligibility
from submissions.eligibility import Finding
from submissions.life import found_wanting
from submissions.models import RequirementCheck, Submission
from tests.api import Person
from tests.factories import (
    ContestFactory,
    CoordinatorFactory,
    RepresentativeFactory,
    SubmissionFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db

MET = {"leader_project": True, "implemented": True, "applicant": True}


@pytest.fixture
def entry():
    return SubmissionFactory(contest__phase="eligibility", state="submitted")


@pytest.fixture
def coordinator(entry):
    return CoordinatorFactory(contest=entry.contest).person


def check(entry, by, *findings):
    return eligibility.check_requirements(
        submission=entry, findings=list(findings), by=by
    )


def decide(entry, by, *, eligible, reason="", **checks):
    return eligibility.decide_eligibility(
        submission=entry, eligible=eligible, reason=reason, checks=checks, by=by
    )


def test_a_checklist_is_saved_piece_by_piece(entry, coordinator):
    check(entry, coordinator, Finding("implemented", met=True))
    check(entry, coordinator, Finding("applicant", met=None, note="Laukiu įstatų"))

    shown = Person(coordinator).get(f"submissions/{entry.pk}/checklist/").json()

    found = {row["requirement"]: (row["met"], row["note"]) for row in shown["checks"]}
    assert found == {
        "leader_project": (None, ""),
        "implemented": (True, ""),
        "applicant": (None, "Laukiu įstatų"),
    }
    assert [row["by"] for row in shown["checks"]] == ["", *[coordinator.name] * 2]


def test_a_finding_that_says_nothing_new_adds_no_history(entry, coordinator):
    for _ in range(2):
        check(entry, coordinator, Finding("implemented", met=True))

    assert RequirementCheck.objects.count() == 1


def test_a_finding_that_was_corrected_keeps_both(entry, coordinator):
    check(entry, coordinator, Finding("implemented", met=True))
    changed = check(entry, coordinator, Finding("implemented", met=False, note="Ne"))

    assert changed.checks == {"implemented": False}
    assert [row.met for row in RequirementCheck.objects.all()] == [True, False]


def test_a_finding_about_no_requirement_is_refused(entry, coordinator):
    with pytest.raises(Invalid):
        check(entry, coordinator, Finding("blue", met=True))


def test_a_decision_completes_the_checklist(entry, coordinator):
    check(
        entry,
        coordinator,
        Finding("implemented", met=True),
        Finding("applicant", met=True),
    )

    decided = decide(entry, coordinator, eligible=True, leader_project=True)

    assert (decided.state, decided.checks) == ("eligible", MET)


def test_what_is_not_required_decides_nothing():
    document = rulebook.template("lkbs")
    document["eligibility"][0]["required"] = False
    contest = ContestFactory(phase="eligibility", document=document)
    entry = SubmissionFactory(contest=contest, state="submitted")
    person = CoordinatorFactory(contest=contest).person

    decided = decide(entry, person, eligible=True, implemented=True, applicant=True)

    assert decided.state == "eligible"


def test_a_changed_decision_keeps_the_earlier_one(entry, coordinator):
    decide(entry, coordinator, eligible=False, reason="Ne LEADER")
    decide(entry, coordinator, eligible=True, **MET)

    decisions = [(d.eligible, d.reason) for d in entry.decisions.all()]
    assert decisions == [(False, "Ne LEADER"), (True, "")]
    events = Event.objects.filter(action="submissions.decide_eligibility")
    assert events.count() == 2


def test_while_collection_is_open_nothing_is_decided():
    entry = SubmissionFactory(contest__phase="open", state="submitted")
    person = CoordinatorFactory(contest=entry.contest).person

    with pytest.raises(NotNow):
        check(entry, person, Finding("implemented", met=True))


def test_a_withdrawn_entry_is_not_checked(entry, coordinator):
    withdrawn = SubmissionFactory(contest=entry.contest, state="withdrawn")

    with pytest.raises(Conflict):
        check(withdrawn, coordinator, Finding("implemented", met=True))


# --- What the organisation is told -------------------------------------------------


@pytest.mark.parametrize(
    ("phase", "state", "told"),
    [
        ("eligibility", "submitted", "submitted"),
        ("eligibility", "eligible", "submitted"),
        ("judging", "submitted", "in_evaluation"),
        ("judging", "eligible", "in_evaluation"),
        ("judging", "ineligible", "ineligible"),
        ("published", "eligible", "eligible"),
        ("judging", "withdrawn", "withdrawn"),
    ],
)
def test_an_organisation_is_told_the_state_in_its_own_words(phase, state, told):
    entry = SubmissionFactory(
        contest__phase=phase, state=state, checks=dict.fromkeys(MET, True)
    )
    owner = Person(RepresentativeFactory(organisation=entry.organisation).person)

    shown = owner.get(f"submissions/{entry.pk}/").json()
    (row,) = owner.get("submissions/").json()["results"]

    assert (shown["state"], row["state"], shown["checks"]) == (told, told, {})


def test_an_organisation_is_told_which_requirements_are_not_met_and_why(
    entry, coordinator
):
    person = RepresentativeFactory(organisation=entry.organisation).person
    where = reverse("submissions:entry", args=[entry.pk])
    findings = [
        Finding("implemented", met=False, note="Baigiamas tik pavasarį"),
        Finding("applicant", met=True, note="Tikrinta registre"),
    ]
    check(entry, coordinator, *findings)
    before = Person(person).get(f"submissions/{entry.pk}/").json()["unmet"]

    decide(entry, coordinator, eligible=False, reason="Nebaigta", leader_project=True)
    shown = Person(person).get(f"submissions/{entry.pk}/").json()
    page = browser_of(person).get(where).content.decode()

    (unmet,) = shown["unmet"]
    requirement = entry.contest.rulebook.document["eligibility"][1]
    assert before == []
    assert (unmet["requirement"], unmet["note"]) == (
        *("implemented", "Baigiamas tik pavasarį"),
    )
    assert unmet["text"] == requirement["text"]["en"]
    assert "Baigiamas tik pavasarį" in page
    assert escape(requirement["text"]["lt"]) in page
    assert "Tikrinta registre" not in page
    assert coordinator.name not in page


def test_a_requirement_that_decides_nothing_is_not_told_as_unmet():
    document = rulebook.template("lkbs")
    first, *others = document["eligibility"]
    document["eligibility"] = [first | {"required": False}, *others]
    entry = SubmissionFactory(
        contest=ContestFactory(phase="eligibility", document=document),
        state="ineligible",
        checks={first["code"]: False, others[0]["code"]: False},
    )

    told = [check.requirement for check in found_wanting(entry)]

    assert told == [others[0]["code"]]


def test_an_organisation_does_not_find_out_by_filtering():
    entry = SubmissionFactory(contest__phase="judging")
    owner = Person(RepresentativeFactory(organisation=entry.organisation).person)

    counts = {
        state: owner.get(f"submissions/?state={state}").json()["count"]
        for state in ("submitted", "eligible", "in_evaluation")
    }

    assert counts == {"submitted": 0, "eligible": 0, "in_evaluation": 1}


@pytest.mark.parametrize("state", ["submitted", "eligible", "returned", "ineligible"])
@pytest.mark.parametrize("phase", ["open", "eligibility", "judging", "published"])
def test_the_list_finds_an_entry_by_the_state_it_shows(phase, state):
    entry = SubmissionFactory(contest__phase=phase, state=state)
    owner = Person(RepresentativeFactory(organisation=entry.organisation).person)
    (row,) = owner.get("submissions/").json()["results"]

    found = [
        asked
        for asked in dict(Submission.TOLD_STATES)
        if owner.get(f"submissions/?state={asked}").json()["count"]
    ]

    assert found == [row["state"]]
