"""What a person is towards an entry: the rows ``submissions.*`` of the matrix."""

from contest.rules import (
    COORDINATOR,
    COORDINATOR_JUROR,
    JUROR_OTHER,
    roles_in,
    standing_in,
)
from core.policy import Standing, register_permissions, standing
from organisations.rules import OWNER, ownership
from submissions.models import Assignment, Submission

JUROR_ASSIGNED = "juror_assigned"
_COORDINATORS = frozenset({COORDINATOR, COORDINATOR_JUROR})

register_permissions("submissions")


@standing.register
def _standing_towards_submission(obj: Submission, user) -> Standing:
    assignment = None
    if user.is_authenticated:
        assignment = Assignment.objects.filter(
            submission=obj, juror__person=user, juror__removed_at__isnull=True
        ).first()
    return standing_in(obj.contest, _roles(obj, user, assignment))


@standing.register
def _standing_towards_assignment(obj: Assignment, user) -> Standing:
    """As towards the entry, but ``juror_assigned`` only for one's own assignment."""
    is_own = user.is_authenticated and obj.juror.person_id == user.pk
    own = obj if is_own and obj.juror.removed_at is None else None
    roles = _roles(obj.submission, user, own)
    if own is None and JUROR_OTHER in roles:
        roles -= {JUROR_ASSIGNED}
    return standing_in(obj.submission.contest, roles)


def _roles(submission, user, assignment):
    """Conflict beats every role: who has one is no longer a coordinator here."""
    owns = ownership(user, submission.organisation_id)
    roles = roles_in(submission.contest, user) | owns
    has_conflict = OWNER in owns or (
        assignment is not None and assignment.conflict_at is not None
    )
    if has_conflict:
        return roles - _COORDINATORS
    return roles | {JUROR_ASSIGNED} if assignment is not None else roles
