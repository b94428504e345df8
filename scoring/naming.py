"""How an entry, its organisation and the panel are named in a result."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from sys import intern
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext as _

from contest.models import Contest, RulebookVersion
from contest.phases import Phase
from contest.rulebook import read_version
from core import clock
from core.collation import sort_key
from core.errors import Invalid
from core.localized import localized
from core.prepared import Prepared
from organisations.countries import country
from scoring.ranking import OVERALL
from submissions.models import Submission

_SENT = "current_version__content__document"


@dataclass(frozen=True, slots=True)
class Naming:
    """What a result shows beside the numbers of one entry: as sent, no contacts."""

    reference: str
    title: str
    organisation: str
    municipality: str
    county: str
    action_group: str


def list_titles(
    contest: Contest, version: RulebookVersion | None = None
) -> dict[str, str]:
    """Name the lists of the ranking by their codes, the overall one first.

    Those of the rules in force, or of another version of them.
    """
    fallback = contest.fallback_language
    titles = {
        nomination["code"]: localized(nomination["title"], fallback=fallback)
        for nomination in (version or contest.rules_in_force).document["nominations"]
    }
    return {OVERALL: _("Overall"), **titles}


def known_list(titles: Mapping[str, str], code: str) -> str:
    """Take the code of a list, or refuse it."""
    if code in titles:
        return code
    raise Invalid.field(
        "nomination",
        _("There is no list “{code}”; there are: {allowed}.").format(
            code=code[:60], allowed=", ".join(titles)
        ),
        received=code,
    )


def namings(contest: Contest, references: Iterable[str]) -> dict[str, Naming]:
    """Name entries by reference, in one query; masked where the contest says so."""
    rows = _NAMED.plain(contest=contest.pk, references=tuple(references))
    return {row[0]: _naming(contest, *row) for row in rows}


def _named(contest: UUID, references: tuple[str, ...]) -> QuerySet[Any]:
    return (
        Submission.objects.filter(contest=contest, reference__among=references)
        .exclude(reference="")  # else the index of references is not used
        .order_by()
        .values_list(
            "reference",
            KeyTextTransform("title", _SENT),
            KeyTextTransform("action_group", _SENT),
            "organisation__name",
            "organisation__country",
            "organisation__municipality",
            "organisation__action_group",
        )
    )


_NAMED = Prepared(_named, contest=UUID, references=tuple)


def _naming(
    contest: Contest,
    reference: str,
    title: str,
    action_group: str,
    organisation: str,
    land: str,
    municipality: str,
    own_group: str,
) -> Naming:
    pack = country(land)
    return Naming(
        reference=reference,
        title=title,
        organisation=shown_organisation(contest, reference, organisation),
        municipality=pack.place_name(municipality),
        county=pack.county_name(municipality),
        action_group=intern(action_group or own_group),  # shared by many entries
    )


def shown_organisation(contest: Contest, reference: str, name: str) -> str:
    """Name an organisation, or say that its name is masked in this contest."""
    if not contest.masks_organisations:
        return name
    number = reference.rpartition("-")[2]
    return _("Organisation No. {number} (name masked)").format(number=number)


@dataclass(frozen=True, slots=True)
class PanelMember:
    """Somebody of the jury, as the published result names the person."""

    name: str
    role: str


def published_panel(contest: Contest) -> list[PanelMember] | None:
    """Name who scored, by name; None where the rules do not publish it, or not yet.

    In the order of the names and without the keys of the scores: a result shows single
    scores under those, and nobody is to be found by them.
    """
    rules = read_version(contest.rules_in_force)
    phase = contest.state_at(clock.now()).phase
    if not rules.names_jurors or phase not in {Phase.PUBLISHED, Phase.ARCHIVED}:
        return None
    seats = contest.jurors.voting().with_seat().values_list("person__name", "seat")
    named = [PanelMember(name, seat) for name, seat in seats.order_by() if name]
    return sorted(named, key=lambda member: sort_key(member.name))
