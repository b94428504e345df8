"""Conflicts of interest: declared, taken back, confirmed, lifted. Services.

A conflict stands from the moment it is declared: the juror no longer sees the entry,
and what the juror scored there stays sealed and does not count. It needs no assignment.
Each step leaves a row of history; the words stay with the pair, where they can be
erased.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest.joint import JointAct, needs_two, require_one_is_enough
from contest.models import Contest, Juror, Proposal
from core import clock
from core.errors import Conflict, Invalid, NotYours
from core.policy import require
from submissions.locks import hold_assignment, share_contest
from submissions.models import Assignment, ConflictEvent, Submission


@transaction.atomic
def declare_conflict(*, assignment: Assignment, reason: str, by: User) -> Assignment:
    """Step back from an entry; from now on it is closed to this juror."""
    current = _held(assignment)
    require(by, "submissions.declare_conflict", current)
    if current.conflict_at is None:
        _declare(current, reason, by=by, action="submissions.declare_conflict")
    return current


@transaction.atomic
def state_conflict(
    *, contest: Contest, submission_id: UUID, reason: str, by: User
) -> Assignment:
    """Step back from an entry that is perhaps not assigned to this juror at all."""
    juror = Juror.objects.acting().filter(contest=contest, person=by).first()
    if juror is None:
        raise _nothing()
    current = _pair(_entry(contest, submission_id), juror, reason)
    require(by, "submissions.state_conflict", Contest.objects.get(pk=contest.pk))
    if current.conflict_at is None:
        _declare(current, reason, by=by, action="submissions.state_conflict")
    return current


@transaction.atomic
def record_conflict(
    *,
    contest: Contest,
    submission_id: UUID,
    juror_id: UUID,
    reason: str,
    by: User,
    confirmed: bool = True,
) -> Assignment:
    """Write down a juror's conflict on the juror's behalf, and confirm it at once.

    Unless ``confirmed``, the juror or the office may still take it back. Judged towards
    the entry: who has an own interest in it does not choose its jury.
    """
    juror = Juror.objects.acting().filter(contest=contest, pk=juror_id).first()
    if juror is None:
        raise Invalid.field("juror", _("The contest has no such juror on its panel."))
    current = _pair(_entry(contest, submission_id), juror, reason)
    entry = Submission.objects.select_related("contest").get(pk=submission_id)
    require(by, "submissions.record_conflict", entry)
    if current.conflict_at is None:
        _declare(current, reason, by=by, action="submissions.record_conflict")
    if confirmed and current.conflict_confirmed_at is None:
        _confirm(current, by=by)
    return current


@transaction.atomic
def withdraw_conflict(*, assignment: Assignment, by: User, reason: str = "") -> None:
    """Take a declaration back, while no coordinator has confirmed it.

    One's own; or, with a reason, what the office wrote down on a juror's behalf.
    """
    current = _held(assignment)
    require(by, "submissions.withdraw_conflict", current)
    if by.pk != current.juror.person_id:
        _require_written_down(current, reason)
    if current.conflict_confirmed_at is not None:
        raise Conflict(
            _(
                "The coordinator confirmed this conflict of interest at {at}; only a"
                " coordinator can lift it."
            ).format(at=f"{current.conflict_confirmed_at:%Y-%m-%d %H:%M} UTC"),
            code="conflict_confirmed",
        )
    if current.conflict_at is None:
        return
    _log(current, ConflictEvent.Kind.WITHDRAWN, by=by)
    record(
        "submissions.withdraw_conflict",
        current,
        by=by,
        reason=reason,
        **_labels(current),
    )
    current.conflict_reason = ""
    _end(current)


@transaction.atomic
def confirm_conflict(*, assignment: Assignment, by: User) -> Assignment:
    """Take note of a conflict: from now on the juror cannot take it back."""
    current = _held(assignment)
    require(by, "submissions.confirm_conflict", current)
    _require_conflict(current)
    if current.conflict_confirmed_at is None:
        _confirm(current, by=by)
        record("submissions.confirm_conflict", current, by=by, **_labels(current))
    return current


@transaction.atomic
def lift_conflict(*, assignment: Assignment, reason: str, by: User) -> None:
    """Open the entry to the juror again; what was scored there counts again."""
    current = _held(assignment)
    require(by, "submissions.lift_conflict", current)
    require_one_is_enough(current.submission.contest)
    _require_conflict(current)
    _lift(current, reason, by=by)


def _lift(current: Assignment, reason: str, *, by: User) -> None:
    _log(current, ConflictEvent.Kind.LIFTED, by=by)
    record(
        "submissions.lift_conflict", current, by=by, reason=reason, **_labels(current)
    )
    _end(current)


def _pair_of(contest: Contest, subject: UUID) -> Assignment:
    """Find the pair that a proposal names, in its own contest only."""
    related = "juror", "submission__contest"
    found = Assignment.objects.select_related(*related).filter(
        submission__contest=contest, pk=subject
    )
    if (pair := found.first()) is None:
        raise Invalid.field("subject", _("The contest has no such assignment."))
    return pair


def _examine(contest: Contest, subject: UUID, _details: Mapping[str, Any]) -> str:
    pair = _pair_of(contest, subject)
    _require_conflict(pair)
    return f"{pair.conflict_at}"


def _carry_out(contest: Contest, proposal: Proposal, *, by: User) -> None:
    _lift(_pair_of(contest, proposal.subject_id), proposal.reason, by=by)


needs_two(
    JointAct(
        kind=Proposal.Kind.LIFT_CONFLICT.value,
        proposed_by="submissions.lift_conflict",
        confirmed_by="submissions.lift_conflict",
        hold=lambda _contest, subject: hold_assignment(subject),
        judged=_pair_of,
        examine=_examine,
        carry_out=_carry_out,
    )
)


def _held(assignment: Assignment) -> Assignment:
    hold_assignment(assignment.pk)
    related = "juror", "submission__contest"
    found = Assignment.objects.select_related(*related).filter(pk=assignment.pk)
    if (current := found.first()) is None:
        raise _nothing()
    return current


def _nothing() -> NotYours:
    return NotYours(_("There is nothing at this address, or it is not yours to see."))


def _entry(contest: Contest, submission_id: UUID) -> Submission:
    entry = contest.submissions.sent().filter(pk=submission_id).first()
    if entry is None:
        raise Invalid.field("submission", _("The contest has no such entry."))
    return entry


def _pair(entry: Submission, juror: Juror, reason: str) -> Assignment:
    """Find or make the pair's row and hold it; a new one is no assignment."""
    pair = {"submission": entry, "juror": juror}
    if (row := Assignment.objects.filter(**pair).first()) is not None:
        return _held(row)
    share_contest(entry.contest_id)
    row, is_new = Assignment.objects.get_or_create(
        **pair,
        defaults={
            "is_assigned": False,
            "conflict_at": clock.now(),
            "conflict_reason": reason,
        },
    )
    if is_new:
        row.conflict_at = None  # the caller declares it, with its history
    return row


