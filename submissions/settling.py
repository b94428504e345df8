"""Entries of people who only asked to act for their organisation. Services' part.

Drafting and sending never wait for the answer (ADR 20); being found eligible does.
"""

from django.utils.translation import gettext as _

from core.errors import Conflict
from organisations.models import Claim, Representative
from submissions.models import Submission


def require_settled(entry: Submission) -> None:
    """Refuse an entry whose author was not, or not yet, let act for its owner."""
    claim = claim_in_the_way(entry)
    if claim is not None:
        raise _waiting(entry) if claim.is_pending else _refused(entry)


def claim_in_the_way(entry: Submission) -> Claim | None:
    """Find the author's last request to act for the organisation, unless granted.

    It is in nobody's way once one of the organisation's people has sent the entry.
    """
    version = entry.current_version
    if entry.entered_by != Submission.EnteredBy.OWNER or version is None:
        return None
    asked = Claim.objects.filter(
        organisation=entry.organisation_id, person=entry.created_by_id
    )
    last = asked.order_by("created_at").last()
    if last is None or last.state == Claim.State.APPROVED:
        return None
    acting = Representative.objects.acting().filter(organisation=entry.organisation_id)
    settled = acting.filter(person__in={entry.created_by_id, version.by_id}).exists()
    return None if settled else last


def _waiting(entry: Submission) -> Conflict:
    return Conflict(
        _(
            "Who sent this entry asks to act for {organisation} and has no answer yet."
            " Answer that request first; the entry is kept as it is."
        ).format(organisation=entry.organisation.name),
        code="claim_pending",
    )


def _refused(entry: Submission) -> Conflict:
    return Conflict(
        _(
            "Who sent this entry was not let act for {organisation}. The entry becomes"
            " eligible once a person of the organisation has sent it."
        ).format(organisation=entry.organisation.name),
        code="claim_refused",
    )
