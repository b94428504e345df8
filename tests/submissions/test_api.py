"""What the address of an entry adds to the service."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from contest import rulebook
from contest.models import Contest
from core import clock
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
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
def draft():
    return SubmissionFactory(contest__phase="open", state="draft")


@pytest.fixture
def chairwoman(draft):
    return Person(RepresentativeFactory(organisation=draft.organisation).person)


def send(person, draft):
    return person.post(f"submissions/{draft.pk}/submit/", {"version": 1, **SIGNED})


def test_a_receipt_is_given_again_for_the_same_sending(draft, chairwoman):
    first, second = send(chairwoman, draft), send(chairwoman, draft)

    assert set(first.json()) == {"reference", "number", "submitted_at", "sha256"}
    assert second.json() == first.json()


def test_what_was_sent_is_shown_with_its_dates_and_amounts():
    entry = SubmissionFactory(
        contest__phase="eligibility",
        state="submitted",
        started_on=date(2024, 3, 1),
        finished_on=date(2025, 5, 31),
        total=Decimal("18407.00"),
        grant_awarded=Decimal("20000.00"),
    )
    coordinator = Person(CoordinatorFactory(contest=entry.contest).person)

    shown = coordinator.get(f"submissions/{entry.pk}/").json()

    assert (shown["finished_on"], shown["total"]) == ("2025-05-31", "18407.00")
    assert any("20000.00" in warning for warning in shown["warnings"])


def test_a_web_server_whose_clock_is_ahead_refuses_nobody(
    draft, chairwoman, time_machine
):
    Contest.objects.update(closes_at=clock.now() + timedelta(minutes=5))
    time_machine.move_to(clock.now() + timedelta(minutes=10))

    assert send(chairwoman, draft).status_code == 200


def test_a_draft_that_was_never_sent_is_not_there_for_its_coordinator(draft):
    coordinator = Person(CoordinatorFactory(contest=draft.contest).person)
    coordinator.client.raise_request_exception = False

    assert coordinator.get(f"submissions/{draft.pk}/").status_code == 404


def test_an_amount_is_read_as_lithuanians_write_it(draft, chairwoman):
    answer = chairwoman.patch(
        f"submissions/{draft.pk}/", {"total": "18 407,50", "version": 1}
    )

    assert answer.json()["total"] == "18407.50"


def test_a_change_names_only_the_answers_that_differ():
    rules = rulebook.template("lkbs")
    rules["questions"] = [
        {"code": code, "title": {"lt": code}, "kind": "text"} for code in ("one", "two")
    ]
    draft = SubmissionFactory(
        contest=ContestFactory(phase="open", document=rules),
        state="draft",
        answers={"one": "Pirmas", "two": "Antras"},
    )
    owner = Person(RepresentativeFactory(organisation=draft.organisation).person)

    def answered(version, **answers):
        body = {"answers": answers, "version": version}
        return owner.patch(f"submissions/{draft.pk}/", body).json()["answers"]

    assert answered(1, two="Kitas") == {"one": "Pirmas", "two": "Kitas"}
    assert answered(2, one="") == {"two": "Kitas"}


def test_an_answer_to_no_question_is_refused(draft, chairwoman):
    answer = chairwoman.patch(
        f"submissions/{draft.pk}/", {"answers": {"nobody_asked": "Taip"}, "version": 1}
    )

    assert answer.status_code == 400


def test_a_conflict_declared_by_a_double_click_is_one():
    assignment = AssignmentFactory()
    juror = Person(assignment.juror.person)
    where = f"assignments/{assignment.pk}/conflict/"

    answers = [juror.post(where, {"reason": "Giminaitė"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
