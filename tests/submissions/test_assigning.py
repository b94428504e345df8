import pytest

from audit.models import Event
from core.errors import Invalid, NotYours
from submissions import assigning
from submissions.models import Assignment
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    RepresentativeFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return ContestFactory(phase="judging")


@pytest.fixture
def coordinator(contest):
    return CoordinatorFactory(contest=contest).person


def test_everything_is_every_eligible_entry_for_every_acting_juror(
    contest, coordinator
):
    entries = [SubmissionFactory(contest=contest) for _ in range(2)]
    for state in ("submitted", "ineligible", "withdrawn", "draft"):
        SubmissionFactory(contest=contest, state=state)
    jurors = JurorFactory.create_batch(2, contest=contest)
    gone = JurorFactory(contest=contest)
    gone.removed_at = gone.invited_at
    gone.save()

    created = assigning.assign_everything(contest=contest, by=coordinator)

    pairs = set(Assignment.objects.values_list("submission", "juror"))
    assert created == 4
    assert pairs == {(entry.pk, juror.pk) for entry in entries for juror in jurors}


def test_assigning_again_adds_only_what_is_new(contest, coordinator):
    SubmissionFactory(contest=contest)
    JurorFactory(contest=contest)
    assigning.assign_everything(contest=contest, by=coordinator)
    JurorFactory(contest=contest)

    created = assigning.assign_everything(contest=contest, by=coordinator)

    assert (created, Assignment.objects.count()) == (1, 2)


def test_a_declared_conflict_outlives_assigning_again(contest, coordinator):
    AssignmentFactory(submission__contest=contest, in_conflict=True)

    assigning.assign_everything(contest=contest, by=coordinator)

    assert Assignment.objects.get().conflict_reason == "A cousin"


def test_a_juror_is_assigned_the_own_organisations_entry_in_conflict(
    contest, coordinator
):
    entry = SubmissionFactory(contest=contest)
    juror = JurorFactory(contest=contest)
    RepresentativeFactory(organisation=entry.organisation, person=juror.person)

    assigning.assign_everything(contest=contest, by=coordinator)

    assignment = Assignment.objects.get()
    assert assignment.conflict_at is not None
    assert assignment.conflict_reason == assigning.REPRESENTS


def test_pairs_of_another_contest_are_refused_as_not_there(contest, coordinator):
    foreign = AssignmentFactory()
    own = SubmissionFactory(contest=contest)

    for pair in (
        (own.pk, foreign.juror.pk),
        (foreign.submission.pk, JurorFactory(contest=contest).pk),
    ):
        with pytest.raises(Invalid):
            assigning.assign(contest=contest, pairs=[pair], by=coordinator)


def test_pairs_are_assigned_all_or_none(contest, coordinator):
    juror = JurorFactory(contest=contest)
    eligible = SubmissionFactory(contest=contest)
    refused = SubmissionFactory(contest=contest, state="ineligible")

    with pytest.raises(Invalid) as refusal:
        assigning.assign(
            contest=contest,
            pairs=[(eligible.pk, juror.pk), (refused.pk, juror.pk)],
            by=coordinator,
        )

    assert refusal.value.errors[0].field == "pairs.1.submission"
    assert not Assignment.objects.exists()


def test_the_same_pair_twice_is_one_assignment(contest, coordinator):
    pair = (SubmissionFactory(contest=contest).pk, JurorFactory(contest=contest).pk)

    created = assigning.assign(contest=contest, pairs=[pair, pair], by=coordinator)

    assert created == 1


def test_assigning_a_thousand_pairs_asks_a_constant_number_of_queries(
    contest, coordinator, django_assert_max_num_queries
):
    entries = [SubmissionFactory(contest=contest) for _ in range(5)]
    jurors = JurorFactory.create_batch(4, contest=contest)
    pairs = [(entry.pk, juror.pk) for entry in entries for juror in jurors]

    with django_assert_max_num_queries(14):
        assigning.assign(contest=contest, pairs=pairs, by=coordinator)


def test_a_conflict_closes_the_entry_and_keeps_the_reason():
    assignment = AssignmentFactory()

    declared = assigning.declare_conflict(
        assignment=assignment, reason="Giminaitė", by=assignment.juror.person
    )

    assert declared.conflict_reason == "Giminaitė"
    (event,) = Event.objects.filter(action="submissions.declare_conflict")
    assert event.reason == ""  # the words stay with the assignment


def test_nobody_declares_the_conflict_of_another_juror():
    assignment = AssignmentFactory()
    other = AssignmentFactory(submission=assignment.submission)

    with pytest.raises(NotYours):
        assigning.declare_conflict(
            assignment=assignment, reason="Jo", by=other.juror.person
        )


def test_a_juror_of_the_preparing_organisation_has_a_conflict(contest, coordinator):
    juror = JurorFactory(contest=contest)
    nominator = RepresentativeFactory(person=juror.person).organisation
    SubmissionFactory(contest=contest, entered_by="nominator", prepared_by=nominator)

    assigning.assign_everything(contest=contest, by=coordinator)

    assert Assignment.objects.get().conflict_at is not None
