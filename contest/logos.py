"""Logos of organisers and of an edition's funders and partners. Services."""

import hashlib
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest.models import Contest, ContestLogo, Organiser, Picture
from core.errors import Conflict, Invalid, NotYours, Stale
from core.pictures import NotAPicture, TooManyPixels, clean_picture
from core.policy import require

MAX_BYTES = 1024 * 1024
MAX_LOGOS = 20  # of one edition
_FORMATS = ("PNG", "JPEG", "WEBP")
_MAX_PIXELS = 4_000_000


@transaction.atomic
def set_organiser_logo(*, organiser: Organiser, content: bytes, by: User) -> Organiser:
    """Give the organiser a logo in place of the one it has."""
    organiser = _held_organiser(organiser, by)
    old, organiser.logo = organiser.logo, _kept(_encoded(content))
    organiser.save(update_fields=["logo"])
    _forget(old)
    _record_organiser("contest.set_organiser_logo", organiser, by=by)
    return organiser


@transaction.atomic
def remove_organiser_logo(*, organiser: Organiser, by: User) -> None:
    """Take the organiser's logo away; asking twice changes nothing."""
    organiser = _held_organiser(organiser, by)
    if organiser.logo is None:
        return
    old, organiser.logo = organiser.logo, None
    organiser.save(update_fields=["logo"])
    _forget(old)
    _record_organiser("contest.remove_organiser_logo", organiser, by=by)


@transaction.atomic
def add_logo(*, contest: Contest, content: bytes, by: User) -> ContestLogo:
    """Add a logo behind those that an edition shows; the same one is added once."""
    contest = _held_contest(contest, by)
    picture = _encoded(content)
    shown = contest.logos.filter(picture__sha256=picture.sha256).first()
    if shown is not None:
        return shown
    if contest.logos.count() >= MAX_LOGOS:
        raise Conflict(
            _(
                "An edition shows {limit} logos at most; remove one first. Nothing was"
                " added."
            ).format(limit=MAX_LOGOS),
            code="too_many_logos",
        )
    last = contest.logos.aggregate(last=Max("position"))["last"] or 0
    logo = ContestLogo.objects.create(
        contest=contest, picture=_kept(picture), position=last + 1
    )
    _record("contest.add_logo", logo, contest, by=by)
    return logo


@transaction.atomic
def change_logo(
    *, logo: ContestLogo, expected_version: int, by: User, **fields: Any
) -> ContestLogo:
    """Change the words for those who do not see a logo, or its place in the order."""
    contest = _held_contest(logo.contest, by)
    logo = _logo(contest, logo)
    if logo.version != expected_version:
        raise Stale(
            _(
                "This logo was changed by somebody else in between (version {current},"
                " yours is {expected}). Nothing of yours was saved."
            ).format(current=logo.version, expected=expected_version),
            extra={
                "current_version": logo.version,
                "current": model_to_dict(logo, fields=["alt", "position"]),
            },
        )
    for field, value in fields.items():
        setattr(logo, field, value)
    logo.version += 1
    logo.save(update_fields=["alt", "position", "version"])
    _record("contest.change_logo", logo, contest, by=by)
    return logo


@transaction.atomic
def remove_logo(*, logo: ContestLogo, by: User) -> None:
    """Take a logo off an edition; others that show the picture keep it."""
    contest = _held_contest(logo.contest, by)
    logo = _logo(contest, logo)
    _record("contest.remove_logo", logo, contest, by=by)
    picture = logo.picture
    logo.delete()
    _forget(picture)


def _held_contest(contest: Contest, by: User) -> Contest:
    contest = Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
    require(by, "contest.change", contest)
    return contest


def _held_organiser(organiser: Organiser, by: User) -> Organiser:
    organiser = Organiser.objects.select_for_update(no_key=True).get(pk=organiser.pk)
    require(by, "contest.change_organiser", organiser)
    return organiser


def _logo(contest: Contest, logo: ContestLogo) -> ContestLogo:
    found = contest.logos.select_related("picture").filter(pk=logo.pk).first()
    if found is None:
        raise NotYours(
            _("There is nothing at this address, or it is not yours to see.")
        )
    return found


def _encoded(content: bytes) -> Picture:
    """Make a picture that is not saved yet."""
    try:
        clean = clean_picture(content, formats=_FORMATS, max_pixels=_MAX_PIXELS)
    except TooManyPixels as exc:
        width, height = exc.size
        raise Invalid.field(
            "file",
            _(
                "The picture has {width} × {height} pixels; a logo has"
                " {limit} at most. Make it smaller and send it again."
            ).format(width=width, height=height, limit=_MAX_PIXELS),
            code="too_many_pixels",
        ) from exc
    except NotAPicture as exc:
        raise Invalid.field(
            "file",
            _(
                "This is not a picture that can be opened. A logo is a PNG, JPEG or"
                " WebP file; save it as one of these and send it again."
            ),
            code="not_a_picture",
        ) from exc
    return Picture(
        content=clean.content,
        content_type=clean.content_type,
        sha256=hashlib.sha256(clean.content).hexdigest(),
        width=clean.width,
        height=clean.height,
    )


def _kept(picture: Picture) -> Picture:
    picture.save()
    return picture


def _forget(picture: Picture | None) -> None:
    """Delete a picture that nothing shows any more."""
    if picture is None:
        return
    if picture.organisers.exists() or picture.contest_logos.exists():
        return
    picture.delete()


def _record(action: str, logo: ContestLogo, contest: Contest, *, by: User) -> None:
    record(
        action,
        logo,
        by=by,
        contest_id=contest.pk,
        label=contest.slug,
        sha256=logo.picture.sha256,
        position=logo.position,
    )


def _record_organiser(action: str, organiser: Organiser, *, by: User) -> None:
    record(action, organiser, by=by, label=organiser.slug)
