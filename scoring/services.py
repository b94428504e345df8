"""Everything that changes a score sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest import rulebook
from contest.phases import Phase
from contest.scale import plain
from core import clock
from core.errors import Conflict, Invalid, Stale
from scoring.models import Score, ScoreEvent, Sheet
from scoring.notices import tell_reopened
from scoring.opening import OpenSheet, open_sheet
from scoring.progress import missing_on
from scoring.storing import Change, store
from submissions.models import JurorExtension

UNKNOWN_CRITERION = "unknown_criterion"
_SENDING = ("state", "sent_at", "reopened_reason")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a juror wants to stand for one criterion; ``value`` None clears it.

    ``expected_version`` is that of the score the juror saw, 0 where there was none.
    ``comment`` None leaves the comment as it is.
    """

    criterion: str
    value: Decimal | None
    comment: str | None
    expected_version: int


@dataclass(frozen=True, slots=True)
class Saved:
    """A stored score and the criterion of the rulebook that it answers."""

    criterion: rulebook.Criterion
    score: Score


@transaction.atomic
def save_marks(*, assignment_id: UUID, marks: Sequence[Mark], by: User) -> list[Saved]:
    """Save marks, all or none, each only over the version its juror saw."""
    opened = open_sheet(assignment_id, action="scoring.save_score", by=by)
    _require_draft(opened.sheet)
    saved = []
    for mark in marks:
        asked = _criterion(opened.criteria, mark.criterion)
        steps = _steps(asked, mark.value)
        _require_no_needless_comment(asked, mark)
        change = Change(mark.criterion, steps, mark.comment, mark.expected_version)
        score = store(opened.sheet, change, by=by)
        if score is None:
            raise _stale(asked, _stored(opened.sheet, mark.criterion), mark)
        saved.append(Saved(asked, score))
    return saved


@transaction.atomic
def save_comments(
    *,
    assignment_id: UUID,
    expected_version: int,
    by: User,
    comment_commission: str | None = None,
    comment_entrant: str | None = None,
) -> Sheet:
    """Save the comments on the whole, over the version the juror saw.

    The first is read by the commission, the second by the entrant; None leaves one as
    it is.
    """
    sheet = open_sheet(assignment_id, action="scoring.save_score", by=by).sheet
    _require_draft(sheet)
    if sheet.comments_version != expected_version:
        raise Stale(
            _(
                "The comments were saved from another window or device in between"
                " (version {current}; yours is based on {expected}). Yours were not"
                " saved; compare and save again."
            ).format(current=sheet.comments_version, expected=expected_version),
            extra={
                "current_version": sheet.comments_version,
                "current": {
                    "comment_commission": sheet.comment_commission,
                    "comment_entrant": sheet.comment_entrant,
                },
            },
        )
    if comment_commission is not None:
        sheet.comment_commission = comment_commission
    if comment_entrant is not None:
        sheet.comment_entrant = comment_entrant
    sheet.comments_version += 1
    sheet.save(
        update_fields=["comment_commission", "comment_entrant", "comments_version"]
    )
    log(sheet, ScoreEvent.Kind.REMARKED, by=by, version=sheet.comments_version)
    return sheet


@transaction.atomic
def send_sheet(*, assignment_id: UUID, by: User) -> Sheet:
    """Hand the sheet in: from now on it counts. Sending twice changes nothing."""
    opened = open_sheet(assignment_id, action="scoring.send_sheet", by=by)
    sheet = opened.sheet
    if sheet.state == Sheet.State.SENT:
        return sheet
    _require_complete(opened)
    sheet.state, sheet.sent_at = Sheet.State.SENT, clock.now()
    sheet.reopened_reason = ""
    sheet.save(update_fields=_SENDING)
    log(sheet, ScoreEvent.Kind.SENT, by=by)
    _record("scoring.send_sheet", opened, by=by)
    return sheet


@transaction.atomic
def reopen_sheet(*, assignment_id: UUID, reason: str, by: User) -> Sheet:
    """Give a sent sheet back to its juror; it does not count until it is sent again.

    The juror is told the reason, on the sheet and by e-mail. Once judging is closed
    only to a juror who has more time.
    """
    opened = open_sheet(
        assignment_id, action="scoring.reopen_sheet", by=by, begins=False
    )
    sheet = opened.sheet
    _require_time(opened)
    if sheet.state == Sheet.State.SENT:
        sheet.state, sheet.sent_at = Sheet.State.DRAFT, None
        sheet.reopened_reason = reason
        sheet.save(update_fields=_SENDING)
        event = log(sheet, ScoreEvent.Kind.REOPENED, by=by)
        tell_reopened(event, opened.assignment, reason=reason)
        _record("scoring.reopen_sheet", opened, by=by, reason=reason)
    return sheet


