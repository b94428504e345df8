"""What a person is towards an organisation: the rows ``organisations.*``."""

from core.policy import Standing, person_roles, register_permissions, standing
from organisations.models import Claim, Organisation, Representative

OWNER = "owner"
OTHER_OWNER = "other_owner"
CLAIMANT = "claimant"

register_permissions("organisations")


@standing.register
def _standing_towards_organisation(obj: Organisation, user) -> Standing:
    return Standing(person_roles(user) | ownership(user, obj.pk))


@standing.register
def _standing_towards_claim(obj: Claim, user) -> Standing:
    is_own = user.is_authenticated and obj.person_id == user.pk
    own = {CLAIMANT} if is_own else set()
    return Standing(person_roles(user) | own)


def ownership(user, organisation_id):
    """``owner`` for its representatives, ``other_owner`` for those of another one."""
    if not user.is_authenticated:
        return frozenset()
    represented = set(
        Representative.objects.acting()
        .filter(person=user)
        .values_list("organisation_id", flat=True)
    )
    if organisation_id in represented:
        return frozenset({OWNER})
    return frozenset({OTHER_OWNER}) if represented else frozenset()
