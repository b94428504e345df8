import pytest

from audit.models import Event
from core.errors import Conflict, Invalid, NotNow, NotYours
from submissions import conflicts
from submissions.models import Assignment, ConflictEvent
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    RepresentativeFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment():
    return AssignmentFactory()


@pytest.fixture
def coordinator(assignment):
    return CoordinatorFactory(contest=assignment.submission.contest).person


def declare(assignment, reason="Giminaitė"):
    return conflicts.declare_conflict(
        assignment=assignment, reason=reason, by=assignment.juror.person
    )


def withdraw(assignment):
    conflicts.withdraw_conflict(assignment=assignment, by=assignment.juror.person)


def history():
    return list(ConflictEvent.objects.values_list("kind", flat=True))


def test_a_conflict_closes_the_entry_and_keeps_the_reason(assignment):
    declared = declare(assignment)

    assert declared.conflict_reason == "Giminaitė"
    (event,) = Event.objects.filter(action="submissions.declare_conflict")
    assert event.reason == ""  # the words stay with the assignment
    assert history() == ["declared"]


def test_nobody_declares_the_conflict_of_another_juror(assignment):
    other = AssignmentFactory(submission=assignment.submission)

    with pytest.raises(NotYours):
        conflicts.declare_conflict(
            assignment=assignment, reason="Jo", by=other.juror.person
        )


def test_a_conflict_is_taken_back_until_it_is_confirmed(assignment):
    declare(assignment)

    withdraw(assignment)

    assignment.refresh_from_db()
    assert (assignment.conflict_at, assignment.conflict_reason) == (None, "")
    assert history() == ["declared", "withdrawn"]


def test_a_confirmed_conflict_is_not_taken_back(assignment, coordinator):
    declare(assignment)
    conflicts.confirm_conflict(assignment=assignment, by=coordinator)

    with pytest.raises(Conflict) as refusal:
        withdraw(assignment)

    assert refusal.value.code == "conflict_confirmed"
    assert Assignment.objects.in_conflict().exists()


def test_a_conflict_that_the_house_found_is_not_taken_back(assignment, coordinator):
    contest = assignment.submission.contest
    juror = JurorFactory(contest=contest)
    RepresentativeFactory(
        organisation=assignment.submission.organisation, person=juror.person
    )
    where = f"contests/{contest.slug}/assignments/"
    Person(coordinator).post(where, {"everything": True})
    found = Assignment.objects.get(juror=juror)

    with pytest.raises(Conflict):
        withdraw(found)

    assert history() == ["found"]


def test_confirming_twice_is_confirming_once(assignment, coordinator):
    declare(assignment)

    for _ in range(2):
        conflicts.confirm_conflict(assignment=assignment, by=coordinator)

    assert history() == ["declared", "confirmed"]


def test_a_lifted_conflict_opens_the_entry_and_leaves_its_reason(
    assignment, coordinator
):
    declare(assignment)

    conflicts.lift_conflict(assignment=assignment, reason="Klaida", by=coordinator)

    assignment.refresh_from_db()
    assert assignment.conflict_at is None
    assert history() == ["declared", "lifted"]
    assert Event.objects.get(action="submissions.lift_conflict").reason == "Klaida"


@pytest.mark.parametrize("act", ["confirm_conflict", "lift_conflict"])
def test_where_there_is_no_conflict_nothing_is_decided(assignment, coordinator, act):
    how = {"reason": "x"} if act == "lift_conflict" else {}

    with pytest.raises(Conflict) as refusal:
        getattr(conflicts, act)(assignment=assignment, by=coordinator, **how)

    assert refusal.value.code == "no_conflict"


def test_a_coordinator_with_a_conflict_does_not_lift_it(assignment):
    CoordinatorFactory(
        contest=assignment.submission.contest, person=assignment.juror.person
    )
    declare(assignment)

    with pytest.raises(NotYours):
        conflicts.lift_conflict(
            assignment=assignment, reason="Ne", by=assignment.juror.person
        )


# --- Without an assignment -----------------------------------------------------------


@pytest.fixture
def entry():
    return SubmissionFactory(contest__phase="eligibility", state="submitted")


@pytest.fixture
def juror(entry):
    return JurorFactory(contest=entry.contest)


def state(entry, juror):
    return conflicts.state_conflict(
        contest=entry.contest,
        submission_id=entry.pk,
        reason="Kaimynai",
        by=juror.person,
    )


def test_a_conflict_is_stated_before_anything_is_assigned(entry, juror):
    stated = state(entry, juror)

    stated.refresh_from_db()
    assert (stated.is_assigned, stated.conflict_reason) == (False, "Kaimynai")
    assert history() == ["declared"]


def test_stating_it_twice_is_stating_it_once(entry, juror):
    assert state(entry, juror) == state(entry, juror)
    assert history() == ["declared"]


def test_a_stated_conflict_that_is_taken_back_leaves_no_pair(entry, juror):
    stated = state(entry, juror)

    withdraw(stated)

    assert not Assignment.objects.exists()
    assert history() == ["declared", "withdrawn"]


def test_a_stated_conflict_closes_a_coordinators_eyes(entry, juror):
    coordinator = CoordinatorFactory(contest=entry.contest, person=juror.person)
    before = Person(coordinator.person).get(f"submissions/{entry.pk}/").status_code
    state(entry, juror)

    after = Person(coordinator.person).get(f"submissions/{entry.pk}/").status_code

    assert (before, after) == (200, 404)


