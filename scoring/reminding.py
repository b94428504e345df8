"""Reminders, to entrants and to jurors, and messages that did not arrive. Services.

A coordinator sees to how many a reminder would go, then sends it; a few days before the
end the house reminds by itself. An address is reminded once a day by people, and once
of an end by the house.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.letters import recipient_of
from accounts.models import User
from audit.services import record
from contest.letters import named, sender_of
from contest.models import Contest, Juror
from contest.phases import Phase
from core import clock
from core.errors import NotYours
from core.policy import require
from core.times import lazy_local_time
from mail import links
from mail.letters import Letter
from mail.models import Message
from mail.selectors import Preview, messages_of, preview
from mail.services import post, try_again
from scoring.letters import SHEETS_WAIT
from scoring.progress import progress_of
from scoring.rules import Results
from submissions.reminders import letters_of_unsent

ENTRANTS, JURORS = "entrants", "jurors"


@dataclass(frozen=True, slots=True)
class Reminded:
    """To how many addresses a reminder goes, and how many were not reminded today."""

    recipients: int
    queued: int


def preview_reminder(*, contest: Contest, whom: str, by: User) -> Preview:
    """Show to how many a reminder would go now, and how it would read."""
    require(by, f"scoring.remind_{whom}", Results(contest))
    letters = _SHOWN[whom](contest, _today(contest))
    return preview(letters, sender=sender_of(contest))


@transaction.atomic
def remind(*, contest: Contest, whom: str, by: User) -> Reminded:
    """Remind all entrants or jurors who have something to send."""
    require(by, f"scoring.remind_{whom}", Results(contest))
    letters = _LETTERS[whom](contest, _today(contest))
    reminded = Reminded(
        recipients=len({letter.to.address for letter in letters}),
        queued=post(*letters, sender=sender_of(contest)),
    )
    record(
        f"scoring.remind_{whom}",
        contest,
        by=by,
        contest_id=contest.pk,
        label=contest.slug,
        recipients=reminded.recipients,
        queued=reminded.queued,
    )
    return reminded


@transaction.atomic
def retry_message(*, contest: Contest, message_id: UUID, by: User) -> Message:
    """Have a message of the contest sent again that did not arrive."""
    require(by, "scoring.retry_message", Results(contest))
    message = messages_of(contest.pk).filter(pk=message_id).first()
    if message is None:
        raise NotYours(
            _("There is nothing at this address, or it is not yours to see.")
        )
    return try_again(message=message, by=by)


def remind_in_time() -> int:
    """Remind of every end that is near, whatever people did; how many are new."""
    now = clock.now()
    running = Contest.objects.with_course().filter(acts__kind="announce")
    return sum(_remind_of_the_end(contest, now) for contest in running)


@transaction.atomic
def _remind_of_the_end(contest: Contest, now: datetime) -> int:
    near = now + settings.REMIND_BEFORE
    letters = letters_of_unsent(contest, now=now, ending_by=near)
    closes = contest.judging_closes_at
    if closes is not None and now < closes <= near:
        letters += _letters_to_jurors(contest, f"{contest.pk} {closes.isoformat()}")
    return post(*letters, sender=sender_of(contest))


def _letters_to_entrants(
    contest: Contest, occasion: str, *, for_others: bool = False
) -> list[Letter]:
    return letters_of_unsent(
        contest, now=clock.now(), occasion=occasion, for_others=for_others
    )


def _letters_to_jurors(contest: Contest, occasion: str) -> list[Letter]:
    if contest.state_at(clock.now()).phase != Phase.JUDGING:
        return []
    voting = set(
        Juror.objects.voting()
        .filter(contest=contest, person__is_active=True)
        .values_list("pk", flat=True)
    )
    closes = contest.judging_closes_at
    values = named(contest) | {
        "until": lazy_local_time(closes, contest.time_zone) if closes else ""
    }
    return [
        Letter(
            SHEETS_WAIT,
            to=recipient_of(each.juror.person),
            occasion=occasion,
            values=values
            | {
                "assigned": each.counts.assigned,
                "waiting": each.counts.assigned - each.counts.sent,
                "complete": each.counts.complete or "",
            },
            link=links.judging(contest.slug),
        )
        for each in progress_of(contest).jurors
        if each.juror.pk in voting and each.counts.sent < each.counts.assigned
    ]


_LETTERS: dict[str, Callable[[Contest, str], list[Letter]]] = {
    ENTRANTS: _letters_to_entrants,
    JURORS: _letters_to_jurors,
}
# As those who send them may read them.
_SHOWN = _LETTERS | {ENTRANTS: partial(_letters_to_entrants, for_others=True)}


def _today(contest: Contest) -> str:
    """Name today in the contest's zone: whoever was reminded today is left in peace."""
    day = clock.now().astimezone(ZoneInfo(contest.time_zone)).date()
    return f"{contest.pk} {day.isoformat()}"
