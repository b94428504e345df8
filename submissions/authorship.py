"""Entries that are a person's own by having begun them, not by an organisation."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from organisations.models import Claim
from submissions.models import Submission


def begun_by(user: User) -> Q:
    """Choose entries begun by a claimant, or nominated by a person alone."""
    return begun_by_claimant(user) | nominated_by(user)


def begun_by_claimant(user: User) -> Q:
    """Choose entries that a person began for an organisation it still asks to join."""
    asked = Claim.objects.pending().of(user).values("organisation")
    return Q(
        created_by_id=user.pk,
        entered_by=Submission.EnteredBy.OWNER,
        organisation__in=asked,
    )


def nominated_by(user: User, to_entry: str = "") -> Q:
    """Choose entries that a person nominated alone; ``to_entry`` leads to them."""
    facts = {
        "created_by_id": user.pk,
        "entered_by": Submission.EnteredBy.NOMINATOR,
        "prepared_by__isnull": True,
    }
    return Q(**{f"{to_entry}{name}": value for name, value in facts.items()})


def nominators_of(entries: Iterable[Submission]) -> dict[UUID, User]:
    """Find the people who nominated entries alone, by key; no query where none did."""
    keys = {entry.nominator_id for entry in entries} - {None}
    found = User.objects.filter(pk__in=keys, is_active=True) if keys else ()
    return {person.pk: person for person in found}


def preparer_of(entry: Submission) -> str:
    """Name who prepared an entry: organisation or person; empty for the secretariat."""
    if entry.prepared_by is not None:
        return str(entry.prepared_by)
    people = nominators_of([entry]).values()
    return next((person.name or _("a nominator") for person in people), "")