def test_stating_ends_with_judging(entry):
    published = SubmissionFactory(contest__phase="published")
    late = JurorFactory(contest=published.contest)

    with pytest.raises(NotNow):
        state(published, late)
    with pytest.raises(NotYours):
        conflicts.state_conflict(
            contest=entry.contest, submission_id=entry.pk, reason="x", by=late.person
        )

    assert not Assignment.objects.exists()


def test_a_draft_or_a_foreign_entry_is_not_there(juror, entry):
    draft = SubmissionFactory(contest=entry.contest, state="draft")
    foreign = SubmissionFactory(contest=ContestFactory())

    for other in (draft, foreign):
        with pytest.raises(Invalid):
            conflicts.state_conflict(
                contest=entry.contest,
                submission_id=other.pk,
                reason="x",
                by=juror.person,
            )


def test_candidates_are_titles_only(entry, juror):
    SubmissionFactory(contest=entry.contest, state="draft")
    SubmissionFactory(contest=entry.contest, state="withdrawn")
    stated = state(entry, juror)

    page = Person(juror.person).get(
        f"contests/{entry.contest.slug}/conflict-candidates/"
    )

    assert page.json()["results"] == [
        {
            "submission": str(entry.pk),
            "reference": entry.reference,
            "title": entry.title,
            "conflict": str(stated.pk),
        }
    ]


# --- On the juror's behalf -----------------------------------------------------------


def test_a_coordinator_writes_a_conflict_down_for_a_juror(entry, juror):
    coordinator = CoordinatorFactory(contest=entry.contest).person

    recorded = conflicts.record_conflict(
        contest=entry.contest,
        submission_id=entry.pk,
        juror_id=juror.pk,
        reason="Pranešė telefonu",
        by=coordinator,
    )

    assert recorded.conflict_confirmed_at is not None
    assert history() == ["declared", "confirmed"]


def test_a_coordinator_does_not_choose_the_jury_of_the_own_entry(entry, juror):
    person = UserFactory()
    CoordinatorFactory(contest=entry.contest, person=person)
    RepresentativeFactory(organisation=entry.organisation, person=person)

    with pytest.raises(NotYours):
        conflicts.record_conflict(
            contest=entry.contest,
            submission_id=entry.pk,
            juror_id=juror.pk,
            reason="Per griežta",
            by=person,
        )

    assert not Assignment.objects.exists()


def test_conflicts_are_listed_and_filtered_for_the_coordinator(assignment, coordinator):
    declare(assignment)
    confirmed = AssignmentFactory(submission=assignment.submission, in_conflict=True)
    conflicts.confirm_conflict(assignment=confirmed, by=coordinator)
    slug = assignment.submission.contest.slug

    def listed(query):
        where = f"contests/{slug}/conflicts/{query}"
        return [r["id"] for r in Person(coordinator).get(where).json()["results"]]

    assert len(listed("")) == 2
    assert listed("?confirmed=false") == [str(assignment.pk)]
    assert listed("?confirmed=true") == [str(confirmed.pk)]


def test_the_juror_takes_it_back_at_the_address_that_declared_it(assignment):
    juror = Person(assignment.juror.person)
    where = f"assignments/{assignment.pk}/conflict/"

    statuses = [
        juror.post(where, {"reason": "Giminaitė"}).status_code,
        juror.get(f"assignments/{assignment.pk}/").status_code,
        juror.delete(where).status_code,
        juror.get(f"assignments/{assignment.pk}/").status_code,
    ]

    assert statuses == [200, 404, 204, 200]


# --- Taken back by the office --------------------------------------------------------


def write_down(entry, juror, by, **how):
    return conflicts.record_conflict(
        contest=entry.contest,
        submission_id=entry.pk,
        juror_id=juror.pk,
        reason="Pranešė telefonu",
        by=by,
        **how,
    )


@pytest.fixture
def office(entry):
    return CoordinatorFactory(contest=entry.contest).person


def take_back(pair, by, reason="Ne ta paraiška"):
    conflicts.withdraw_conflict(assignment=pair, reason=reason, by=by)


def test_what_was_written_down_wrongly_is_taken_back_with_a_reason(
    entry, juror, office
):
    pair = write_down(entry, juror, office, confirmed=False)

    take_back(pair, office)

    assert not Assignment.objects.exists()
    assert history() == ["declared", "withdrawn"]
    (event,) = Event.objects.filter(action="submissions.withdraw_conflict")
    assert event.reason == "Ne ta paraiška"


def test_taking_back_for_a_juror_needs_a_reason(entry, juror, office):
    pair = write_down(entry, juror, office, confirmed=False)

    with pytest.raises(Invalid):
        take_back(pair, office, reason="")

    assert Assignment.objects.in_conflict().exists()


def test_the_office_does_not_take_back_what_the_juror_declared(assignment, coordinator):
    declare(assignment)

    with pytest.raises(Conflict) as refusal:
        take_back(assignment, coordinator)

    assert refusal.value.code == "declared_by_juror"
    assert Assignment.objects.in_conflict().exists()


def test_what_was_confirmed_is_only_lifted(entry, juror, office):
    pair = write_down(entry, juror, office)

    with pytest.raises(Conflict) as refusal:
        take_back(pair, office)

    assert refusal.value.code == "conflict_confirmed"


def test_the_juror_takes_back_what_was_written_down(entry, juror, office):
    pair = write_down(entry, juror, office, confirmed=False)

    take_back(pair, juror.person, reason="")

    assert not Assignment.objects.exists()
