"""Whether an entry meets the rules: checked piece by piece, then decided. Services."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from contest.rulebook import Requirement, read
from core import clock
from core.errors import Conflict, Invalid, SumaniError
from core.policy import require
from submissions.locks import locked
from submissions.models import (
    EligibilityDecision,
    RequirementCheck,
    Submission,
    SubmissionVersion,
)
from submissions.settling import require_settled
from submissions.trail import record_entry

_State = Submission.State
_TO_DECIDE = {_State.SUBMITTED, _State.ELIGIBLE, _State.INELIGIBLE}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one requirement; ``met`` None: not known yet."""

    requirement: str
    met: bool | None
    note: str = ""


@transaction.atomic
def check_requirements(
    *, submission: Submission, findings: list[Finding], by: User
) -> Submission:
    """Save what was found so far; the rest of the checklist stays as it was."""
    current = locked(submission)
    require(by, "submissions.check_requirements", current)
    _require_decidable(current)
    if _keep_findings(current, findings, by=by):
        current.save(update_fields=["checks"])
        record_entry(
            "submissions.check_requirements",
            current,
            by=by,
            checks={finding.requirement: finding.met for finding in findings},
        )
    return current


@transaction.atomic
def decide_eligibility(
    *,
    submission: Submission,
    eligible: bool,
    reason: str,
    checks: Mapping[str, bool],
    by: User,
) -> Submission:
    """Record whether the entry meets the rules; ``checks`` complete the checklist.

    A decision may be changed; each one stays in the history with its reason.
    """
    current = locked(submission)
    require(by, "submissions.decide_eligibility", current)
    version = _require_decidable(current)
    findings = [Finding(code, met) for code, met in checks.items()]
    _keep_findings(current, findings, by=by)
    _require_reasons(current, eligible=eligible, reason=reason)
    current.state = _State.ELIGIBLE if eligible else _State.INELIGIBLE
    current.decided_at, current.decision_reason = clock.now(), reason
    current.returned_until = None
    current.save()
    EligibilityDecision.objects.create(
        submission=current,
        version=version,
        eligible=eligible,
        reason=reason,
        checks=current.checks,
        at=current.decided_at,
        by_id=by.pk,
    )
    record_entry(
        "submissions.decide_eligibility",
        current,
        by=by,
        reason=reason,
        checks=current.checks,
    )
    return current


@dataclass(frozen=True, slots=True)
class Decided:
    """Of many entries, those decided eligible, and those left with the reason."""

    done: list[Submission]
    left: list[tuple[Submission, SumaniError]]


def decide_complete(*, submissions: Iterable[Submission], by: User) -> Decided:
    """Decide eligible each entry whose checklist is complete; leave the others.

    Each is decided on its own: what one lacks keeps no other from its decision.
    """
    done: list[Submission] = []
    left: list[tuple[Submission, SumaniError]] = []
    for submission in sorted(submissions, key=lambda each: each.pk):
        try:
            done.append(
                decide_eligibility(
                    submission=submission, eligible=True, reason="", checks={}, by=by
                )
            )
        except (Conflict, Invalid) as refusal:
            left.append((submission, refusal))
    return Decided(done, left)


def _require_decidable(current: Submission) -> SubmissionVersion:
    """Refuse what was not sent or is being corrected; give what is decided about."""
    state, version = current.standing_state, current.current_version
    if state == _State.RETURNED:
        raise Conflict(
            _(
                "The organisation is correcting this entry; decide when it has answered"
                " or its time is up."
            ),
            code="waiting_for_correction",
        )
    if state not in _TO_DECIDE or version is None:
        raise Conflict(
            _(
                "Only an entry that was sent can be decided; this one is: {state}."
            ).format(state=current.get_state_display())
        )
    return version


def _keep_findings(
    current: Submission, findings: list[Finding], *, by: User
) -> list[RequirementCheck]:
    """Add a row for each finding that says something new; the entry is not saved."""
    known = [requirement.code for requirement in _requirements(current)]
    for finding in findings:
        if finding.requirement not in known:
            raise Invalid.field(
                f"checks.{finding.requirement}",
                _("There is no such requirement; there are: {allowed}.").format(
                    allowed=", ".join(known) or "–"
                ),
            )
    stand = {row.requirement: row for row in current.requirement_checks.all()}
    new = [
        finding
        for finding in findings
        if _says_something_new(finding, current.checks, stand.get(finding.requirement))
    ]
    current.checks = {
        **current.checks,
        **{finding.requirement: finding.met for finding in findings},
    }
    return RequirementCheck.objects.bulk_create(
        RequirementCheck(
            submission=current,
            requirement=finding.requirement,
            met=finding.met,
            note=finding.note,
            by_id=by.pk,
        )
        for finding in new
    )


def _says_something_new(
    finding: Finding, checks: Mapping[str, Any], last: RequirementCheck | None
) -> bool:
    if last is None or finding.requirement not in checks:
        return True
    return last.met != finding.met or (bool(finding.note) and last.note != finding.note)


def _require_reasons(current: Submission, *, eligible: bool, reason: str) -> None:
    rules = read(current.contest.rules_in_force.document)
    if eligible and rules.unmet(current.checks):
        needed = [r.code for r in rules.eligibility if r.required]
        raise Invalid.field(
            "checks",
            _("An eligible entry meets every requirement: {codes}.").format(
                codes=", ".join(needed)
            ),
            received=current.checks,
        )
    if not eligible and not reason:
        raise Invalid.field("reason", _("Say why: the organisation is told."))
    if eligible:
        require_settled(current)


def _requirements(current: Submission) -> tuple[Requirement, ...]:
    return read(current.contest.rules_in_force.document).eligibility
