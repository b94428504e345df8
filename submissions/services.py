"""Everything that changes an entry."""

import secrets
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest.models import Contest
from contest.questions import normalised
from contest.rulebook import Rulebook, read
from core import clock
from core.digests import json_digest
from core.errors import Conflict, FieldError, Invalid, NotYours, Stale
from core.policy import allows, require
from organisations.models import Organisation
from submissions.attachments import enclose, frozen_files
from submissions.checks import contradictions, refused, too_long
from submissions.content import freeze, missing
from submissions.locks import hold_submission
from submissions.models import Submission, SubmissionVersion, VersionContent

CONSENT_TEXTS_VERSION = "1"
_SALT_BYTES = 16


@transaction.atomic
def create_submission(
    *, contest: Contest, organisation: Organisation, by: User, **fields: Any
) -> Submission:
    """Begin an entry for an organisation that ``by`` represents."""
    require(by, "submissions.create", contest)
    if not allows(by, "organisations.change", organisation):
        raise NotYours(_("You do not represent this organisation."))
    submission = Submission(
        contest=contest, organisation=organisation, created_by_id=by.pk
    )
    _fill(submission, fields, _rules(contest))
    _save(submission)
    _record("submissions.create", submission, by=by)
    return submission


@transaction.atomic
def change_submission(
    *, submission: Submission, expected_version: int, by: User, **fields: Any
) -> Submission:
    """Save the working copy; what was sent stays entered until it is sent again."""
    current = _locked(submission)
    require(by, "submissions.change", current)
    if current.state == Submission.State.WITHDRAWN:
        raise Conflict(_("This entry was withdrawn; it can no longer be changed."))
    _require_version(current, expected_version)
    _fill(current, fields, _rules(current.contest))
    current.version += 1
    current.changed_at = clock.now()
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
    gives the same receipt.
    """
    current = _locked(submission)
    Contest.objects.select_for_update(no_key=True).get(pk=current.contest_id)
    now = clock.database_now()
    current.contest.moment = now
    require(by, "submissions.submit", current)
    if current.state == Submission.State.WITHDRAWN:
        raise Conflict(_("This entry was withdrawn; it can no longer be sent."))
    _require_version(current, expected_version)
    if current.current_version and not current.has_unsent_changes:
        return current.current_version
    _require_complete(current, consents)
    version = _freeze(current, now, (signed_by, signed_role), consents, by)
    if not current.reference:
        current.reference = _next_reference(current.contest)
    current.state = Submission.State.SUBMITTED
    current.submitted_at = version.submitted_at
    current.current_version = version
    current.decided_at, current.decision_reason, current.checks = None, "", {}
    current.save()
    _record("submissions.submit", current, by=by, number=version.number)
    return version


@transaction.atomic
def withdraw(*, submission: Submission, reason: str, by: User) -> Submission:
    """Take the entry out of the contest; nothing of it is deleted."""
    current = _locked(submission)
    require(by, "submissions.withdraw", current)
    if current.state != Submission.State.WITHDRAWN:
        current.state = Submission.State.WITHDRAWN
        current.withdrawn_reason = reason
        current.save(update_fields=["state", "withdrawn_reason"])
        _record("submissions.withdraw", current, by=by, reason=reason)
    return current


@transaction.atomic
def decide_eligibility(
    *,
    submission: Submission,
    eligible: bool,
    reason: str,
    checks: dict[str, bool],
    by: User,
) -> Submission:
    """Record whether the entry meets the rules, requirement by requirement."""
    current = _locked(submission)
    require(by, "submissions.decide_eligibility", current)
    if current.state not in ("submitted", "eligible", "ineligible"):
        raise Conflict(
            _(
                "Only an entry that was sent can be decided; this one is: {state}."
            ).format(state=current.get_state_display())
        )
    _require_checks(current, eligible=eligible, reason=reason, checks=checks)
    current.state = (
        Submission.State.ELIGIBLE if eligible else Submission.State.INELIGIBLE
    )
    current.decided_at, current.decision_reason = clock.now(), reason
    current.checks = checks
    current.save(update_fields=["state", "decided_at", "decision_reason", "checks"])
    _record(
        "submissions.decide_eligibility", current, by=by, reason=reason, checks=checks
    )
    return current


def _locked(submission: Submission) -> Submission:
    hold_submission(submission.pk)
    related = "contest__rulebook", "organisation", "current_version"
    return Submission.objects.select_related(*related).get(pk=submission.pk)


def _rules(contest: Contest) -> Rulebook:
    return read(contest.rules_in_force.document)


def _fill(submission: Submission, fields: dict[str, Any], rules: Rulebook) -> None:
    errors = list(refused(submission, fields, rules))
    for field, value in fields.items():
        setattr(submission, field, value)
    if errors := [*contradictions(submission), *errors]:
        raise Invalid(errors[0].message, errors=errors)
    submission.answers = normalised(rules.questions, submission.answers)


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


def _require_complete(current: Submission, consents: dict[str, bool]) -> None:
    rules = _rules(current.contest)
    absent = missing(freeze(current), rules.required_fields, rules.questions)
    errors = [
        FieldError(field, _("Fill this in before you send the entry."), code="required")
        for field in absent
    ]
    errors += too_long(freeze(current), rules)
    if not consents.get("processing"):
        errors.append(
            FieldError(
                "consents.processing",
                _("Without this consent the entry cannot be taken in."),
                code="required",
            )
        )
    if errors:
        raise Invalid(
            _("The entry is saved, but not sent: still missing are {fields}.").format(
                fields=", ".join(error.field for error in errors)
            ),
            code="incomplete",
            errors=errors,
        )


def _require_checks(
    current: Submission, *, eligible: bool, reason: str, checks: dict[str, bool]
) -> None:
    requirements = _rules(current.contest).requirements
    if unknown := sorted(set(checks) - set(requirements)):
        raise Invalid.field(
            f"checks.{unknown[0]}",
            _("There is no such requirement; there are: {allowed}.").format(
                allowed=", ".join(requirements) or "–"
            ),
        )
    if eligible and not all(checks.get(code) for code in requirements):
        raise Invalid.field(
            "checks",
            _("An eligible entry meets every requirement: {codes}.").format(
                codes=", ".join(requirements)
            ),
            received=checks,
        )
    if not eligible and not reason:
        raise Invalid.field("reason", _("Say why: the organisation is told."))


def _freeze(
    current: Submission,
    at: datetime,
    signature: tuple[str, str],
    consents: dict[str, bool],
    by: User,
) -> SubmissionVersion:
    document = freeze(current) | frozen_files(current)
    salt = secrets.token_hex(_SALT_BYTES)
    last = current.current_version
    version = SubmissionVersion.objects.create(
        submission=current,
        number=last.number + 1 if last else 1,
        working_version=current.version,
        submitted_at=at,
        by_id=by.pk,
        sha256=json_digest(document, salt=salt),
    )
    VersionContent.objects.create(
        version=version,
        document=document,
        salt=salt,
        signed_by=signature[0],
        signed_role=signature[1],
        consents={**consents, "texts_version": CONSENT_TEXTS_VERSION},
    )
    enclose(version)
    return version


def _next_reference(contest: Contest) -> str:
    """Take the next number of the contest: one UPDATE, so that no two are equal."""
    Contest.objects.filter(pk=contest.pk).update(last_reference=F("last_reference") + 1)
    contest.refresh_from_db(fields=["last_reference"])
    return f"{contest.reference_prefix}-{contest.last_reference:03d}"


def _record(action: str, submission: Submission, *, by: User, **more: Any) -> None:
    reason = more.pop("reason", "")
    record(
        action,
        submission,
        by=by,
        contest_id=submission.contest_id,
        label=submission.reference,
        reason=reason,
        **more,
    )
