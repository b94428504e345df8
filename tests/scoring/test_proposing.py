"""Acts that two persons do: proposed by one, confirmed by another."""

import copy
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import override

from audit.models import Event
from contest import rulebook
from contest.course import record_act
from contest.models import Proposal
from contest.phases import ActKind
from core import clock
from core.errors import Conflict
from scoring.models import FrozenResult, Sheet
from submissions.conflicts import lift_conflict
from submissions.models import Assignment
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    ProposalFactory,
    SheetFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db

VALUES = dict.fromkeys(
    ("innovation", "success", "social_responsibility", "originality"), 7
)


def contest_of_two(phase, **changes):
    document = rulebook.template("lkbs") | {"two_persons": True, **changes}
    return ContestFactory(phase=phase, document=document)


@pytest.fixture
def contest():
    """In deliberation, by rules that ask for two; one entry has a score."""
    contest = contest_of_two("deliberation")
    entry = SubmissionFactory(contest=contest)
    assignment = AssignmentFactory(submission=entry)
    SheetFactory(assignment=assignment, sent=True, values=VALUES)
    return contest


def coordinator_of(contest):
    return Person(CoordinatorFactory(contest=contest).person)


@pytest.fixture
def first(contest):
    return coordinator_of(contest)


@pytest.fixture
def second(contest):
    return coordinator_of(contest)


def where(contest, rest=""):
    return f"contests/{contest.slug}/proposals/{rest}"


def propose(person, contest, kind="publish", **more):
    answer = person.post(where(contest), {"kind": kind, "reason": "Posėdis", **more})
    assert answer.status_code == 201, answer.json()
    return answer.json()


def confirm(person, contest, proposal):
    return person.post(where(contest, f"{proposal['id']}/confirm/"))


def phase(contest):
    return type(contest).objects.get(pk=contest.pk).state_at(clock.now()).phase


# --- The way through -----------------------------------------------------------


def test_what_one_proposes_another_confirms(contest, first, second):
    proposal = propose(first, contest)
    waiting = phase(contest)

    done = confirm(second, contest, proposal)

    assert (waiting, phase(contest)) == ("deliberation", "published")
    assert done.status_code == 200
    assert done.json()["state"] == "confirmed"
    assert done.json()["decided_by"]["id"] == str(second.user.pk)
    assert FrozenResult.objects.get(act__kind="publish").contest == contest


def test_both_persons_are_in_the_record(contest, first, second):
    confirm(second, contest, propose(first, contest))

    rows = dict(
        Event.objects.filter(contest_id=contest.pk).values_list("action", "actor_id")
    )
    assert rows["contest.propose"] == first.user.pk
    assert rows["contest.confirm_proposal"] == second.user.pk
    assert rows["contest.publish"] == second.user.pk


def test_a_published_result_is_taken_back_by_two(contest, first, second):
    confirm(second, contest, propose(first, contest))

    confirm(first, contest, propose(second, contest, "unpublish"))

    assert phase(contest) == "deliberation"


def test_judging_is_reopened_by_two(contest, first, second):
    confirm(second, contest, propose(first, contest, "reopen_judging"))

    assert phase(contest) == "judging"


def test_weights_are_changed_by_two():
    contest = contest_of_two("judging")
    first, second = coordinator_of(contest), coordinator_of(contest)
    document = copy.deepcopy(contest.rulebook.document)
    document["criteria"][0]["weight"] = "2"

    proposal = propose(first, contest, "change_weights", document=document, version=1)
    before = contest.rulebooks.count()
    confirm(second, contest, proposal)

    assert (before, contest.rulebooks.count()) == (1, 2)
    assert contest.rulebooks.first().document["criteria"][0]["weight"] == "2"
    assert proposal["document"]["criteria"][0]["weight"] == "2"


