"""What changes the register. Who speaks for whom: ``representing``; ``merging``."""

from typing import Any

from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import Invitation, invite
from audit.services import record
from core.errors import Conflict, Invalid, Stale
from core.policy import require
from mail.letters import Sender
from mail.services import house_as_sender
from organisations import history
from organisations.countries import country
from organisations.countries.pack import CountryPack
from organisations.models import Change, Organisation
from organisations.notices import tell_invitation
from organisations.representing import hold, let_act

CodeState = Organisation.CodeState
_MOST_FORMER = 20  # former names that are kept findable; the history has all


@transaction.atomic
def add_organisation(*, by: User, i_represent: bool, **fields: Any) -> Organisation:
    """Add an organisation; who adds it may become its first representative.

    ``Organisation.objects.like`` tells which others it may repeat.
    """
    require(by, "organisations.create")
    organisation = Organisation()
    _fill(organisation, fields)
    _save(organisation)
    if i_represent:
        let_act(organisation=organisation, person=by)
    history.keep(organisation, Change.Kind.ADDED, before={}, by=by)
    record("organisations.create", organisation, by=by, represents=i_represent)
    return organisation


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, expected_version: int, by: User, **fields: Any
) -> Organisation:
    """Change what the register says, if nobody changed it in between."""
    require(by, "organisations.change", organisation)
    current = change(
        organisation=organisation,
        expected_version=expected_version,
        by=by,
        acted_as=Change.ActedAs.SELF,
        **fields,
    )
    record("organisations.change", current, by=by, fields=sorted(fields))
    return current


@transaction.atomic
def correct_organisation(
    *,
    organisation: Organisation,
    expected_version: int,
    reason: str,
    by: User,
    **fields: Any,
) -> Organisation:
    """Correct a row as an administrator: never its contacts."""
    require(by, "organisations.correct", organisation)
    if contacts := sorted(fields.keys() & set(history.CONTACTS)):
        raise Invalid.field(
            contacts[0],
            _(
                "Contacts are changed by the organisation itself, or by the"
                " coordinator of a contest. Nothing was saved."
            ),
        )
    current = change(
        organisation=organisation,
        expected_version=expected_version,
        by=by,
        acted_as=Change.ActedAs.ADMINISTRATOR,
        reason=reason,
        **fields,
    )
    record(
        "organisations.correct", current, by=by, reason=reason, fields=sorted(fields)
    )
    return current


def change(
    *,
    organisation: Organisation,
    expected_version: int,
    by: User,
    acted_as: str,
    reason: str = "",
    **fields: Any,
) -> Organisation:
    """Change a row in the caller's transaction, if nobody changed it in between.

    Whether ``by`` may is asked, and the record kept, by the caller. An official who
    gives a reason settles a code that was to be checked: also one whose check digit
    does not hold is valid on such a word.
    """
    current = Organisation.objects.select_for_update().get(pk=organisation.pk)
    _require_standing(current)
    _require_version(current, expected_version)
    before = history.values_of(current)
    _fill(current, fields, checked=acted_as != Change.ActedAs.SELF)
    current.version += 1
    _save(current)
    history.keep(
        *(current, Change.Kind.CHANGED),
        before=before,
        by=by,
        acted_as=acted_as,
        reason=reason,
    )
    return current


@transaction.atomic
def invite_representative(
    *,
    organisation: Organisation,
    email: str,
    name: str,
    role: str,
    by: User,
    sender: Sender | None = None,
) -> Invitation:
    """Let a person act for the organisation and give the code that lets them in.

    An address that several people share is invited once for each name. Whether ``by``
    may is asked by the caller: representatives invite colleagues, a coordinator
    (``contest.services``) the first one, in the name of a ``sender``.
    """
    current = hold(organisation)
    _require_standing(current)
    invitation = invite(email=email, name=name, by=by)
    link, created = let_act(
        organisation=current, person=invitation.person, name=name, role=role
    )
    tell_invitation(link, current, invitation.person, sender or house_as_sender())
    record("organisations.invite_representative", link, by=by, again=not created)
    return invitation


