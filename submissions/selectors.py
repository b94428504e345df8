"""Which entries and assignments a person may list: the policy in SQL."""

from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from contest.models import Contest, Coordinator, Juror
from contest.rules import COORDINATOR, COORDINATOR_JUROR
from core import clock
from core.policy import matrix
from organisations.models import Representative
from submissions.models import Assignment, JurorExtension, Submission
from submissions.rules import JUROR_ASSIGNED


def visible_submissions(user: User) -> QuerySet[Submission]:
    """The list form of ``submissions.view``; a test keeps them equal."""
    coordinated, judged = _contests_by_role(user, "submissions.view")
    owned = Representative.objects.acting().filter(person=user).values("organisation")
    in_conflict = Assignment.objects.filter(
        juror__person=user, juror__removed_at__isnull=True, conflict_at__isnull=False
    ).values("submission")
    assigned = (
        Assignment.objects.without_conflict()
        .filter(juror__person=user, juror__removed_at__isnull=True)
        .values("submission")
    )
    return Submission.objects.filter(
        Q(organisation__in=owned)
        | (
            Q(contest__in=coordinated, submitted_at__isnull=False)
            & ~Q(pk__in=in_conflict)
        )
        | Q(contest__in=judged, pk__in=assigned, submitted_at__isnull=False)
    )


def visible_assignments(user: User) -> QuerySet[Assignment]:
    """One's own as a juror, all of the contests that one coordinates."""
    coordinated, judged = _contests_by_role(user, "submissions.view_assignment")
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
        Q(submission__contest__in=coordinated)
        & ~Q(submission__organisation__in=owned)
        & ~Q(submission__in=in_conflict)
    )
    return Assignment.objects.filter(mine | others)


def is_somebody_still_judging(contest: Contest) -> bool:
    """Tell whether a juror has more time after judging was closed."""
    running = JurorExtension.objects.running(clock.database_now())
    still = running.filter(juror__contest=contest, juror__removed_at__isnull=True)
    return still.exists()


def _contests_by_role(user: User, action: str) -> tuple[list[UUID], list[UUID]]:
    """Contests whose phase lets a coordinator, and those whose lets a juror."""
    coordinates = set(
        Coordinator.objects.filter(person=user).values_list("contest_id", flat=True)
    )
    judges = set(
        Juror.objects.acting().filter(person=user).values_list("contest_id", flat=True)
    )
    cells, now = matrix().actions[action].cells, clock.now()
    by_coordinator, by_juror = [], []
    contests = Contest.objects.filter(pk__in=coordinates | judges)
    for contest in contests.prefetch_related("acts"):
        phase = contest.state_at(now).phase
        role = COORDINATOR_JUROR if contest.pk in judges else COORDINATOR
        if contest.pk in coordinates and phase in cells.get(role, ()):
            by_coordinator.append(contest.pk)
        if contest.pk in judges and phase in cells.get(JUROR_ASSIGNED, ()):
            by_juror.append(contest.pk)
    return by_coordinator, by_juror
