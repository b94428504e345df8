"""By the own assignment alone a juror may what the whole policy lets them, no more."""

import pytest

from contest.models import Juror
from contest.phases import Phase
from core import clock
from core.policy import allows, matrix
from scoring.opening import open_sheet
from submissions.models import Assignment, Submission
from submissions.rules import OwnSheet, with_interest_of
from tests.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    JurorExtensionFactory,
    RepresentativeFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ACTIONS = [name for name in matrix().actions if name.startswith("scoring.")]
Role = Juror.Role


def coordinates(assignment):
    person = assignment.juror.person
    CoordinatorFactory(contest=assignment.submission.contest, person=person)


def represents(assignment, organisation):
    RepresentativeFactory(organisation=organisation, person=assignment.juror.person)


def represents_a_former_one(assignment):
    owner = assignment.submission.organisation
    person = assignment.juror.person
    RepresentativeFactory(organisation=owner, person=person, ended_at=clock.now())


def prepared(assignment):
    entry = assignment.submission
    entry.entered_by = Submission.EnteredBy.ACTION_GROUP
    entry.prepared_by = SubmissionFactory().organisation
    entry.save()
    represents(assignment, entry.prepared_by)


def has_a_conflict(assignment):
    assignment.conflict_at, assignment.conflict_reason = clock.now(), "A cousin"
    assignment.save()


def was_never_sent(assignment):
    assignment.submission = SubmissionFactory(
        contest=assignment.submission.contest, state=Submission.State.DRAFT
    )
    assignment.save()


def sits(**seat):
    def change(assignment):
        Juror.objects.filter(pk=assignment.juror.pk).update(**seat)

    return change


LIVES = {
    "a member": lambda _assignment: None,
    "the chair": sits(role=Role.CHAIR),
    "a secretary": sits(role=Role.SECRETARY),
    "a waiting substitute": sits(role=Role.SUBSTITUTE),
    "an active substitute": sits(role=Role.SUBSTITUTE, activated_at=clock.now()),
    "a removed member": sits(removed_at=clock.now()),
    "a planned member": sits(invited_at=None),
    "a member who coordinates": coordinates,
    "a member in conflict": has_a_conflict,
    "a member of the owner": lambda own: represents(own, own.submission.organisation),
    "a former member of the owner": represents_a_former_one,
    "a member of who prepared it": prepared,
    "a member, of a draft": was_never_sent,
}


def allowed(assignment, person):
    """What a person may do by the own assignment, and what by the whole policy."""
    known = with_interest_of(Assignment.objects.all(), person).get(pk=assignment.pk)
    own = {action for action in ACTIONS if allows(person, action, OwnSheet(known))}
    whole = Assignment.objects.get(pk=assignment.pk)
    return own, {action for action in ACTIONS if allows(person, action, whole)}


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.JUDGING, Phase.DELIBERATION])
@pytest.mark.parametrize("life", LIVES)
def test_the_own_assignment_opens_nothing_more(life, phase):
    assignment = AssignmentFactory(submission__contest__phase=phase)
    LIVES[life](assignment)

    own, whole = allowed(assignment, assignment.juror.person)

    assert own <= whole
    assert "scoring.save_score" not in own ^ whole


def test_the_own_assignment_opens_nothing_to_others():
    assignment = AssignmentFactory()
    coordinator = CoordinatorFactory(contest=assignment.submission.contest).person

    for person in (coordinator, UserFactory()):
        assert allowed(assignment, person)[0] == set()


def test_more_time_is_found_by_asking_again():
    assignment = AssignmentFactory(submission__contest__phase=Phase.DELIBERATION)
    JurorExtensionFactory(juror=assignment.juror)
    juror = assignment.juror.person

    own, whole = allowed(assignment, juror)
    opened = open_sheet(assignment.pk, action="scoring.save_score", by=juror)

    assert "scoring.save_score" in whole - own
    assert opened.sheet.pk == assignment.pk
