"""Entries given back to be corrected: asked, answered, or left standing. Services."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contest.phases import Phase
from contest.rulebook import read
from core import clock
from core.errors import Conflict, Invalid, NotNow
from core.policy import require
from submissions.content import CONTENT_FIELDS, changed_fields, corrected, freeze
from submissions.locks import locked
from submissions.models import CorrectionRequest, Submission
from submissions.notices import tell_correction
from submissions.trail import record_entry

ATTACHMENTS = "attachments"
_State = Submission.State
_MAY_RETURN = {_State.SUBMITTED, _State.RETURNED, _State.ELIGIBLE, _State.INELIGIBLE}


@transaction.atomic
def return_for_correction(
    *,
    submission: Submission,
    reason: str,
    fields: list[str],
    until: datetime,
    by: User,
) -> Submission:
    """Give an entry back: its organisation may correct it until then, and no longer.

    No ``fields`` means all. A decision made before no longer stands; a deadline that
    is missed leaves the entry standing as it was sent.
    """
    current = locked(submission)
    now = clock.database_now()
    require(by, "submissions.return", current)
    if current.state not in _MAY_RETURN:
        raise Conflict(
            _(
                "Only an entry that was sent can be given back; this one is: {state}."
            ).format(state=current.get_state_display())
        )
    _require_known(current, fields)
    require_future(until, now)
    asked = {"reason": reason, "fields": fields, "until": until}
    request = CorrectionRequest.objects.create(
        submission=current, by_id=by.pk, at=now, **asked
    )
    _give_back(current, request)
    tell_correction(current, request)
    record_entry(
        "submissions.return",
        current,
        by=by,
        reason=reason,
        fields=fields,
        until=until.isoformat(),
    )
    return current


def _give_back(current: Submission, request: CorrectionRequest) -> None:
    current.state = _State.RETURNED
    current.returned_until = request.until
    current.returned_fields = request.fields
    current.returned_reason = request.reason
    current.decided_at, current.decision_reason = None, ""
    current.save()


def answered_fields(current: Submission) -> list[str]:
    """Name the fields that may be corrected now; none where all may be changed.

    Whoever still has time to send the entry anyway, because collection is open or was
    prolonged, is not bound to what was asked for.
    """
    now = current.contest.moment or clock.now()
    is_open = current.contest.state_at(now).phase == Phase.OPEN
    has_time = current.extended_until is not None and now < current.extended_until
    if current.state != _State.RETURNED or is_open or has_time:
        return []
    return list(current.returned_fields)


def require_asked_for(current: Submission, fields: Mapping[str, Any]) -> None:
    """Refuse a change of what was not asked for; putting back what was sent is none."""
    if not (asked := answered_fields(current)):
        return
    before = freeze(current)
    wanted = Submission(contest=current.contest)
    for field in CONTENT_FIELDS:
        setattr(wanted, field, fields.get(field, getattr(current, field)))
    after = freeze(wanted)
    allowed = corrected(before, after, asked)
    if refused := changed_fields(allowed, after):
        raise NotNow(
            _(
                "The entry was given back to correct only: {asked}. Nothing was saved;"
                " take your changes of {refused} away."
            ).format(asked=", ".join(asked), refused=", ".join(refused)),
            code="not_asked_for",
        )


def require_future(until: datetime, now: datetime) -> None:
    """Refuse a time that has passed."""
    if until <= now:
        raise Invalid.field(
            "until",
            _("This time must be in the future."),
            received=until.isoformat(),
        )


def _require_known(current: Submission, fields: list[str]) -> None:
    form = read(current.form.document)
    known = {*CONTENT_FIELDS, ATTACHMENTS}
    known |= {f"answers.{question['code']}" for question in form.questions}
    for index, field in enumerate(fields):
        if field not in known - {"answers"}:
            raise Invalid.field(
                f"fields.{index}",
                _("The entry has no such field; there are: {allowed}.").format(
                    allowed=", ".join(sorted(known - {"answers"}))
                ),
                received=field,
            )
