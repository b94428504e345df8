"""Who won in which edition of a series. Services."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest.models import Contest
from contest.phases import Phase
from core import clock
from core.errors import Conflict, Invalid
from core.policy import require
from organisations.models import Organisation
from submissions.models import Award

_PUBLISHED = (Phase.PUBLISHED, Phase.ARCHIVED)


@transaction.atomic
def add_award(
    *, contest: Contest, organisation: Organisation, by: User, **fields: Any
) -> Award:
    """Record a winner of an earlier edition of the contest's series, held elsewhere.

    Whoever wins in an edition that is here is awarded by its published result alone.
    """
    require(by, "submissions.add_award", contest)
    editions = Contest.objects.filter(series=contest.series_id)
    if editions.filter(edition=fields["edition"]).exists():
        raise Invalid.field(
            "edition",
            _("The winners of this edition come from its own result."),
            received=fields["edition"],
        )
    try:
        with transaction.atomic():
            award = Award.objects.create(
                series_id=contest.series_id,
                organisation=organisation,
                by_id=by.pk,
                **fields,
            )
    except IntegrityError as exc:
        raise Conflict(
            _(
                "This award of {organisation} in the edition {edition} is already"
                " recorded."
            ).format(organisation=organisation.name, edition=fields["edition"]),
            code="award_exists",
        ) from exc
    _record("submissions.add_award", award, contest, by=by)
    return award


@transaction.atomic
def remove_award(*, contest: Contest, award: Award, by: User) -> None:
    """Take back an award that was recorded by mistake; the record keeps that it was.

    What a published result gave goes only when the result is taken back.
    """
    require(by, "submissions.add_award", contest)
    if award.contest and award.contest.state_at(clock.now()).phase in _PUBLISHED:
        raise Conflict(
            _("The winners of this edition come from its own result."),
            code="award_of_result",
        )
    _record("submissions.remove_award", award, contest, by=by)
    award.delete()


def _record(action: str, award: Award, contest: Contest, *, by: User) -> None:
    record(
        action,
        award,
        by=by,
        contest_id=contest.pk,
        label=f"{award.edition} {award.nomination}",
        organisation=str(award.organisation_id),
        edition=award.edition,
        nomination=award.nomination,
        place=award.place,
    )
