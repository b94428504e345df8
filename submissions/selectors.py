"""Which entries and assignments a person may list: the policy in SQL."""

from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from contest.models import Auditor, Contest, Coordinator, Juror
from contest.rules import JUROR_OTHER, OFFICIALS, roles_in, with_roles_of
from core import clock
from core.policy import Standing, matrix
from organisations.models import Representative
from submissions.models import Assignment, Submission
from submissions.rules import JUROR_ASSIGNED


def visible_submissions(user: User) -> QuerySet[Submission]:
    """The list form of ``submissions.view``; a test keeps them equal."""
    overseen, judged = _contests_by_role(user, "submissions.view")
    owned = Representative.objects.acting().filter(person=user).values("organisation")
    in_conflict = Assignment.objects.filter(
        juror__person=user, conflict_at__isnull=False
    ).values("submission")
    assigned = (
        Assignment.objects.without_conflict()
        .filter(juror__person=user, juror__removed_at__isnull=True)
        .values("submission")
    )
    return Submission.objects.filter(
        Q(organisation__in=owned)
        | (Q(contest__in=overseen, submitted_at__isnull=False) & ~Q(pk__in=in_conflict))
        | Q(contest__in=judged, pk__in=assigned, submitted_at__isnull=False)
    )


def visible_assignments(user: User) -> QuerySet[Assignment]:
    """One's own as a juror, all of the contests in which one holds an office."""
    overseen, judged = _contests_by_role(user, "submissions.view_assignment")
    owned = Representative.objects.acting().filter(person=user).values("organisation")
    in_conflict = Assignment.objects.filter(
        juror__person=user, conflict_at__isnull=False
    ).values("submission")
    mine = Q(
        submission__contest__in=judged,
        juror__person=user,
        juror__removed_at__isnull=True,
        conflict_at__isnull=True,
    )
    others = (
        Q(submission__contest__in=overseen)
        & ~Q(submission__organisation__in=owned)
        & ~Q(submission__in=in_conflict)
    )
    return Assignment.objects.filter(mine | others)


def _contests_by_role(user: User, action: str) -> tuple[list[UUID], list[UUID]]:
    """Contests whose phase lets an office of theirs, and those whose lets a juror."""
    row, now = matrix().actions[action], clock.now()
    by_office, by_juror = [], []
    for contest in with_roles_of(_contests_of(user), user).prefetch_related("acts"):
        phase = contest.state_at(now).phase
        roles = roles_in(contest, user)
        if row.allows(Standing(roles & OFFICIALS, phase=phase)):
            by_office.append(contest.pk)
        if JUROR_OTHER in roles and phase in row.cells.get(JUROR_ASSIGNED, ()):
            by_juror.append(contest.pk)
    return by_office, by_juror


def _contests_of(user: User) -> QuerySet[Contest]:
    """Contests in which the person has an office or a seat, or had one."""
    mine = (Coordinator, Juror, Auditor)
    held = (model.objects.filter(person=user).values("contest") for model in mine)
    return Contest.objects.filter(reduce(or_, (Q(pk__in=ids) for ids in held)))
