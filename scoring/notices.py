"""What jurors are told of their sheets, in the transaction of the service."""

from accounts.letters import recipient_of
from contest.letters import named, sender_of
from core import clock
from mail import links
from mail.letters import Letter
from mail.services import post
from scoring.letters import SHEET_REOPENED
from scoring.models import ScoreEvent
from submissions.models import Assignment, JurorExtension
from submissions.notices import time_left


def tell_reopened(event: ScoreEvent, assignment: Assignment, *, reason: str) -> None:
    """Tell a juror that a sheet is to be sent again, why and until when.

    ``event`` is the row of history that says so.
    """
    contest = assignment.submission.contest
    letter = Letter(
        SHEET_REOPENED,
        to=recipient_of(assignment.juror.person),
        occasion=str(event.pk),
        values=named(contest)
        | {
            "reference": assignment.submission.reference,
            "reason": reason,
            "until": _until(assignment),
        },
        link=links.sheet(contest.slug, assignment.pk),
    )
    post(letter, sender=sender_of(contest))


def _until(assignment: Assignment) -> str:
    """Tell the end of the juror's time: the own one, where one runs."""
    contest = assignment.submission.contest
    running = JurorExtension.objects.running(clock.database_now())
    own = running.filter(juror=assignment.juror_id).first()
    return time_left(own.until if own else contest.judging_closes_at, contest)
