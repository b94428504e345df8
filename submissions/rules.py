"""What a person is towards an entry: the rows ``submissions.*`` of the matrix."""

from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q, Value

from contest.models import Contest
from contest.phases import Phase
from contest.rules import (
    COORDINATOR_JUROR,
    JUROR_OTHER,
    OFFICIALS,
    REPRESENTATIVE,
    role_facts,
    roles_in,
    standing_in,
    tell_roles,
    was_on_panel,
)
from core import clock
from core.policy import Standing, register_permissions, standing
from organisations.models import Representative
from organisations.rules import OTHER_OWNER, OWNER, ownership
from submissions.models import Assignment, Attachment, JurorExtension, Submission

JUROR_ASSIGNED = "juror_assigned"
JUROR_IN_CONFLICT = "juror_in_conflict"

register_permissions("submissions")


@dataclass(frozen=True, slots=True)
class OwnWork:
    """All that a juror has to score in a contest."""

    contest: Contest


@standing.register
def _standing_towards_submission(obj: Submission, user) -> Standing:
    roles = _roles(obj, user, _own_assignment(obj, user))
    return standing_in(obj.contest, roles)


@standing.register
def _standing_towards_assignment(obj: Assignment, user) -> Standing:
    """As towards the entry, but ``juror_assigned`` only for one's own assignment."""
    is_own = user.is_authenticated and obj.juror.person_id == user.pk
    if is_own:
        roles = _roles(obj.submission, user, obj)
        return _with_more_time(obj.submission.contest, user, roles)
    own = _own_assignment(obj.submission, user)
    own_roles = {JUROR_ASSIGNED, JUROR_IN_CONFLICT}
    roles = _roles(obj.submission, user, own) - own_roles
    return standing_in(obj.submission.contest, roles)


@standing.register
def _standing_towards_attachment(obj: Attachment, user) -> Standing:
    """As towards the entry; which of its files one may open, ``selectors`` tells."""
    return _standing_towards_submission(obj.submission, user)


@standing.register
def _standing_towards_own_work(obj: OwnWork, user) -> Standing:
    return _with_more_time(obj.contest, user, roles_in(obj.contest, user))


def _with_more_time(contest, user, roles):
    """Towards the own sheets judging goes on while an extension runs.

    Decided by the database's clock, and asked only once judging was closed. A juror who
    coordinates sees everybody's scores by then, and has no more time.
    """
    usual = standing_in(contest, roles)
    is_juror_only = JUROR_OTHER in roles and COORDINATOR_JUROR not in roles
    if usual.phase != Phase.DELIBERATION or not is_juror_only:
        return usual
    running = JurorExtension.objects.running(clock.database_now()).filter(
        juror__contest=contest, juror__person=user, juror__removed_at__isnull=True
    )
    return replace(usual, phase=Phase.JUDGING) if running.exists() else usual


def _own_assignment(submission, user):
    """The assignment by which ``user`` judges the entry, or has a conflict with it."""
    if not was_on_panel(submission.contest, user):
        return None
    return Assignment.objects.filter(submission=submission, juror__person=user).first()


def with_standing_of(assignments, user):
    """Let assignments know what ``standing`` asks about ``user``, in the same query."""
    owner = Representative.objects.acting().filter(
        person=user, organisation=OuterRef("submission__organisation")
    )
    return assignments.annotate(
        owner_of=Value(user.pk),
        owns=Exists(owner),
        **role_facts(user, "submission__contest__"),
    )


def with_ownership_of(submissions, user):
    """Let each entry of a queryset know whether ``user`` acts for its organisation."""
    owner = Representative.objects.acting().filter(
        person=user, organisation=OuterRef("organisation")
    )
    return submissions.annotate(owns=Exists(owner))


def entries_of_interest(user):
    """Sent entries of one's own organisations, and those one stepped back from."""
    represented = Representative.objects.acting().filter(person=user)
    stepped_back = Assignment.objects.filter(
        juror__person=user, conflict_at__isnull=False
    )
    return Submission.objects.sent().filter(
        Q(organisation__in=represented.values("organisation"))
        | Q(pk__in=stepped_back.values("submission"))
    )


def tell_standing(assignment, user):
    """Hand what ``with_standing_of`` found to the entry and its contest."""
    submission = assignment.submission
    tell_roles(submission.contest, assignment, user)
    submission.owner_of, submission.owns = user.pk, assignment.owns


def _ownership(submission, user):
    is_told = user.is_authenticated and submission.__dict__.get("owner_of") == user.pk
    if not is_told:
        return ownership(user, submission.organisation_id)
    if submission.owns:
        return frozenset({OWNER})
    represents = REPRESENTATIVE in roles_in(submission.contest, user)
    return frozenset({OTHER_OWNER}) if represents else frozenset()


def _roles(submission, user, assignment):
    """Conflict beats every role: who has one holds no office here, on the panel or not.

    What was never sent is nobody's but its organisation's.
    """
    owns = _ownership(submission, user)
    roles = roles_in(submission.contest, user) | owns
    scores = assignment is not None and JUROR_OTHER in roles
    if assignment is not None and assignment.conflict_at is not None:
        in_conflict = {JUROR_IN_CONFLICT} if scores else set()
        return (roles - OFFICIALS) | in_conflict
    if OWNER in owns or submission.submitted_at is None:
        return roles - OFFICIALS
    return roles | {JUROR_ASSIGNED} if scores else roles
