"""Everything that changes the register and who speaks for whom in it."""

from typing import Any

from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.services import Invitation, invite
from audit.services import record
from core.errors import Conflict, Invalid, Stale
from core.policy import require
from organisations.countries import country
from organisations.models import Organisation, Representative


@transaction.atomic
def add_organisation(*, by: User, i_represent: bool, **fields: Any) -> Organisation:
    """Add an organisation; who adds it may become its first representative."""
    require(by, "organisations.create")
    organisation = Organisation()
    _fill(organisation, fields)
    _save(organisation)
    if i_represent:
        Representative.objects.create(organisation=organisation, person=by)
    record("organisations.create", organisation, by=by, represents=i_represent)
    return organisation


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, expected_version: int, by: User, **fields: Any
) -> Organisation:
    """Change what the register says, if nobody changed it in between."""
    require(by, "organisations.change", organisation)
    current = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if current.version != expected_version:
        raise Stale(
            _(
                "This organisation was changed by somebody else in between (version"
                " {current}, yours is {expected}). Nothing of yours was saved; compare"
                " and save again."
            ).format(current=current.version, expected=expected_version),
            extra={
                "current_version": current.version,
                "current": model_to_dict(current, exclude=["version"]),
            },
        )
    _fill(current, fields)
    current.version += 1
    _save(current)
    record("organisations.change", current, by=by, fields=sorted(fields))
    return current


@transaction.atomic
def invite_representative(
    *, organisation: Organisation, email: str, name: str, role: str, by: User
) -> Invitation:
    """Let a person act for the organisation and give the code that lets them in.

    Whether ``by`` may is asked by the caller: representatives invite colleagues, a
    coordinator (``contest.services``) the first one.
    """
    invitation = invite(email=email, name=name, by=by)
    link, created = Representative.objects.get_or_create(
        organisation=organisation,
        person=invitation.person,
        ended_at=None,
        defaults={"role": role},
    )
    record("organisations.invite_representative", link, by=by, again=not created)
    return invitation


# The sentences of the country packs, which know no Django, marked for translation.
gettext_noop("nine digits, the last one a check digit")


def _fill(organisation: Organisation, fields: dict[str, Any]) -> None:
    fields = dict(fields)
    if name := fields.pop("name", None):
        organisation.set_name(name)
    for field, value in fields.items():
        setattr(organisation, field, value)
    pack = country(organisation.country)
    if organisation.code and not pack.organisation_code_is_valid(organisation.code):
        raise Invalid.field(
            "code",
            _(
                "{received} is not a registration code: it has {rule}. Leave it empty"
                " if you do not have it at hand."
            ).format(received=organisation.code, rule=_(pack.organisation_code_rule)),
            received=organisation.code,
        )
    if organisation.municipality and (
        organisation.municipality not in pack.municipalities
    ):
        raise Invalid.field(
            "municipality",
            _(
                "{received} is not the code of a municipality; codes look like LT-33."
            ).format(received=organisation.municipality),
            received=organisation.municipality,
        )


def _save(organisation: Organisation) -> None:
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as exc:
        raise Conflict(
            _(
                "An organisation with the code {code} is already in the register. Find"
                " it there and ask to represent it."
            ).format(code=organisation.code),
            code="organisation_exists",
        ) from exc
