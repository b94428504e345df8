"""Next year's edition from this year's: planned first, then made. Services.

``plan`` says what an edition would be like and changes nothing; ``clone`` makes it.
Entries, scores, assignments, acts and auditors are never taken.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest import rulebook
from contest.dates import years_later, years_to_come
from contest.differences import Difference, differences
from contest.models import Contest, ContestLogo, Coordinator, Juror
from contest.pretending import require_real
from contest.services import create_contest
from contest.timetable import PLANNED, require_order
from core.errors import Invalid
from core.policy import require

PARTS = ("rulebook", "texts", "logos", "panel", "coordinators")
_TEXTS = ("title", "description", "funder_line", "sample_note")
_SETTINGS = (
    "languages",
    "fallback_language",
    "time_zone",
    "currency",
    "masks_organisations",
)
_COMPARED = ("slug", "edition", *_TEXTS, *_SETTINGS, *PLANNED)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the next edition is to be.

    ``take`` are names of ``PARTS``. ``years`` moves every date; ``dates`` stand instead
    where they are given. ``title`` and ``template`` are needed where the texts or the
    rulebook are not taken.
    """

    slug: str
    edition: str
    take: Collection[str]
    years: int
    dates: Mapping[str, datetime | None]
    title: Mapping[str, str] | None = None
    template: str | None = None
    reference_prefix: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """An edition that is not made yet: its fields, its rules, and who comes along."""

    fields: Mapping[str, Any]
    document: Mapping[str, Any]
    logos: Sequence[ContestLogo]
    jurors: Sequence[Juror]
    coordinators: Sequence[Coordinator]
    differences: Sequence[Difference]


def plan(*, contest: Contest, wishes: Wishes, by: User) -> Plan:
    """Say what the next edition would be like, and in what it would differ."""
    require(by, "contest.clone", contest)
    require_real(contest)
    fields = _fields(contest, wishes)
    require_order(fields)
    document = _document(contest, wishes)
    logos = list(contest.logos.all()) if "logos" in wishes.take else []
    jurors = list(_seats(contest)) if "panel" in wishes.take else []
    people = list(contest.coordinators.all()) if "coordinators" in wishes.take else []
    parts = {
        "logos": (contest.logos.count(), len(logos)),
        "panel": (contest.jurors.count(), len(jurors)),
        "coordinators": (
            contest.coordinators.count(),
            len({by.pk, *(c.person_id for c in people)}),
        ),
    }
    return Plan(
        fields=fields,
        document=document,
        logos=logos,
        jurors=jurors,
        coordinators=people,
        differences=[
            *_field_differences(contest, fields),
            *_rulebook_difference(contest, document, wishes),
            *(
                Difference(path, *both)
                for path, both in parts.items()
                if len({*both}) > 1
            ),
        ],
    )


@transaction.atomic
def clone(*, contest: Contest, wishes: Wishes, by: User) -> Contest:
    """Make the next edition; whoever makes it coordinates it.

    Jurors come along as seats that are planned: nobody is invited, nothing is opened
    to them until a coordinator sends the invitations.
    """
    planned = plan(contest=contest, wishes=wishes, by=by)
    made = create_contest(
        series=contest.series,
        rulebook_document=dict(planned.document),
        by=by,
        reference_prefix=wishes.reference_prefix,
        **planned.fields,
    )
    _bring_along(planned, made)
    record(
        "contest.clone",
        made,
        by=by,
        contest_id=made.pk,
        label=made.slug,
        source=contest.slug,
        taken=sorted(wishes.take),
    )
    return made


def _bring_along(planned: Plan, made: Contest) -> None:
    for logo in planned.logos:
        ContestLogo.objects.create(
            contest=made,
            picture_id=logo.picture_id,
            alt=logo.alt,
            position=logo.position,
        )
    for number, juror in enumerate(planned.jurors, start=1):
        Juror.objects.create(
            contest=made,
            person_id=juror.person_id,
            number=number,
            role=juror.role,
            groups=juror.groups,
            invited_at=None,
        )
    for coordinator in planned.coordinators:
        Coordinator.objects.get_or_create(contest=made, person_id=coordinator.person_id)


def _fields(contest: Contest, wishes: Wishes) -> dict[str, Any]:
    """Make what ``create_contest`` takes."""
    takes_texts = "texts" in wishes.take
    title = wishes.title or (contest.title if takes_texts else None)
    if title is None:
        raise Invalid.field(
            "title", _("Give a title, or take the texts of the earlier edition.")
        )
    texts = {name: getattr(contest, name) for name in _TEXTS} if takes_texts else {}
    kept = {name: getattr(contest, name) for name in _SETTINGS}
    return {
        **kept,
        **texts,
        **moved_dates(contest, wishes.years),
        **wishes.dates,
        "title": dict(title),
        "slug": wishes.slug,
        "edition": wishes.edition,
    }


def years_ahead(contest: Contest, now: datetime) -> int:
    """Count after how many years all dates of this edition come again."""
    times = filter(None, _announced(contest).values())
    return years_to_come(times, now, ZoneInfo(contest.time_zone))


def moved_dates(contest: Contest, years: int) -> dict[str, datetime | None]:
    """Move the dates of this edition, each to the same weekday and hour."""
    zone = ZoneInfo(contest.time_zone)
    return {
        name: years_later(at, years, zone) if at else None
        for name, at in _announced(contest).items()
    }


def _announced(contest: Contest) -> dict[str, datetime | None]:
    """Read the dates: what was announced comes again, not extensions of one year."""
    return {name: getattr(contest, name) for name in PLANNED}


def _document(contest: Contest, wishes: Wishes) -> dict[str, Any]:
    if "rulebook" in wishes.take:
        # A lot is drawn anew: last year's seed is known to everybody.
        return {**contest.rules_in_force.document, "lot_seed": ""}
    if wishes.template is None:
        raise Invalid.field(
            "rulebook_template",
            _("Name a template, or take the rulebook of the earlier edition."),
        )
    return rulebook.template(wishes.template)


def _seats(contest: Contest) -> Iterator[Juror]:
    return contest.jurors.filter(removed_at__isnull=True).iterator()


def _field_differences(
    contest: Contest, fields: Mapping[str, Any]
) -> Iterator[Difference]:
    for name in _COMPARED:
        after = fields.get(name, {})  # texts that were not taken
        yield from _differences(name, getattr(contest, name), after)


def _differences(path: str, before: Any, after: Any) -> Iterator[Difference]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted({*before, *after}):
            yield from _differences(f"{path}.{key}", before.get(key), after.get(key))
    elif before != after:
        yield Difference(path, _shown(before), _shown(after))


def _shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _rulebook_difference(
    contest: Contest, document: Mapping[str, Any], wishes: Wishes
) -> Iterator[Difference]:
    old = {**contest.rules_in_force.document, "lot_seed": ""}
    found = differences(old, document, "rulebook")
    if found:
        yield Difference("rulebook", contest.rules_in_force.number, wishes.template)
    yield from found
