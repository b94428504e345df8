"""Everything that changes an entry's working copy, and its sending."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from contest.models import Contest
from contest.questions import normalised
from contest.rulebook import Rulebook, read
from core import clock
from core.digests import json_digest
from core.errors import Conflict, FieldError, Invalid, NotYours, Stale
from core.policy import require
from organisations.models import Organisation
from submissions import consents as boxes
from submissions.attachments import enclose
from submissions.checks import contradictions, refused, too_long
from submissions.comparing import flat
from submissions.content import corrected, freeze, missing
from submissions.file_selectors import frozen_files
from submissions.locks import locked, locked_with_contest
from submissions.models import Submission, SubmissionVersion, VersionContent
from submissions.notices import tell_preparation, tell_receipt
from submissions.preparing import (
    require_agreement,
    require_may_enter,
    who_prepares,
)
from submissions.returning import answered_fields, require_asked_for
from submissions.rules import Entering
from submissions.selectors import extended_until
from submissions.taking_part import breaches
from submissions.trail import record_entry

_SALT_BYTES = 16
_WITHDRAWN = Submission.State.WITHDRAWN


@transaction.atomic
def create_submission(
    *,
    contest: Contest,
    organisation: Organisation,
    by: User,
    entered_by: str = Submission.EnteredBy.OWNER,
    prepared_by: Organisation | None = None,
    **fields: Any,
) -> Submission:
    """Begin an entry for an organisation, or prepare one for it to confirm."""
    until = extended_until(contest, organisation)
    is_nominated = entered_by == Submission.EnteredBy.NOMINATOR and prepared_by is None
    entering = Entering(contest, organisation, prepared_by, until, is_nominated)
    try:
        require(by, "submissions.create", entering)
    except NotYours as exc:
        if told := who_prepares(entering, entered_by, by=by):
            raise told from exc
        raise
    rules = read(contest.rules_in_force.document)
    require_may_enter(entering, entered_by, rules, by=by)
    submission = Submission(
        contest=contest,
        organisation=organisation,
        entered_by=entered_by,
        prepared_by=prepared_by,
        extended_until=until,
        created_by_id=by.pk,
        changed_by_id=by.pk,
    )
    _fill(submission, fields, rules)
    _save(submission)
    if submission.is_prepared_by_others:
        tell_preparation(submission)
    record_entry("submissions.create", submission, by=by)
    return submission


@transaction.atomic
def change_submission(
    *,
    submission: Submission,
    expected_version: int,
    by: User,
    device: str = "",
    **fields: Any,
) -> Submission:
    """Save the working copy; what was sent stays entered until it is sent again.

    ``device`` names in a word or two on what it was typed, where that is known.
    """
    current = locked(submission)
    require(by, "submissions.change", current)
    if current.state == _WITHDRAWN:
        raise Conflict(_("This entry was withdrawn; it can no longer be changed."))
    _require_version(current, expected_version)
    require_asked_for(current, fields)
    before = flat(freeze(current))
    _fill(current, fields, read(current.form.document))
    current.version += 1
    current.changed_at, current.changed_by_id = clock.now(), by.pk
    current.touched |= _touches(before, current, device)
    _save(current)
    return current


@transaction.atomic
def submit(
    *,
    submission: Submission,
    expected_version: int,
    signed_by: str,
    signed_role: str,
    consents: dict[str, bool],
    by: User,
) -> SubmissionVersion:
    """Send the entry: freeze a version and give its receipt.

    The database's clock decides, in this transaction. Sending the same version again
    gives the same receipt, unless it answers a request to correct the entry.
    """
    current = locked_with_contest(submission)
    require(by, "submissions.submit", current)
    if current.state == _WITHDRAWN:
        raise Conflict(_("This entry was withdrawn; it can no longer be sent."))
    _require_version(current, expected_version)
    is_answer = current.standing_state == Submission.State.RETURNED
    if current.current_version and not (current.has_unsent_changes or is_answer):
        return current.current_version
    document = _document(current) | frozen_files(current)
    _require_complete(current, document, consents)
    require_agreement(current, by=by)
    version = _freeze(current, document, (signed_by, signed_role), consents, by)
    _enter(current, version, agrees=bool(consents.get(boxes.PUBLICATION)))
    tell_receipt(current, version, by=by)
    record_entry("submissions.submit", current, by=by, number=version.number)
    return version


@transaction.atomic
def withdraw(*, submission: Submission, reason: str, by: User) -> Submission:
    """Take the entry out of the contest; nothing of it is deleted."""
    current = locked(submission)
    require(by, "submissions.withdraw", current)
    if current.state != _WITHDRAWN:
        current.withdrawn_from, current.state = current.state, _WITHDRAWN
        current.withdrawn_reason = reason
        current.save(update_fields=["state", "withdrawn_from", "withdrawn_reason"])
        record_entry("submissions.withdraw", current, by=by, reason=reason)
    return current


@transaction.atomic
def restore(*, submission: Submission, reason: str, by: User) -> Submission:
    """Take the withdrawal back: the entry is again what it was, if it has a place."""
    current = locked_with_contest(submission)
    require(by, "submissions.restore", current)
    if current.state != _WITHDRAWN:
        return current
    if current.withdrawn_from != Submission.State.DRAFT:
        rules = read(current.contest.rules_in_force.document)
        _require_place(breaches(current, rules, current.sent_document))
    current.state, current.withdrawn_from = current.withdrawn_from, ""
    current.withdrawn_reason = ""
    _save(current)
    record_entry("submissions.restore", current, by=by, reason=reason)
    return current


def _document(current: Submission) -> dict[str, Any]:
    """Take what will be entered: the working copy, or what was to be corrected."""
    if fields := answered_fields(current):
        return corrected(current.sent_document, freeze(current), fields)
    return freeze(current)


def _enter(current: Submission, version: SubmissionVersion, *, agrees: bool) -> None:
    """Let the version stand as the entry, undecided until somebody checked it."""
    if not current.reference:
        current.reference = _next_reference(current.contest)
    if current.state != Submission.State.RETURNED:
        current.checks = {}
    current.state = Submission.State.SUBMITTED
    current.submitted_at = version.submitted_at
    current.current_version = version
    current.decided_at, current.decision_reason = None, ""
    current.returned_until, current.returned_fields = None, []
    current.returned_reason = ""
    current.publication_allowed, current.touched = agrees, {}
    current.save()


def _fill(submission: Submission, fields: dict[str, Any], rules: Rulebook) -> None:
    errors = list(refused(submission, fields, rules))
    for field, value in fields.items():
        setattr(submission, field, value)
    if errors := [*contradictions(submission), *errors]:
        raise Invalid(errors[0].message, errors=errors)
    submission.answers = normalised(rules.questions, submission.answers)


def _touches(
    before: Mapping[str, Any], current: Submission, device: str
) -> dict[str, dict[str, str]]:
    """Note of each field that differs now who changed it, when and on what."""
    touch = {
        "by": str(current.changed_by_id),
        "at": current.changed_at.isoformat(),
        "on": device,
    }
    after = flat(freeze(current))
    return {name: touch for name in after if after[name] != before.get(name)}


def _save(submission: Submission) -> None:
    try:
        with transaction.atomic():
            submission.save()
    except IntegrityError as exc:
        raise Conflict(
            _(
                "This organisation already has an entry “{title}” in the contest."
                " Change that one, or give this one another title. Nothing was saved."
            ).format(title=submission.title),
            code="entry_exists",
        ) from exc


def _require_version(current: Submission, expected: int) -> None:
    if current.version != expected:
        raise Stale(
            _(
                "The entry was saved by somebody else at {at} (version {current};"
                " yours is based on {expected}). Nothing was overwritten: compare with"
                " what is stored now, then save again."
            ).format(
                at=current.changed_at.isoformat(timespec="seconds"),
                current=current.version,
                expected=expected,
            ),
            extra={"current_version": current.version, "current": freeze(current)},
        )


def _require_complete(
    current: Submission, document: dict[str, Any], consents: dict[str, bool]
) -> None:
    form = read(current.form.document)
    absent = missing(document, form.required_fields, form.questions)
    errors = [
        FieldError(field, _("Fill this in before you send the entry."), code="required")
        for field in absent
    ]
    errors += too_long(document, form)
    errors += [
        FieldError(
            f"consents.{code}",
            _("Without this consent the entry cannot be taken in."),
            code="required",
        )
        for code in boxes.lacking(consents)
    ]
    if errors:
        raise Invalid(
            _("The entry is saved, but not sent: still missing are {fields}.").format(
                fields=", ".join(error.field for error in errors)
            ),
            code="incomplete",
            errors=errors,
        )
    rules = read(current.contest.rules_in_force.document)
    _require_place(breaches(current, rules, document))


def _require_place(found: list[FieldError]) -> None:
    """Refuse what a limit of the rules leaves no place for; nothing is lost by it."""
    if found:
        sentences = " ".join(error.message for error in found)
        raise Conflict(sentences, code=found[0].code, errors=found)


def _freeze(
    current: Submission,
    document: dict[str, Any],
    signature: tuple[str, str],
    consents: dict[str, bool],
    by: User,
) -> SubmissionVersion:
    salt, last = secrets.token_hex(_SALT_BYTES), current.current_version
    version = SubmissionVersion.objects.create(
        submission=current,
        number=last.number + 1 if last else 1,
        working_version=current.version,
        rulebook=current.form,
        submitted_at=_moment(current),
        by_id=by.pk,
        sha256=json_digest(document, salt=salt),
    )
    VersionContent.objects.create(
        version=version,
        document=document,
        salt=salt,
        signed_by=signature[0],
        signed_role=signature[1],
        consents=boxes.kept(consents),
        language=get_language() or "",
    )
    enclose(version)
    return version


def _moment(current: Submission) -> datetime:
    """Tell the time that judged the sending: the database's."""
    return current.contest.moment or clock.database_now()


def _next_reference(contest: Contest) -> str:
    """Take the next number of the contest: one UPDATE, so that no two are equal."""
    Contest.objects.filter(pk=contest.pk).update(last_reference=F("last_reference") + 1)
    contest.refresh_from_db(fields=["last_reference"])
    return f"{contest.reference_prefix}-{contest.last_reference:03d}"
