"""What tells a rehearsal from a contest: its mail, and what it may not touch."""

from uuid import UUID

from django.utils.translation import gettext as _

from accounts.letters import recipient_of
from contest.models import Contest, Rehearsal
from core.errors import Conflict
from mail.letters import Recipient
from mail.redirecting import redirects


@redirects
def to_who_rehearses(contest_id: UUID) -> Recipient | None:
    """Name who gets the letters of a rehearsal: the one for whom it was made."""
    rehearsals = Rehearsal.objects.filter(contest=contest_id).select_related("person")
    rehearsal = rehearsals.first()
    return recipient_of(rehearsal.person) if rehearsal else None


def require_real(contest: Contest) -> None:
    """Refuse what would reach beyond a rehearsal."""
    if contest.is_rehearsal:
        raise Conflict(
            _(
                "This is a rehearsal, and that would change more than the rehearsal."
                " Do it in the contest itself. Nothing was done."
            ),
            code="rehearsal",
        )