def _record(action: str, opened: OpenSheet, *, by: User, reason: str = "") -> None:
    """Add to the record whose sheet of which entry; no score goes with it."""
    record(
        action,
        opened.sheet,
        by=by,
        contest_id=opened.contest.pk,
        label=opened.assignment.label,
        reason=reason,
    )


def _stored(sheet: Sheet, code: str) -> Score:
    """Read what stands for a criterion; a new score at version 0 where nothing does."""
    found = sheet.scores.filter(criterion__code=code, criterion__retired=False).first()
    return found or Score(sheet=sheet, version=0)


def _criterion(criteria: Sequence[rulebook.Criterion], code: str) -> rulebook.Criterion:
    criterion = next((c for c in criteria if c.code == code), None)
    if criterion is None:
        raise Invalid.field(
            "criterion",
            _("This entry has no criterion “{code}”; it has: {allowed}.").format(
                code=code, allowed=", ".join(c.code for c in criteria)
            ),
            received=code,
            code=UNKNOWN_CRITERION,
        )
    return criterion


def _steps(criterion: rulebook.Criterion, value: Decimal | None) -> int | None:
    if value is None:
        return None
    scale = criterion.scale
    try:
        return scale.steps_of(Fraction(value))
    except ValueError as exc:
        raise Invalid.field(
            f"{criterion.code}.value",
            _(
                "{criterion}: {value} is not on the scale; allowed are {minimum} to"
                " {maximum} in steps of {step}."
            ).format(
                criterion=criterion.code,
                value=_plain(value),
                minimum=scale.minimum,
                maximum=scale.maximum,
                step=scale.step,
            ),
            received=_plain(value),
            code="off_scale",
        ) from exc


def _stale(criterion: rulebook.Criterion, score: Score, mark: Mark) -> Stale:
    value = None if score.steps is None else plain(criterion.scale.value(score.steps))
    return Stale(
        _(
            "{criterion} was saved from another window or device in between: there it"
            " is {stored} (version {current}; yours is based on {expected}). Yours,"
            " {yours}, was not saved; choose one and save again."
        ).format(
            criterion=criterion.code,
            stored=_("not scored") if value is None else value,
            current=score.version,
            expected=mark.expected_version,
            yours=_("not scored") if mark.value is None else _plain(mark.value),
        ),
        extra={
            "current_version": score.version,
            "current": {"value": value, "comment": score.comment},
        },
    )


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _require_complete(opened: OpenSheet) -> None:
    scores = opened.sheet.scores.select_related("criterion")
    errors = missing_on(opened.criteria, {s.criterion.code: s for s in scores})
    if errors:
        raise Invalid(
            _("The sheet is saved, but not sent: still missing are {fields}.").format(
                fields=", ".join(error.field for error in errors)
            ),
            code="incomplete",
            errors=errors,
        )


def _require_draft(sheet: Sheet) -> None:
    if sheet.state == Sheet.State.SENT:
        raise Conflict(
            _(
                "This sheet was sent at {at}. To change it, ask the coordinator to"
                " reopen it."
            ).format(at=f"{sheet.sent_at:%Y-%m-%d %H:%M} UTC"),
            code="sheet_sent",
        )


def _require_no_needless_comment(criterion: rulebook.Criterion, mark: Mark) -> None:
    if mark.comment and criterion.comment == "off":
        raise Invalid.field(
            f"{criterion.code}.comment",
            _(
                "The rules ask for no comment on {criterion}; write it among the"
                " comments on the whole."
            ).format(criterion=criterion.code),
            received=mark.comment,
            code="no_comment",
        )


def _require_time(opened: OpenSheet) -> None:
    """Refuse to hand a sheet to a juror who could not send it again."""
    if opened.contest.state_at(clock.now()).phase == Phase.JUDGING:
        return
    juror = opened.assignment.juror
    running = JurorExtension.objects.running(clock.database_now())
    if not running.filter(juror=juror).exists():
        raise Conflict(
            _(
                "Judging is closed. Give {juror} more time first, or reopen judging for"
                " all; the sheet stays sent."
            ).format(juror=juror.key),
            code="judging_closed",
        )


def log(sheet: Sheet, kind: str, *, by: User, version: int | None = None) -> ScoreEvent:
    """Add a row of history that concerns the whole sheet."""
    return ScoreEvent.objects.create(
        sheet=sheet, kind=kind, version=version, by_id=by.pk
    )
