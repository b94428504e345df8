"""Acts of two persons: one proposes, another confirms within a time. Services."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest.joint import JointAct, joint_act
from contest.models import Contest, Proposal
from contest.rulebook import read
from core import clock
from core.errors import Conflict, SumaniError
from core.policy import require

_State = Proposal.State


@transaction.atomic
def propose(
    *,
    contest: Contest,
    kind: str,
    subject_id: UUID | None,
    details: Mapping[str, Any],
    reason: str,
    by: User,
) -> Proposal:
    """Put an act before another person; what it would refuse is refused now.

    ``subject_id`` is what of the contest it is about, None for the contest as a whole.
    """
    act, subject = joint_act(kind), subject_id or contest.pk
    contest = _held(act, contest, subject)
    require(by, act.proposed_by, act.judged(contest, subject))
    if not read(contest.rules_in_force.document).two_persons:
        raise Conflict(
            _("By the rules of this contest one person is enough: do it right away."),
            code="one_person_is_enough",
        )
    basis = act.examine(contest, subject, details)
    _make_room(contest, kind, subject, basis)
    now = clock.database_now()
    proposal = Proposal.objects.create(
        contest=contest,
        kind=kind,
        subject_id=subject,
        details=dict(details),
        reason=reason,
        basis=basis,
        proposed_by=by,
        proposed_at=now,
        expires_at=now + settings.PROPOSALS_LAST,
    )
    _note("contest.propose", proposal, by=by, reason=reason)
    return proposal


def confirm(*, proposal: Proposal, by: User) -> Proposal:
    """Do what another person proposed, if all is still as it was then.

    What has changed in between makes the proposal out of date: that is kept, and told.
    """
    current, refusal = _confirm(proposal, by=by)
    if refusal is not None:
        raise refusal
    return current


@transaction.atomic
def _confirm(proposal: Proposal, *, by: User) -> tuple[Proposal, SumaniError | None]:
    act = joint_act(proposal.kind)
    contest = _held(act, proposal.contest, proposal.subject_id)
    current = _locked(proposal)
    require(by, act.confirmed_by, act.judged(contest, current.subject_id))
    _require_pending(current)
    if current.proposed_by_id == by.pk:
        raise Conflict(
            _("You proposed this yourself: somebody else has to confirm it."),
            code="own_proposal",
        )
    if (refusal := _outdated(act, contest, current)) is not None:
        _decide(current, _State.OUTDATED, by=by)
        return current, refusal
    _decide(current, _State.CONFIRMED, by=by)
    act.carry_out(contest, current, by=by)
    return current, None


@transaction.atomic
def withdraw(*, proposal: Proposal, by: User) -> Proposal:
    """Take one's own proposal back, or decline that of somebody else."""
    contest = Contest.objects.get(pk=proposal.contest_id)
    require(by, "contest.withdraw_proposal", contest)
    current = _locked(proposal)
    _require_pending(current)
    is_own = current.proposed_by_id == by.pk
    _decide(current, _State.WITHDRAWN if is_own else _State.DECLINED, by=by)
    return current


def _held(act: JointAct, contest: Contest, subject: UUID) -> Contest:
    act.hold(contest, subject)
    return Contest.objects.with_course().get(pk=contest.pk)


def _locked(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)


def _require_pending(current: Proposal) -> None:
    if current.state != _State.PENDING:
        raise Conflict(
            _("This was settled already: {state}.").format(
                state=_State(current.state).label
            ),
            code="proposal_settled",
        )
    if current.expires_at <= clock.database_now():
        raise Conflict(
            _("The time to confirm this was up at {at}. Propose it anew.").format(
                at=f"{current.expires_at:%Y-%m-%d %H:%M} UTC"
            ),
            code="proposal_expired",
        )


def _outdated(act: JointAct, contest: Contest, current: Proposal) -> SumaniError | None:
    """Tell why the proposal no longer fits; None while it does.

    Who proposed it must still have the right to.
    """
    try:
        require(
            current.proposed_by,
            act.proposed_by,
            act.judged(contest, current.subject_id),
        )
        basis = act.examine(contest, current.subject_id, current.details)
    except SumaniError as refused:
        return _is_outdated(refused.message)
    if basis != current.basis:
        return _is_outdated(_("What it is about has changed since."))
    return None


def _is_outdated(why: str) -> Conflict:
    return Conflict(
        _(
            "The proposal is out of date: {why} Nothing was done; look at it again and"
            " propose it anew."
        ).format(why=why),
        code="proposal_outdated",
    )


def _make_room(contest: Contest, kind: str, subject: UUID, basis: str) -> None:
    """Leave one proposal pending for one thing: what has run out makes room."""
    pending = Proposal.objects.select_for_update(no_key=True).filter(
        contest=contest, kind=kind, subject_id=subject, state=_State.PENDING
    )
    now = clock.database_now()
    for other in pending:
        if other.expires_at > now and other.basis == basis:
            raise Conflict(
                _("The same was proposed already and waits to be confirmed."),
                code="already_proposed",
            )
        other.state, other.decided_at = _State.OUTDATED, now
        other.save(update_fields=["state", "decided_at"])


def _decide(current: Proposal, state: str, *, by: User) -> None:
    current.state, current.decided_by = state, by
    current.decided_at = clock.database_now()
    current.save(update_fields=["state", "decided_by", "decided_at"])
    action = {
        _State.CONFIRMED: "contest.confirm_proposal",
        _State.WITHDRAWN: "contest.withdraw_proposal",
        _State.DECLINED: "contest.decline_proposal",
        _State.OUTDATED: "contest.outdate_proposal",
    }[_State(state)]
    _note(action, current, by=by, proposed_by=str(current.proposed_by_id))


def _note(action: str, proposal: Proposal, *, by: User, **details: Any) -> None:
    record(
        action,
        proposal,
        by=by,
        contest_id=proposal.contest_id,
        label=proposal.kind,
        **details,
    )
