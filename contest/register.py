"""What a contest's people do in the register: requests to represent, duplicates.

Services of the contest, because the right to it comes from running one.
"""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest.letters import sender_of
from contest.models import Contest
from core.errors import Conflict, Invalid, NotYours
from core.policy import require
from organisations.merging import Merge, unite
from organisations.models import Change, Claim, Organisation, Representative
from organisations.notices import tell_answer
from organisations.representing import settle_claim
from organisations.services import change


def claims_of(contest: Contest) -> QuerySet[Claim]:
    """List the requests for organisations that could enter: those of its country."""
    return Claim.objects.in_country(_country(contest))


@transaction.atomic
def decide_claim(
    *, contest: Contest, claim: Claim, approve: bool, reason: str, by: User
) -> Claim:
    """Say yes or no for an organisation whose own people do not.

    Where somebody acts for it already, a yes needs a reason: these people can read it.
    """
    require(by, "contest.decide_claim", contest)
    _require_of_country(contest, claim.organisation)
    acting = Representative.objects.acting()
    represented = acting.filter(organisation=claim.organisation).exists()
    if approve and represented and not reason:
        raise Invalid.field(
            "reason",
            _(
                "{organisation} has people who act for it. Say why you decide in their"
                " place: they can read it."
            ).format(organisation=claim.organisation.name),
            code="required",
        )
    settled = settle_claim(claim=claim, approve=approve, reason=reason, by=by)
    tell_answer(settled, sender_of(contest))
    record(
        "contest.decide_claim",
        settled,
        by=by,
        contest_id=contest.pk,
        label=settled.organisation.name,
        approved=approve,
    )
    return settled


@transaction.atomic
def correct_organisation(
    *,
    contest: Contest,
    organisation: Organisation,
    expected_version: int,
    reason: str,
    by: User,
    **fields: Any,
) -> Organisation:
    """Correct a row of the contest's country, or settle a code that was to be checked.

    Its people read the reason in the history of the row.
    """
    require(by, "contest.correct_organisation", contest)
    _require_of_country(contest, organisation)
    current = change(
        organisation=organisation,
        expected_version=expected_version,
        by=by,
        acted_as=Change.ActedAs.ORGANISER,
        reason=reason,
        **fields,
    )
    record(
        "contest.correct_organisation",
        current,
        by=by,
        contest_id=contest.pk,
        reason=reason,
        fields=sorted(fields),
    )
    return current


@transaction.atomic
def merge_organisations(
    *,
    contest: Contest,
    survivor: Organisation,
    duplicate: Organisation,
    reason: str,
    dry_run: bool,
    by: User,
) -> Merge:
    """Merge a duplicate of the contest's country, not one's own.

    Where both have people of their own, an administrator decides (``merging``).
    """
    require(by, "contest.merge_organisations", contest)
    for organisation in (survivor, duplicate):
        _require_of_country(contest, organisation)
        acting = Representative.objects.acting().filter(organisation=organisation)
        if acting.filter(person=by).exists():
            raise Conflict(
                _("You act for {organisation}: somebody else must merge it.").format(
                    organisation=organisation.name
                ),
                code="own_organisation",
            )
    return unite(
        survivor=survivor,
        duplicate=duplicate,
        reason=reason,
        dry_run=dry_run,
        by=by,
        acted_as=Change.ActedAs.ORGANISER,
        contest_id=contest.pk,
    )


def _country(contest: Contest) -> str:
    return contest.series.organiser.country


def _require_of_country(contest: Contest, organisation: Organisation) -> None:
    if organisation.country != _country(contest):
        raise NotYours(
            _("There is nothing at this address, or it is not yours to see.")
        )
