"""Given back to be corrected: asked for, answered, or left standing."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import Conflict, Invalid, NotNow
from submissions import eligibility, returning, services
from submissions.models import CorrectionRequest, Submission
from tests.api import Person
from tests.factories import (
    ActFactory,
    CoordinatorFactory,
    RepresentativeFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db

SIGNED = {
    "signed_by": "Ona Onaitė",
    "signed_role": "pirmininkė",
    "consents": {"processing": True},
}


@pytest.fixture
def owner():
    return RepresentativeFactory()


@pytest.fixture
def sent(owner):
    return SubmissionFactory(
        contest__phase="eligibility",
        organisation=owner.organisation,
        state="submitted",
        place="Kaimas",
    )


@pytest.fixture
def coordinator(sent):
    return CoordinatorFactory(contest=sent.contest).person


@pytest.fixture
def give_back(sent, coordinator):
    def give_back(*fields, days=3):
        return returning.return_for_correction(
            submission=sent,
            reason="Trūksta sumos",
            fields=list(fields),
            until=clock.now() + timedelta(days=days),
            by=coordinator,
        )

    return give_back


@pytest.fixture
def change(sent, owner):
    def change(version=1, **fields):
        return services.change_submission(
            submission=sent, expected_version=version, by=owner.person, **fields
        )

    return change


@pytest.fixture
def submit(sent, owner):
    def submit(version=2):
        return services.submit(
            submission=sent, expected_version=version, by=owner.person, **SIGNED
        )

    return submit


def test_without_a_request_nothing_is_changed_after_the_deadline(change):
    with pytest.raises(NotNow):
        change(title="Vėlu")


def test_a_request_opens_the_entry_until_its_own_deadline(give_back, change, submit):
    give_back()
    change(title="Pataisytas")

    receipt = submit()

    entry = Submission.objects.get()
    assert (entry.state, receipt.number) == ("submitted", 2)
    assert (entry.returned_until, entry.returned_reason) == (None, "")
    assert entry.sent_document["title"] == "Pataisytas"
    assert CorrectionRequest.objects.count() == 1


def test_only_what_was_asked_for_is_changed(give_back, change):
    give_back("total")

    changed = change(total=5)

    assert changed.total == 5
    with pytest.raises(NotNow) as refusal:
        change(version=2, title="Kitas")
    assert refusal.value.code == "not_asked_for"
    assert "title" in refusal.value.message


def test_naming_an_unchanged_field_is_no_change_of_it(sent, give_back, change):
    give_back("total")

    assert change(total=5, title=sent.title).version == 2


def test_changes_that_were_never_sent_do_not_slip_in(sent, give_back, change, submit):
    sent.place, sent.version = "Nesiųsta", 2
    sent.save()
    give_back("total")
    change(version=2, total=5)

    submit(version=3)

    document = Submission.objects.get().sent_document
    assert (document["place"], document["total"]) == ("Kaimas", "5.00")


def test_an_unchanged_entry_may_be_sent_as_the_answer(give_back, submit):
    give_back()

    assert submit(version=1).number == 2
    assert Submission.objects.get().state == "submitted"


def test_a_missed_deadline_leaves_the_entry_standing(
    sent, give_back, change, coordinator, time_machine
):
    give_back()
    time_machine.move_to(clock.now() + timedelta(days=4))

    shown = Person(coordinator).get(f"submissions/{sent.pk}/").json()

    assert shown["state"] == "submitted"
    with pytest.raises(NotNow):
        change(title="Vėlu")
    decided = eligibility.decide_eligibility(
        submission=sent, eligible=False, reason="Ne", checks={}, by=coordinator
    )
    assert decided.state == "ineligible"


def test_judging_ends_a_correction(sent, give_back, change):
    give_back()
    ActFactory(contest=sent.contest)

    with pytest.raises(NotNow):
        change(title="Vėlu")
    assert Submission.objects.get().standing_state == "submitted"


def test_while_it_is_corrected_nothing_is_decided(sent, give_back, coordinator):
    give_back()

    with pytest.raises(Conflict) as refusal:
        eligibility.decide_eligibility(
            submission=sent, eligible=False, reason="Ne", checks={}, by=coordinator
        )

    assert refusal.value.code == "waiting_for_correction"


def test_giving_back_takes_a_decision_back_and_keeps_it_in_the_history(
    sent, give_back, coordinator
):
    eligibility.decide_eligibility(
        submission=sent, eligible=False, reason="Ne", checks={}, by=coordinator
    )

    returned = give_back()

    assert (returned.state, returned.decided_at) == ("returned", None)
    assert [d.eligible for d in sent.decisions.all()] == [False]


@pytest.mark.parametrize(
    ("fields", "days", "wrong"),
    [(["colour"], 3, "fields.0"), (["answers"], 3, "fields.0"), ([], -1, "until")],
)
def test_a_request_for_what_is_not_there_is_refused(give_back, fields, days, wrong):
    with pytest.raises(Invalid) as refusal:
        give_back(*fields, days=days)

    assert [error.field for error in refusal.value.errors] == [wrong]


def test_the_list_is_filtered_by_what_stands(give_back, coordinator, time_machine):
    give_back()
    person = Person(coordinator)
    found = {}
    for days in (0, 4):
        time_machine.move_to(clock.now() + timedelta(days=days))
        for state in ("returned", "submitted"):
            page = person.get(f"submissions/?state={state}").json()
            found[days, state] = page["count"]

    assert found == {
        (0, "returned"): 1,
        (0, "submitted"): 0,
        (4, "returned"): 0,
        (4, "submitted"): 1,
    }
