"""The jurors and how much each was asked and sent."""

from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from contest.labels import role_label
from contest.models import Contest
from exports.workbooks.report import Member
from scoring.models import Sheet
from submissions.models import Submission


def panel_of(contest: Contest, *, names: bool) -> list[Member]:
    """Read the panel in one query; without ``names`` only numbers are shown.

    Counted are entries in competition, and of these the sheets that were sent.
    """
    judged = Q(
        assignments__conflict_at__isnull=True,
        assignments__submission__state=Submission.State.ELIGIBLE,
    )
    sent = judged & Q(assignments__sheet__state=Sheet.State.SENT)
    jurors = contest.jurors.select_related("person").annotate(
        assigned=Count("assignments", filter=judged),
        sent=Count("assignments", filter=sent),
        conflicts=Count(
            "assignments", filter=Q(assignments__conflict_at__isnull=False)
        ),
    )
    zone = ZoneInfo(contest.time_zone)
    return [
        Member(
            key=juror.key,
            name=juror.person.name if names else "",
            role=role_label(juror.role),
            assigned=juror.assigned,
            sent=juror.sent,
            conflicts=juror.conflicts,
            removed_at=juror.removed_at and juror.removed_at.astimezone(zone),
        )
        for juror in jurors
    ]
