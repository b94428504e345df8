"""What the register said before: one row a change, kept beside the audit."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from organisations.models import Change, Claim, Organisation, Representative

# Contacts may be a person's own: of them only the fact is kept that they changed.
CONTACTS = ("address", "email", "phone")
KEPT = (
    "country",
    "name",
    "code",
    "code_state",
    "former_codes",
    "kind",
    "legal_form",
    "municipality",
    "eldership",
    "action_group",
    "website",
)
_NAMED_BY = {"country", "name", "kind"}  # as what a row goes


def values_of(organisation: Organisation) -> dict[str, Any]:
    """Take what a change is told by."""
    return {name: getattr(organisation, name) for name in (*KEPT, *CONTACTS)}


def keep(
    organisation: Organisation,
    kind: Change.Kind,
    *,
    before: dict[str, Any],
    by: User | None,
    acted_as: str = Change.ActedAs.SELF,
    reason: str = "",
) -> None:
    """Add the row of a change that was saved; where nothing differs, none.

    ``before`` are ``values_of`` the organisation as it was, empty for a new one.
    """
    after = values_of(organisation)
    changed = [n for n, now in after.items() if (before.get(n) or "") != (now or "")]
    if not changed and kind == Change.Kind.CHANGED:
        return
    Change.objects.create(
        organisation_id=organisation.pk,
        kind=kind,
        by_id=getattr(by, "pk", None),
        acted_as=acted_as,
        version=organisation.version,
        fields=changed,
        values={n: [before.get(n), after[n]] for n in changed if n in KEPT},
        reason=reason,
    )


def changes_of(organisation_id: UUID) -> QuerySet[Change]:
    """List the changes of an organisation and of what was merged into it."""
    merged = Organisation.objects.filter(merged_into=organisation_id)
    return Change.objects.filter(
        Q(organisation_id=organisation_id) | Q(organisation_id__in=merged.values("pk"))
    )


def is_confirmed(organisation: Organisation) -> bool:
    """Tell whether others than its own people stand for what the row says it is.

    Who acts for it may write any name and kind. So, since they last did: an official
    brought or corrected it, or somebody who never acted for it added it, or approved a
    request to act for it.
    """
    own = set(
        Representative.objects.filter(organisation=organisation).values_list(
            "person", flat=True
        )
    )
    approved = Claim.objects.filter(
        organisation=organisation, state=Claim.State.APPROVED
    )
    answers = approved.exclude(decided_by_id__in=own)
    confirmed = list(answers.values_list("decided_at", flat=True))
    said = []
    for change in Change.objects.filter(organisation_id=organisation.pk):
        if change.acted_as != Change.ActedAs.SELF or change.by_id not in own:
            confirmed.append(change.at)
        elif not _NAMED_BY.isdisjoint(change.fields):
            said.append(change.at)
    return bool(confirmed) and (not said or max(confirmed) > max(said))