def _fill(
    organisation: Organisation, fields: dict[str, Any], *, checked: bool = False
) -> None:
    """Set the fields, refuse what the country does not know, keep what search needs."""
    fields = dict(fields)
    name = fields.pop("name", None) or organisation.name
    stated = fields.pop("code_state", None)
    was = organisation.country, organisation.code
    for field, value in fields.items():
        setattr(organisation, field, value)
    pack = country(organisation.country)
    is_new = organisation._state.adding  # noqa: SLF001 -- Django's documented mark of an unsaved row
    if is_new or stated or was != (organisation.country, organisation.code):
        if not (checked and stated == CodeState.VALID and organisation.code):
            stated = _judged(organisation.code, stated, pack)
        organisation.code_state = stated
    _require_known(organisation, pack)
    if group := pack.find_action_group(organisation.action_group):
        organisation.action_group = group.name
    if not is_new and name != organisation.name:
        organisation.former_names = _with(organisation.former_names, organisation.name)
    organisation.set_name(name)
    organisation.set_search()


def _judged(code: str, stated: str | None, pack: CountryPack) -> str:
    """Tell the state of a code, or refuse it.

    A code whose check digit holds is valid whatever is said of it. One of earlier days
    is kept, to be checked; any other wrong one only for who says that it is.
    """
    if stated == CodeState.MISSING:
        if code:
            raise Invalid.field(
                "code_state",
                _("“missing” says that there is no code, but there is: {code}.").format(
                    code=code
                ),
                received=stated,
            )
        return CodeState.MISSING
    if not code:
        return CodeState.TO_CHECK
    if pack.organisation_code_is_valid(code):
        return CodeState.VALID
    if stated == CodeState.TO_CHECK or pack.organisation_code_is_former(code):
        return CodeState.TO_CHECK
    raise Invalid.field(
        "code",
        _(
            "{received} is not a registration code: it has {rule}. Correct it, or leave"
            " it empty and add it later."
        ).format(received=code, rule=_(pack.organisation_code_rule)),
        received=code,
    )


def _require_known(organisation: Organisation, pack: CountryPack) -> None:
    place = organisation.municipality
    if place and not pack.is_place(place):
        raise Invalid.field(
            "municipality",
            _(
                "{received} is not the code of a municipality; codes look like"
                " {example}. All are listed at countries/{country}/."
            ).format(
                received=place,
                example=next(iter(pack.municipalities), "–"),
                country=pack.code,
            ),
            received=place,
        )
    form = organisation.legal_form
    if form and form not in pack.legal_forms:
        raise Invalid.field(
            "legal_form",
            _("{received} is not a legal form; there are: {allowed}.").format(
                received=form, allowed=", ".join(pack.legal_forms)
            ),
            received=form,
        )


def _require_version(current: Organisation, expected: int) -> None:
    if current.version != expected:
        raise Stale(
            _(
                "This organisation was changed by somebody else in between (version"
                " {current}, yours is {expected}). Nothing of yours was saved; compare"
                " and save again."
            ).format(current=current.version, expected=expected),
            extra={
                "current_version": current.version,
                "current": model_to_dict(current, exclude=["version", "merged_into"]),
            },
        )


def _require_standing(organisation: Organisation) -> None:
    if organisation.merged_into_id is not None:
        raise Conflict(
            _(
                "{organisation} was merged into another organisation in the meantime."
                " Nothing of yours was saved; go on with that one."
            ).format(organisation=organisation.name),
            code="organisation_merged",
            extra={"merged_into": organisation.merged_into_id},
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
            extra=_holder_of(organisation),
        ) from exc


def _holder_of(organisation: Organisation) -> dict[str, Any]:
    """Name who has the code already: the one that stands for it."""
    holder = Organisation.objects.filter(
        country=organisation.country, code=organisation.code
    ).exclude(pk=organisation.pk)
    found = holder.select_related("merged_into").first()
    if found is None:
        return {}
    standing = found.merged_into or found
    return {"existing": {"id": standing.pk, "name": standing.name}}


def _with(names: list[str], name: str) -> list[str]:
    return names if name in names else [*names, name][-_MOST_FORMER:]
