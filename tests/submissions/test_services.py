"""Entries: drafts, sending, receipts, withdrawing, eligibility."""

from datetime import timedelta

import pytest

from audit.models import Event
from contest.course import move_deadline
from contest.models import Contest
from core import clock
from core.digests import json_digest
from core.errors import Conflict, Invalid, NotNow, NotYours, Stale
from submissions import checks, eligibility, services
from submissions.content import freeze
from submissions.models import Submission, SubmissionVersion
from tests.factories import (
    ContestFactory,
    CoordinatorFactory,
    RepresentativeFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

SIGNED = {
    "signed_by": "Ona Onaitė",
    "signed_role": "pirmininkė",
    "consents": {"processing": True, "publication": False},
}
CHECKS = {"leader_project": True, "implemented": True, "applicant": True}


@pytest.fixture
def chairwoman():
    """She acts for one organisation, which entered nothing yet."""
    return RepresentativeFactory()


@pytest.fixture
def draft(chairwoman):
    """A complete draft of an open contest."""
    return SubmissionFactory(
        contest__phase="open", organisation=chairwoman.organisation, state="draft"
    )


@pytest.fixture
def submit(chairwoman):
    def submit(entry, version=1, **changes):
        return services.submit(
            submission=entry,
            expected_version=version,
            by=chairwoman.person,
            **SIGNED | changes,
        )

    return submit


# --- Drafts ------------------------------------------------------------------------


def test_create_begins_a_draft_without_number(chairwoman):
    contest = ContestFactory(phase="open")

    entry = services.create_submission(
        contest=contest,
        organisation=chairwoman.organisation,
        title="Žibintas",
        by=chairwoman.person,
    )

    assert (entry.state, entry.reference, entry.version) == ("draft", "", 1)


def test_create_for_the_organisation_of_others_is_refused(chairwoman):
    other = RepresentativeFactory().organisation

    with pytest.raises(NotYours):
        services.create_submission(
            contest=ContestFactory(phase="open"),
            organisation=other,
            by=chairwoman.person,
        )


def test_create_of_a_second_entry_with_the_same_title_is_refused(draft, chairwoman):
    with pytest.raises(Conflict) as refusal:
        services.create_submission(
            contest=draft.contest,
            organisation=draft.organisation,
            title=draft.title,
            by=chairwoman.person,
        )

    assert refusal.value.code == "entry_exists"
    assert Submission.objects.count() == 1


def test_change_counts_versions(draft, chairwoman):
    changed = services.change_submission(
        submission=draft, expected_version=1, title="Naujas", by=chairwoman.person
    )

    assert (changed.version, changed.title) == (2, "Naujas")


def test_change_over_a_newer_version_is_told_both_contents(draft, chairwoman):
    change = {"submission": draft, "expected_version": 1, "by": chairwoman.person}
    services.change_submission(title="Pirmas", **change)

    with pytest.raises(Stale) as refusal:
        services.change_submission(title="Antras", **change)

    assert refusal.value.extra["current"]["title"] == "Pirmas"
    assert Submission.objects.get().title == "Pirmas"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        pytest.param(
            {
                "started_on": clock.now().date(),
                "finished_on": clock.now().date() - timedelta(1),
            },
            "finished_on",
            id="ends-before-it-starts",
        ),
        pytest.param({"municipality": "LT-99"}, "municipality", id="no-such-place"),
        pytest.param({"nominations": ["best"]}, "nominations", id="not-to-choose"),
    ],
)
def test_change_to_what_cannot_be_is_refused(draft, chairwoman, fields, wrong):
    with pytest.raises(Invalid) as refusal:
        services.change_submission(
            submission=draft, expected_version=1, by=chairwoman.person, **fields
        )

    assert [error.field for error in refusal.value.errors] == [wrong]


def test_unusual_numbers_warn_and_block_nothing(draft):
    draft.measure, draft.project_number = "LEADER", "12"

    assert len(checks.warnings(draft)) == 3  # no end date either


# --- Sending -----------------------------------------------------------------------


def test_submit_freezes_what_was_written_and_gives_a_receipt(draft, submit):
    receipt = submit(draft)

    entry = Submission.objects.get()
    content = receipt.content
    assert (entry.state, entry.reference) == ("submitted", "2026-001")
    assert content.document == freeze(entry)
    assert receipt.sha256 == json_digest(content.document, salt=content.salt)
    assert content.consents == {
        "processing": True,
        "publication": False,
        "people_shown": False,
        "texts_version": "1",
    }


def test_submit_twice_gives_the_same_receipt(draft, submit):
    receipts = [submit(draft) for _ in range(2)]

    assert receipts[0] == receipts[1]
    assert SubmissionVersion.objects.count() == 1


def test_submit_leaves_one_row_in_the_record(draft, submit, chairwoman):
    submit(draft)

    (event,) = Event.objects.filter(action="submissions.submit")
    assert (event.actor_id, event.subject_label, event.details) == (
        chairwoman.person.pk,
        "2026-001",
        {"number": 1},
    )


def test_submit_of_an_incomplete_draft_lists_all_that_is_missing(draft, submit):
    draft.summary, draft.innovation = "", "  "
    draft.save()

    with pytest.raises(Invalid) as refusal:
        submit(draft, consents={"processing": False})

    assert refusal.value.code == "incomplete"
    assert [error.field for error in refusal.value.errors] == [
        "summary",
        "innovation",
        "consents.processing",
    ]


def test_submit_of_a_version_that_is_no_longer_the_last_is_refused(draft, submit):
    draft.version = 2
    draft.save()

    with pytest.raises(Stale):
        submit(draft, version=1)


