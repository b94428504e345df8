"""Conflict beats every role: an official with one is a stranger to the entry."""

import pytest

from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    RepresentativeFactory,
    SheetFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

PHASES_OF_JUDGES = ["judging", "deliberation"]


@pytest.fixture(params=PHASES_OF_JUDGES)
def entry(request):
    """An entry that somebody else judges too, with a sent sheet."""
    entry = SubmissionFactory(contest__phase=request.param)
    SheetFactory(assignment__submission=entry, sent=True, values={"innovation": 9})
    return entry


def addresses(entry, own_assignment):
    """Everything that speaks of the entry."""
    others = entry.assignments.exclude(pk=own_assignment.pk).get()
    yield f"submissions/{entry.pk}/"
    yield f"submissions/{entry.pk}/versions/"
    for assignment in (own_assignment, others):
        yield f"assignments/{assignment.pk}/"
        yield f"assignments/{assignment.pk}/sheet/"


def told(person, entry, own_assignment):
    return {person.get(at).status_code for at in addresses(entry, own_assignment)}


def test_coordinator_with_a_declared_conflict_sees_nothing_of_the_entry(entry):
    juror = JurorFactory(contest=entry.contest)
    CoordinatorFactory(contest=entry.contest, person=juror.person)
    own = AssignmentFactory(submission=entry, juror=juror, in_conflict=True)

    assert told(Person(juror.person), entry, own) == {404}


def test_juror_with_a_declared_conflict_sees_nothing_of_the_entry(entry):
    own = AssignmentFactory(submission=entry, in_conflict=True)

    assert told(Person(own.juror.person), entry, own) == {404}


def test_juror_who_represents_the_organisation_sees_only_what_is_its_own(entry):
    own = AssignmentFactory(submission=entry, in_conflict=True)
    RepresentativeFactory(organisation=entry.organisation, person=own.juror.person)
    person = Person(own.juror.person)

    statuses = {at: person.get(at).status_code for at in addresses(entry, own)}

    seen = [at for at, status in statuses.items() if status == 200]
    assert seen == [f"submissions/{entry.pk}/", f"submissions/{entry.pk}/versions/"]
    assert set(statuses.values()) == {200, 404}


def test_owner_who_coordinates_sees_no_sheet_of_the_own_entry(entry):
    person = UserFactory()
    CoordinatorFactory(contest=entry.contest, person=person)
    RepresentativeFactory(organisation=entry.organisation, person=person)
    sheet = entry.assignments.get()

    answers = [
        Person(person).get(f"assignments/{sheet.pk}/"),
        Person(person).get(f"assignments/{sheet.pk}/sheet/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_owner_who_coordinates_decides_nothing_about_the_own_entry():
    entry = SubmissionFactory(contest__phase="eligibility", state="submitted")
    person = UserFactory()
    CoordinatorFactory(contest=entry.contest, person=person)
    RepresentativeFactory(organisation=entry.organisation, person=person)

    answer = Person(person).post(f"submissions/{entry.pk}/eligibility/", {})

    assert answer.status_code == 404


def test_owner_who_coordinates_is_told_no_juror_of_the_own_entry(entry):
    person = UserFactory()
    CoordinatorFactory(contest=entry.contest, person=person)
    RepresentativeFactory(organisation=entry.organisation, person=person)

    answer = Person(person).get(f"contests/{entry.contest.slug}/assignments/")

    assert answer.json()["results"] == []


def test_owner_who_coordinates_learns_no_place_of_the_own_entry(entry):
    person = UserFactory()
    CoordinatorFactory(contest=entry.contest, person=person)
    RepresentativeFactory(organisation=entry.organisation, person=person)

    ranking = Person(person).get(f"contests/{entry.contest.slug}/ranking/")

    assert entry.reference not in ranking.content.decode()


def test_a_juror_of_another_contest_is_a_stranger_here():
    entry = SubmissionFactory(contest=ContestFactory(phase="judging"))
    own = AssignmentFactory(submission=entry)
    elsewhere = AssignmentFactory().juror.person

    assert told_stranger(elsewhere, entry, own) == {404}


def told_stranger(person, entry, assignment):
    where = [f"submissions/{entry.pk}/", f"assignments/{assignment.pk}/sheet/"]
    return {Person(person).get(at).status_code for at in where}


def test_removed_juror_is_a_stranger_at_the_next_request():
    assignment = AssignmentFactory()
    juror, person = assignment.juror, Person(assignment.juror.person)
    before = person.get(f"assignments/{assignment.pk}/sheet/").status_code
    juror.removed_at = juror.invited_at
    juror.save()

    after = person.get(f"assignments/{assignment.pk}/sheet/").status_code

    assert (before, after) == (200, 404)
