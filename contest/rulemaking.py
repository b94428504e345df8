"""Services that make versions of an edition's rules, apart from the rest of set-up."""

import re
import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest.differences import Difference, differences
from contest.joint import JointAct, needs_two, require_one_is_enough
from contest.models import Contest, Criterion, Proposal, RulebookVersion
from contest.rulebook_problems import problems
from core.digests import json_digest
from core.errors import Conflict, FieldError, Invalid, Stale
from core.policy import require

# What may still change when scores are there; scale and criteria may not.
_WEIGHTS = re.compile(
    r"criteria\.[^.]+\.weight"
    r"|nominations\.[^.]+\.(weights(\..+)?|places)"
    r"|special_awards(\..+)?"
    r"|places|tie_breaks|minimum_score"
)


@transaction.atomic
def change_rulebook(
    *,
    contest: Contest,
    document: dict[str, Any],
    reason: str,
    expected_version: int,
    by: User,
) -> RulebookVersion:
    """Make the next version of the rules, before judging; earlier ones stay."""
    contest = _held(contest)
    require(by, "contest.change_rulebook", contest)
    _require_version(contest, expected_version)
    return add_rulebook(contest, document, reason=reason, by=by)


@transaction.atomic
def change_weights(
    *,
    contest: Contest,
    document: dict[str, Any],
    reason: str,
    expected_version: int,
    by: User,
) -> RulebookVersion:
    """Make the next version of the rules once judging was opened, for a reason.

    The document comes in whole and may differ in weights, places, special awards,
    tie-breaks and the minimum score only; any other difference is a Conflict that
    names it.
    """
    contest = _held(contest)
    require(by, "contest.change_weights", contest)
    require_one_is_enough(contest)
    if not reason:
        raise Invalid.field("reason", _("Say why: the record keeps it."))
    _examine_weights(
        contest, contest.pk, {"document": document, "version": expected_version}
    )
    return add_rulebook(
        contest, document, reason=reason, by=by, action="contest.change_weights"
    )


def _examine_weights(
    contest: Contest, _subject: UUID, details: Mapping[str, Any]
) -> str:
    """Refuse what is no change of weights of the rules in force; tell their version."""
    document = details["document"]
    _require_version(contest, details["version"])
    _require_weights_alone(differences(contest.rules_in_force.document, document))
    require_consistent(document)
    return str(contest.rules_in_force.number)


def _carry_out_weights(contest: Contest, proposal: Proposal, *, by: User) -> None:
    add_rulebook(
        contest,
        proposal.details["document"],
        reason=proposal.reason,
        by=by,
        action="contest.change_weights",
    )


needs_two(
    JointAct(
        kind=Proposal.Kind.CHANGE_WEIGHTS.value,
        proposed_by="contest.change_weights",
        confirmed_by="contest.change_weights",
        hold=lambda contest, _subject: _held(contest),
        judged=lambda contest, _subject: contest,
        examine=_examine_weights,
        carry_out=_carry_out_weights,
    )
)


def add_rulebook(
    contest: Contest,
    document: dict[str, Any],
    *,
    reason: str,
    by: User,
    action: str = "contest.change_rulebook",
) -> RulebookVersion:
    """Keep a document as the version in force; the caller has asked who may."""
    require_consistent(document)
    if "lot" in document["tie_breaks"] and not document["lot_seed"]:
        # Drawn and published before anybody knows the scores.
        document = {**document, "lot_seed": secrets.token_hex(8)}
    version = RulebookVersion.objects.create(
        contest=contest,
        number=contest.rules_in_force.number + 1 if contest.rulebook_id else 1,
        document=document,
        sha256=json_digest(document),
        reason=reason,
        by_id=by.pk,
    )
    contest.rulebook = version
    contest.save(update_fields=["rulebook"])
    _keep_criteria(contest, [c["code"] for c in document["criteria"]])
    record(
        action,
        version,
        by=by,
        contest_id=contest.pk,
        reason=reason,
        number=version.number,
        sha256=version.sha256,
    )
    return version


def _held(contest: Contest) -> Contest:
    """Lock the contest's row, so that judging does not open in between, and read it."""
    return Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)


def require_consistent(document: Mapping[str, Any]) -> None:
    """Refuse a document that contradicts itself, each contradiction at its place."""
    if found := problems(document):
        raise Invalid(
            _("The rulebook contradicts itself: {first}").format(
                first=found[0].message
            ),
            errors=found,
        )


def _require_version(contest: Contest, expected: int) -> None:
    current = contest.rules_in_force
    if current.number != expected:
        raise Stale(
            _(
                "The rulebook is at version {current}, your change is based on"
                " {expected}. Nothing of yours was saved."
            ).format(current=current.number, expected=expected),
            extra={
                "current_version": current.number,
                "current": {"document": current.document},
            },
        )


def _require_weights_alone(changed: list[Difference]) -> None:
    if not changed:
        raise Conflict(
            _("This document is the one in force: there is nothing to change."),
            code="nothing_changed",
        )
    fixed = [found.path for found in changed if not _WEIGHTS.fullmatch(found.path)]
    if fixed:
        raise Conflict(
            _(
                "Judging has begun: scale, criteria and all else stay as they were."
                " Weights, places, special awards, tie-breaks and the minimum score may"
                " change. Yours also differs in: {paths}. Nothing was saved."
            ).format(paths=", ".join(fixed)),
            code="rules_fixed",
            errors=[
                FieldError(
                    f"document.{path}", _("This stays as it was."), code="rules_fixed"
                )
                for path in fixed
            ],
        )


def _keep_criteria(contest: Contest, codes: list[str]) -> None:
    """Give each criterion its row; what left the rulebook is retired, not deleted."""
    contest.criteria.exclude(code__in=codes).update(retired=True)
    for position, code in enumerate(codes):
        Criterion.objects.update_or_create(
            contest=contest,
            code=code,
            defaults={"position": position, "retired": False},
        )
