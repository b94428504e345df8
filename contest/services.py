"""Everything that changes organisers, series and editions."""

from typing import Any
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import Invitation, invite
from audit.services import record
from contest.letters import INVITED_BY_ORGANISER, sender_of
from contest.models import (
    Contest,
    Coordinator,
    Organiser,
    OrganiserMember,
    Series,
)
from contest.notices import tell_membership
from contest.phases import Phase
from contest.rulemaking import add_rulebook
from contest.timetable import PLANNED, require_order
from core import clock
from core.errors import Conflict, FieldError, Invalid, Stale
from core.policy import require
from organisations.models import Organisation, Representative
from organisations.services import invite_representative

_CHECKED_TOGETHER = (
    *PLANNED,
    "languages",
    "fallback_language",
    "time_zone",
)
_OF_ORGANISER = ["name", "country", "phone", "email", "website"]
_CHANGEABLE = [
    "title",
    "edition",
    "languages",
    "fallback_language",
    "time_zone",
    "currency",
    *PLANNED,
    "description",
    "funder_line",
    "sample_note",
    "masks_organisations",
]


@transaction.atomic
def create_organiser(*, by: User, **fields: Any) -> Organiser:
    """Open a tenant."""
    require(by, "contest.create_organiser")
    organiser = _create_once(Organiser, "slug", **fields)
    record("contest.create_organiser", organiser, by=by, label=organiser.slug)
    return organiser


@transaction.atomic
def add_organiser_member(
    *, organiser: Organiser, email: str, name: str, by: User
) -> Invitation:
    """Let a person create and prepare the organiser's contests."""
    require(by, "contest.add_organiser_member", organiser)
    invitation = invite(email=email, name=name, by=by)
    member, _created = OrganiserMember.objects.get_or_create(
        organiser=organiser, person=invitation.person
    )
    tell_membership(INVITED_BY_ORGANISER, member, invitation.person)
    record("contest.add_organiser_member", member, by=by, label=organiser.slug)
    return invitation


@transaction.atomic
def change_organiser(
    *, organiser: Organiser, expected_version: int, by: User, **fields: Any
) -> Organiser:
    """Change whom entrants call, if nobody changed it in between."""
    require(by, "contest.change_organiser", organiser)
    current = Organiser.objects.select_for_update(no_key=True).get(pk=organiser.pk)
    if current.version != expected_version:
        raise Stale(
            _(
                "The organiser was changed by somebody else in between (version"
                " {current}, yours is {expected}). Nothing of yours was saved."
            ).format(current=current.version, expected=expected_version),
            extra={
                "current_version": current.version,
                "current": model_to_dict(current, fields=_OF_ORGANISER),
            },
        )
    for field, value in fields.items():
        setattr(current, field, value)
    current.version += 1
    current.save()
    record(
        "contest.change_organiser",
        current,
        by=by,
        label=current.slug,
        fields=sorted(fields),
    )
    return current


@transaction.atomic
def create_series(*, organiser: Organiser, by: User, **fields: Any) -> Series:
    """Open the contest that comes back every year."""
    require(by, "contest.create", organiser)
    series = _create_once(Series, "slug", organiser=organiser, **fields)
    record("contest.create_series", series, by=by, label=series.slug)
    return series


@transaction.atomic
def create_contest(
    *,
    series: Series,
    rulebook_document: dict[str, Any],
    by: User,
    reference_prefix: str = "",
    **fields: Any,
) -> Contest:
    """Create an edition with its first rulebook; its creator coordinates it."""
    require(by, "contest.create", series.organiser)
    contest = open_edition(series, rulebook_document, reference_prefix, fields, by=by)
    record("contest.create", contest, by=by, contest_id=contest.pk, label=contest.slug)
    return contest


def open_edition(
    series: Series,
    rulebook_document: dict[str, Any],
    reference_prefix: str,
    fields: dict[str, Any],
    *,
    by: User,
) -> Contest:
    """Insert an edition that ``by`` coordinates; the caller asks and records."""
    _check_edition(fields)
    _require_new_edition(series, fields["edition"])
    prefix = reference_prefix or slugify(fields["edition"]).upper()[:8] or "E"
    contest = _create_once(
        Contest, "slug", series=series, reference_prefix=prefix, **fields
    )
    Coordinator.objects.create(contest=contest, person=by)
    add_rulebook(contest, rulebook_document, reason="", by=by)
    return contest