def test_a_conflict_is_lifted_by_two():
    contest = contest_of_two("judging")
    first, second = coordinator_of(contest), coordinator_of(contest)
    pair = AssignmentFactory(submission__contest=contest, in_conflict=True)

    proposal = propose(first, contest, "lift_conflict", subject=str(pair.pk))
    standing = Assignment.objects.get(pk=pair.pk).conflict_at
    confirm(second, contest, proposal)

    assert standing is not None
    assert Assignment.objects.get(pk=pair.pk).conflict_at is None


# --- Nobody alone --------------------------------------------------------------


@pytest.mark.parametrize("kind", ["publish", "reopen_judging"])
def test_nobody_does_alone_what_takes_two(contest, first, kind):
    answer = first.post(
        f"contests/{contest.slug}/acts/", {"kind": kind, "reason": "Skubu"}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "two_persons")
    assert phase(contest) == "deliberation"


def test_nobody_lifts_a_conflict_alone():
    contest = contest_of_two("judging")
    coordinator = CoordinatorFactory(contest=contest).person
    pair = AssignmentFactory(submission__contest=contest, in_conflict=True)

    with override("en"), pytest.raises(Conflict, match="two persons"):
        lift_conflict(assignment=pair, reason="Klaida", by=coordinator)


def test_nobody_changes_weights_alone():
    contest = contest_of_two("judging")
    first = coordinator_of(contest)
    document = copy.deepcopy(contest.rulebook.document)
    document["criteria"][0]["weight"] = "2"

    answer = first.put(
        f"contests/{contest.slug}/rulebook/weights/",
        {"document": document, "reason": "Klaida", "version": 1},
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "two_persons")


def test_nobody_confirms_the_own_proposal(contest, first):
    answer = confirm(first, contest, propose(first, contest))

    assert (answer.status_code, answer.json()["code"]) == (409, "own_proposal")
    assert phase(contest) == "deliberation"