def test_an_entry_changed_after_sending_stays_entered_as_sent(
    draft, submit, chairwoman
):
    first = submit(draft)
    services.change_submission(
        submission=draft, expected_version=1, title="Kitas", by=chairwoman.person
    )

    entry = Submission.objects.get()
    assert entry.has_unsent_changes
    assert entry.current_version == first
    assert entry.current_version.content.document["title"] == draft.title


def test_sending_again_keeps_the_number_and_the_earlier_version(
    draft, submit, chairwoman
):
    first = submit(draft)
    services.change_submission(
        submission=draft, expected_version=1, title="Kitas", by=chairwoman.person
    )

    second = submit(draft, version=2)

    entry = Submission.objects.get()
    assert (entry.reference, entry.current_version) == ("2026-001", second)
    assert [v.number for v in entry.versions.all()] == [2, 1]
    assert first.content.document["title"] == draft.title


def test_submit_of_a_withdrawn_entry_is_refused(draft, submit, chairwoman):
    services.withdraw(submission=draft, reason="Ne", by=chairwoman.person)

    with pytest.raises(Conflict):
        submit(draft)


# --- The deadline is the database's ------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "is_in_time"),
    [
        pytest.param(1, True, id="a-second-before"),
        pytest.param(0, False, id="at-the-second"),
        pytest.param(-1, False, id="a-second-after"),
    ],
)
def test_the_deadline_is_exclusive(draft, submit, monkeypatch, seconds, is_in_time):
    closes = draft.contest.closes_at
    at = closes - timedelta(seconds=seconds)
    monkeypatch.setattr(clock, "database_now", lambda: at)

    if is_in_time:
        assert submit(draft).submitted_at == at
    else:
        with pytest.raises(NotNow):
            submit(draft)


def test_the_database_decides_whatever_the_web_server_believes(
    draft, submit, time_machine
):
    Contest.objects.update(closes_at=clock.now() + timedelta(minutes=5))
    time_machine.move_to(clock.now() + timedelta(minutes=10))

    assert submit(draft).number == 1


def test_an_extension_counts_at_once(draft, submit, monkeypatch):
    coordinator = CoordinatorFactory(contest=draft.contest).person
    late = draft.contest.closes_at + timedelta(days=1)
    move_deadline(
        contest=draft.contest,
        until=late + timedelta(days=1),
        reason="Daug prašymų",
        by=coordinator,
    )
    monkeypatch.setattr(clock, "database_now", lambda: late)

    assert submit(draft).submitted_at == late


# --- Withdrawing and deciding ------------------------------------------------------


def test_withdraw_keeps_everything_and_says_why(chairwoman):
    entry = SubmissionFactory(organisation=chairwoman.organisation)

    withdrawn = services.withdraw(
        submission=entry, reason="Apsigalvojome", by=chairwoman.person
    )

    assert (withdrawn.state, withdrawn.withdrawn_reason) == (
        "withdrawn",
        "Apsigalvojome",
    )
    assert withdrawn.reference == entry.reference
    assert withdrawn.versions.count() == 1


def test_withdraw_twice_keeps_the_first_reason(chairwoman):
    entry = SubmissionFactory(organisation=chairwoman.organisation)
    for reason in ("Pirma", "Antra"):
        services.withdraw(submission=entry, reason=reason, by=chairwoman.person)

    entry.refresh_from_db()
    assert entry.withdrawn_reason == "Pirma"
    assert Event.objects.filter(action="submissions.withdraw").count() == 1


@pytest.fixture
def sent():
    """An entry to be decided, and who decides."""
    entry = SubmissionFactory(contest__phase="eligibility", state="submitted")
    return entry, CoordinatorFactory(contest=entry.contest).person


def test_eligible_is_who_meets_every_requirement(sent):
    entry, coordinator = sent

    decided = eligibility.decide_eligibility(
        submission=entry, eligible=True, reason="", checks=CHECKS, by=coordinator
    )

    assert (decided.state, decided.checks) == ("eligible", CHECKS)


@pytest.mark.parametrize(
    ("decision", "field"),
    [
        pytest.param(
            {"eligible": True, "checks": CHECKS | {"applicant": False}},
            "checks",
            id="one-not-met",
        ),
        pytest.param({"eligible": True, "checks": {}}, "checks", id="none-checked"),
        pytest.param({"eligible": False, "checks": {}}, "reason", id="no-reason"),
        pytest.param(
            {"eligible": False, "checks": {"blue": True}}, "checks.blue", id="unknown"
        ),
    ],
)
def test_a_decision_that_contradicts_itself_is_refused(sent, decision, field):
    entry, coordinator = sent

    with pytest.raises(Invalid) as refusal:
        eligibility.decide_eligibility(
            submission=entry, reason="", by=coordinator, **decision
        )

    assert [error.field for error in refusal.value.errors] == [field]


@pytest.mark.parametrize(
    ("state", "refusal"), [("draft", NotYours), ("withdrawn", Conflict)]
)
def test_only_what_was_sent_is_decided(sent, state, refusal):
    entry, coordinator = sent
    other = SubmissionFactory(contest=entry.contest, state=state)

    with pytest.raises(refusal):
        eligibility.decide_eligibility(
            submission=other, eligible=False, reason="Ne", checks={}, by=coordinator
        )


def test_a_stranger_changes_nothing(draft):
    with pytest.raises(NotYours):
        services.change_submission(
            submission=draft, expected_version=1, title="Mano", by=UserFactory()
        )