@transaction.atomic
def change_contest(
    *, contest: Contest, expected_version: int, by: User, **fields: Any
) -> Contest:
    """Change texts and dates, if nobody changed them in between."""
    require(by, "contest.change", contest)
    current = Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
    if current.version != expected_version:
        raise Stale(
            _(
                "The contest was changed by somebody else in between (version"
                " {current}, yours is {expected}). Nothing of yours was saved."
            ).format(current=current.version, expected=expected_version),
            extra={
                "current_version": current.version,
                "current": model_to_dict(current, fields=_CHANGEABLE),
            },
        )
    _require_dates_still_free(current, fields)
    known = {name: getattr(current, name) for name in _CHECKED_TOGETHER}
    _check_edition({**known, **fields})
    if fields.get("edition", current.edition) != current.edition:
        _require_new_edition(current.series, fields["edition"])
    for field, value in fields.items():
        setattr(current, field, value)
    current.version += 1
    current.save()
    record(
        "contest.change",
        current,
        by=by,
        contest_id=current.pk,
        label=current.slug,
        fields=sorted(fields),
    )
    return current


@transaction.atomic
def invite_first_representative(
    *,
    contest: Contest,
    organisation: Organisation,
    email: str,
    name: str,
    role: str,
    by: User,
) -> Invitation:
    """Let a coordinator bring in an organisation that nobody represents yet.

    Where somebody does, that person invites colleagues: a coordinator of one contest
    must not become a voice of an organisation that enters another.
    """
    require(by, "contest.invite_first_representative", contest)
    represented = (
        Representative.objects.acting()
        .filter(organisation=organisation)
        .exclude(person__email=email.strip().lower())
    )
    if represented.exists():
        raise Conflict(
            _(
                "{organisation} already has a representative; that person invites"
                " others."
            ).format(organisation=organisation.name),
            code="organisation_has_representatives",
        )
    return invite_representative(
        organisation=organisation,
        email=email,
        name=name,
        role=role,
        sender=sender_of(contest),
        by=by,
    )


def _check_edition(fields: dict[str, Any]) -> None:
    zone = fields.get("time_zone", "Europe/Vilnius")
    if zone not in available_timezones():
        raise Invalid.field(
            "time_zone",
            _("{received} is not a time zone; names look like Europe/Vilnius.").format(
                received=zone
            ),
            received=zone,
        )
    require_order(fields)
    languages = fields.get("languages")
    if languages and fields.get("fallback_language") not in (None, *languages):
        raise Invalid.field(
            "fallback_language",
            _("The fallback language must be one of: {allowed}.").format(
                allowed=", ".join(languages)
            ),
            received=fields["fallback_language"],
        )


def _require_new_edition(series: Series, edition: str) -> None:
    if series.contests.filter(edition=edition).exists():
        said = _("The series already has the edition “{edition}”.").format(
            edition=edition
        )
        raise Conflict(
            said, code="taken", errors=[FieldError("edition", said, code="taken")]
        )


def _require_dates_still_free(contest: Contest, fields: dict[str, Any]) -> None:
    """Keep the dates once entries come in: the deadline moves by an act."""
    if contest.state_at(clock.now()).phase != Phase.OPEN:
        return
    for name in ("opens_at", "closes_at"):
        if fields.get(name, getattr(contest, name)) != getattr(contest, name):
            raise Conflict(
                _(
                    "Collection is open: its dates stay as they were announced. Move"
                    " the deadline at contests/{slug}/deadline/, with a reason."
                ).format(slug=contest.slug),
                code="collection_open",
            )


def _create_once(model: Any, field: str, **fields: Any) -> Any:
    try:
        with transaction.atomic():
            return model.objects.create(**fields)
    except IntegrityError as exc:
        said = _("“{value}” is taken; choose another address.").format(
            value=fields[field]
        )
        raise Conflict(
            said, code="taken", errors=[FieldError(field, said, code="taken")]
        ) from exc