def test_the_database_refuses_a_confirmation_by_the_proposer():
    proposal = ProposalFactory()

    with pytest.raises(IntegrityError, match="another"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(
            state="confirmed",
            decided_by=proposal.proposed_by,
            decided_at=clock.now(),
        )


def test_where_one_is_enough_nothing_is_proposed():
    contest = ContestFactory(phase="deliberation")

    answer = coordinator_of(contest).post(
        where(contest), {"kind": "publish", "reason": "Posėdis"}
    )

    assert answer.json()["code"] == "one_person_is_enough"


def test_where_one_is_enough_a_reason_is_asked_for():
    contest = ContestFactory(phase="deliberation")
    acts = f"contests/{contest.slug}/acts/"
    person = coordinator_of(contest)

    without = person.post(acts, {"kind": "publish"})
    with_one = person.post(acts, {"kind": "publish", "reason": "Protokolas Nr. 3"})

    assert (without.status_code, with_one.status_code) == (400, 201)


# --- Who may be the second one ---------------------------------------------------


def juror_coordinator(contest):
    person = CoordinatorFactory(contest=contest).person
    JurorFactory(contest=contest, person=person)
    return Person(person)


def test_a_coordinator_on_the_panel_may_be_the_second_to_publish(contest, first):
    second = juror_coordinator(contest)

    answer = confirm(second, contest, propose(first, contest))

    assert (answer.status_code, phase(contest)) == (200, "published")


def test_with_an_own_conflict_nobody_is_the_second_to_publish(contest, first):
    second = juror_coordinator(contest)
    AssignmentFactory(
        submission=contest.submissions.get(),
        juror=contest.jurors.get(person=second.user),
        in_conflict=True,
    )

    answer = confirm(second, contest, propose(first, contest))

    assert (answer.status_code, phase(contest)) == (404, "deliberation")


def test_a_coordinator_on_the_panel_confirms_nothing_else(contest, first):
    second = juror_coordinator(contest)

    answer = confirm(second, contest, propose(first, contest, "reopen_judging"))

    assert answer.status_code == 404
    assert phase(contest) == "deliberation"


# --- What makes a proposal void ----------------------------------------------------


def test_a_proposal_is_taken_back(contest, first, second):
    proposal = propose(first, contest)

    taken = first.post(where(contest, f"{proposal['id']}/withdraw/"))
    late = confirm(second, contest, proposal)

    assert taken.json()["state"] == "withdrawn"
    assert (late.status_code, late.json()["code"]) == (409, "proposal_settled")
    assert phase(contest) == "deliberation"


def test_a_proposal_is_declined_by_somebody_else(contest, first, second):
    proposal = propose(first, contest)

    declined = second.post(where(contest, f"{proposal['id']}/withdraw/"))

    assert declined.json()["state"] == "declined"


def test_a_proposal_waits_for_its_time_and_no_longer(contest, first, second):
    proposal = ProposalFactory(
        contest=contest,
        proposed_by=first.user,
        expires_at=clock.now() - timedelta(seconds=1),
    )

    listed = second.get(where(contest)).json()["results"][0]
    late = confirm(second, contest, {"id": proposal.pk})
    anew = propose(first, contest, "reopen_judging")

    assert listed["state"] == "expired"
    assert (late.status_code, late.json()["code"]) == (409, "proposal_expired")
    waits = Proposal.objects.get(pk=anew["id"])
    assert waits.expires_at - waits.proposed_at == settings.PROPOSALS_LAST


def test_a_ranking_that_changed_makes_the_proposal_out_of_date(contest, first, second):
    proposal = propose(first, contest)
    Sheet.objects.update(excluded_at=clock.now(), excluded_reason="Abejotina")

    answer = confirm(second, contest, proposal)
    shown = second.get(where(contest, f"{proposal['id']}/")).json()

    assert (answer.status_code, answer.json()["code"]) == (409, "proposal_outdated")
    assert shown["state"] == "outdated"
    assert phase(contest) == "deliberation"


def test_an_act_in_between_makes_the_proposal_out_of_date(contest, first, second):
    publishing = propose(first, contest)
    confirm(second, contest, propose(first, contest, "reopen_judging"))

    answer = confirm(second, contest, publishing)

    assert answer.status_code in {403, 409}
    assert phase(contest) == "judging"


def test_who_lost_the_right_has_proposed_nothing(contest, first, second):
    proposal = propose(first, contest)
    contest.coordinators.filter(person=first.user).delete()

    answer = confirm(second, contest, proposal)

    assert answer.json()["code"] == "proposal_outdated"


def test_the_same_is_proposed_once(contest, first, second):
    propose(first, contest)

    again = second.post(where(contest), {"kind": "publish", "reason": "Ir aš"})

    assert (again.status_code, again.json()["code"]) == (409, "already_proposed")


def test_what_is_out_of_date_makes_room_for_the_next(contest, first, second):
    propose(first, contest)
    Sheet.objects.update(excluded_at=clock.now(), excluded_reason="Abejotina")

    confirm(second, contest, propose(first, contest))

    assert phase(contest) == "published"
    assert list(contest.proposals.values_list("state", flat=True)) == [
        "confirmed",
        "outdated",
    ]


def test_the_conflict_of_another_contest_is_not_lifted_here():
    contest = contest_of_two("judging")
    foreign = AssignmentFactory(in_conflict=True)

    answer = coordinator_of(contest).post(
        where(contest),
        {"kind": "lift_conflict", "reason": "Klaida", "subject": str(foreign.pk)},
    )

    assert answer.status_code == 400


def test_each_kind_names_what_it_is_about(contest, first):
    answers = [
        first.post(where(contest), {"kind": kind, "reason": "Ne taip", **more})
        for kind, more in (
            ("lift_conflict", {}),
            ("change_weights", {"version": 1}),
            ("publish", {"version": 1}),
        )
    ]

    assert [answer.status_code for answer in answers] == [400, 400, 400]


def test_without_the_switch_acts_are_done_alone():
    """The control: the refusals above come from the rules."""
    contest = ContestFactory(phase="deliberation")
    coordinator = CoordinatorFactory(contest=contest).person

    record_act(
        contest=contest, kind=ActKind.PUBLISH, reason="Protokolas", by=coordinator
    )

    assert phase(contest) == "published"