def _declare(current: Assignment, reason: str, *, by: User, action: str) -> None:
    current.conflict_at, current.conflict_reason = clock.now(), reason
    current.save(update_fields=["conflict_at", "conflict_reason"])
    _log(current, ConflictEvent.Kind.DECLARED, by=by)
    record(action, current, by=by, **_labels(current))


def _confirm(current: Assignment, *, by: User) -> None:
    current.conflict_confirmed_at = clock.now()
    current.save(update_fields=["conflict_confirmed_at"])
    _log(current, ConflictEvent.Kind.CONFIRMED, by=by)


def _end(current: Assignment) -> None:
    """Let the pair go on without the conflict; without an assignment it is no pair."""
    if not current.is_assigned:
        current.delete()
        return
    current.conflict_at = current.conflict_confirmed_at = None
    current.save(
        update_fields=["conflict_at", "conflict_confirmed_at", "conflict_reason"]
    )


def _require_conflict(current: Assignment) -> None:
    if current.conflict_at is None:
        raise Conflict(
            _("This juror has no conflict of interest with this entry."),
            code="no_conflict",
        )


def with_declarer(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Let pairs know, as ``declared_by``, who declared their conflict last."""
    declared = _declared(submission=OuterRef("submission"), juror=OuterRef("juror"))
    return assignments.annotate(declared_by=Subquery(declared.values("by_id")[:1]))


def _declared(**pair: Any) -> QuerySet[ConflictEvent]:
    """List the declarations of a pair, the last first."""
    events = ConflictEvent.objects.filter(kind=ConflictEvent.Kind.DECLARED, **pair)
    return events.order_by("-pk")


def _require_written_down(current: Assignment, reason: str) -> None:
    """Refuse to undo for the office what the juror declared, or what has no reason."""
    last = _declared(submission=current.submission_id, juror=current.juror_id).first()
    if current.conflict_at and (last is None or last.by_id == current.juror.person_id):
        raise Conflict(
            _(
                "{juror} declared this conflict, so only {juror} takes it back; a"
                " coordinator lifts it, with a reason."
            ).format(juror=current.juror.key),
            code="declared_by_juror",
        )
    if not reason:
        raise Invalid.field(
            "reason", _("Say why it is taken back; it is recorded."), code="required"
        )


def _log(current: Assignment, kind: str, *, by: User) -> None:
    ConflictEvent.objects.create(
        submission_id=current.submission_id,
        juror_id=current.juror_id,
        kind=kind,
        by_id=by.pk,
    )


def _labels(current: Assignment) -> dict[str, Any]:
    return {
        "contest_id": current.submission.contest_id,
        "label": current.label,
    }
