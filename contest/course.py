"""The course of a contest: acts and the deadline. Services, apart from set-up."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from audit.services import record
from contest import rulebook
from contest.consequences import bring_about, doubts_about
from contest.joint import JointAct, needs_two, require_one_is_enough
from contest.models import Act, Contest, Proposal
from contest.notices import tell_act
from contest.phases import ActKind
from core import clock
from core.errors import Conflict, Invalid
from core.policy import require
from core.times import local_time

# Where the rules do not ask for a second person, one gives a reason.
OF_TWO = {ActKind.REOPEN_JUDGING, ActKind.PUBLISH, ActKind.UNPUBLISH}


@transaction.atomic
def record_act(
    *,
    contest: Contest,
    kind: ActKind,
    reason: str,
    by: User,
    confirmed: bool = False,
) -> Act:
    """Do what leads to the next phase (or back), once, with its reason.

    What it would leave out is told first; ``confirmed`` does it all the same.

    The contest's row is locked alone: a score that is being saved shares it, so it is
    wholly in before judging closes, or refused.
    """
    contest = hold_alone(contest)
    require(by, f"contest.{kind}", contest)
    if kind in OF_TWO:
        require_one_is_enough(contest)
        if not reason:
            raise Invalid.field("reason", _("Say why: the record keeps it."))
    if kind == ActKind.ANNOUNCE:
        _require_dates(contest)
    if not confirmed:
        _require_no_doubts(contest, kind)
    return _do(contest, kind, reason=reason, by=by)


def act_of_two(
    kind: ActKind,
    *,
    confirmed_by: str,
    judged: Callable[[Contest], Any] = lambda contest: contest,
    seen: Callable[[Contest], str] = lambda _contest: "",
) -> JointAct:
    """Describe an act of the course that two persons do.

    ``judged`` is what the matrix is asked about; ``seen`` what of the contest, besides
    its last act, the two have to see alike.
    """

    def examine(contest: Contest, _subject: UUID, _details: Mapping[str, Any]) -> str:
        last = contest.acts.order_by("at").last()
        return f"{last.pk if last else ''} {seen(contest)}"

    def carry_out(contest: Contest, proposal: Proposal, *, by: User) -> None:
        _do(contest, kind, reason=proposal.reason, by=by)

    return JointAct(
        kind=kind.value,
        proposed_by=f"contest.{kind}",
        confirmed_by=confirmed_by,
        hold=lambda contest, _subject: hold_alone(contest),
        judged=lambda contest, _subject: judged(contest),
        examine=examine,
        carry_out=carry_out,
    )


needs_two(act_of_two(ActKind.REOPEN_JUDGING, confirmed_by="contest.reopen_judging"))


@transaction.atomic
def move_deadline(*, contest: Contest, until: datetime, reason: str, by: User) -> Act:
    """Extend collection for all, or end it earlier; either with a reason."""
    contest = hold_alone(contest)
    require(by, "contest.move_deadline", contest)
    now = clock.database_now()
    if contest.opens_at is None or until <= max(now, contest.opens_at):
        raise Invalid.field(
            "until",
            _("The new deadline must be in the future and after the opening."),
            received=until.isoformat(),
        )
    rules = rulebook.read(contest.rules_in_force.document)
    latest = contest.opens_at + timedelta(days=rules.collection_days_max)
    if until > latest:
        raise Invalid.field(
            "until",
            ngettext(
                "By the rules collection lasts {days} day at most, until {latest}.",
                "By the rules collection lasts {days} days at most, until {latest}.",
                rules.collection_days_max,
            ).format(
                days=rules.collection_days_max,
                latest=local_time(latest, contest.time_zone),
            ),
            received=until.isoformat(),
        )
    return _do(contest, ActKind.MOVE_DEADLINE, reason=reason, by=by, until=until)


def hold_alone(contest: Contest) -> Contest:
    """Lock the contest's row, which who saves or enters shares, and read it."""
    return Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)


def _do(
    contest: Contest,
    kind: ActKind,
    *,
    reason: str,
    by: User,
    until: datetime | None = None,
) -> Act:
    act = _keep(contest, kind, reason=reason, by=by, until=until)
    bring_about(act, by=by)
    tell_act(act)
    return act


def _require_no_doubts(contest: Contest, kind: ActKind) -> None:
    doubts = list(doubts_about(contest, kind))
    if doubts:
        raise Conflict(
            " ".join(
                [
                    *(doubt.message for doubt in doubts),
                    _("Nothing was done; confirm it to do it all the same."),
                ]
            ),
            code="confirmation_needed",
            extra={"doubts": [asdict(doubt) for doubt in doubts]},
        )


def _require_dates(contest: Contest) -> None:
    if contest.opens_at is None or contest.closes_at is None:
        raise Conflict(
            _("Set when collection opens and closes before you announce the contest."),
            code="dates_missing",
        )


def _keep(
    contest: Contest,
    kind: ActKind,
    *,
    reason: str,
    by: User,
    until: datetime | None,
) -> Act:
    last = contest.acts.order_by("at").last()
    now = clock.database_now()
    act = Act.objects.create(
        contest=contest,
        kind=kind,
        # Acts are told apart by their time, also two of one millisecond.
        at=max(now, last.at + timedelta(microseconds=1)) if last else now,
        until=until,
        reason=reason,
        by_id=by.pk,
    )
    record(
        f"contest.{kind}",
        act,
        by=by,
        contest_id=contest.pk,
        label=contest.slug,
        reason=reason,
        until=until.isoformat() if until else None,
    )
    return act
