"""What takes part in a contest, as its limits count it; and how a breach is told."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.models import Contest
from contest.rulebook import Rulebook
from core.errors import FieldError
from core.localized import localized
from organisations.countries import country
from organisations.countries.pack import CountryPack
from organisations.models import Organisation
from submissions.limits import COUNTED_STATES, Excess, Standing, Win, exceeded
from submissions.models import Award, Submission

_COLUMNS = (
    "organisation_id",
    "organisation__country",
    "organisation__municipality",
    "organisation__action_group",
    "current_version__content__document__nominations",
    "current_version__content__document__municipality",
    "current_version__content__document__action_group",
)


def breaches(
    entry: Submission, rules: Rulebook, content: dict[str, Any]
) -> list[FieldError]:
    """List the limits that sending ``content`` would break, in sentences.

    Two queries at most, none where the rules limit nothing. What decides holds the
    contest's row, so that nobody takes the last place in between.
    """
    limits = rules.limits
    nothing = (
        limits.entries_per_organisation,
        limits.entries_per_nomination,
        limits.nominations_per_entry,
        limits.quota,
        limits.bar_winners,
    )
    if not any(limit is not None for limit in nothing):
        return []
    takes_part = entry.state in COUNTED_STATES
    found = exceeded(
        limits,
        standing_of(entry.organisation, content),
        others_than(entry),
        holds=standing_of(entry.organisation, entry.sent_document)
        if takes_part
        else None,
        wins=_wins(entry) if limits.bar_winners else (),
        editions=_editions(entry.contest) if limits.bar_winners else (),
    )
    return [told(excess, entry.organisation.country, rules) for excess in found]


def standing_of(organisation: Organisation, content: dict[str, Any]) -> Standing:
    """Take what counts of a content; an empty place is the organisation's own."""
    return _standing(
        organisation.pk,
        organisation.country,
        organisation.municipality,
        organisation.action_group,
        content.get("nominations"),
        content.get("municipality"),
        content.get("action_group"),
    )


def others_than(entry: Submission) -> list[Standing]:
    """Read the entries that take part beside this one, as they were sent."""
    rows = (
        Submission.objects.filter(contest=entry.contest_id, state__in=COUNTED_STATES)
        .exclude(pk=entry.pk)
        .order_by()
        .values_list(*_COLUMNS)
    )
    return [_standing(*row) for row in rows]


def told(excess: Excess, country_code: str, rules: Rulebook) -> FieldError:
    """Say which limit stands in the way and what can be done."""
    pack = country(country_code)
    names = {
        **{code: place.name for code, place in pack.counties.items()},
        **{code: place.name for code, place in pack.municipalities.items()},
        **{n.code: localized(n.title) for n in rules.nominations},
    }
    if excess.code == "quota_place_unknown":
        field, message = _place_unknown(excess.group, pack)
        return FieldError(field, message, code=excess.code)
    field, sentence = _SENTENCES[excess.code]
    group = names.get(excess.group, excess.group)
    message = sentence(excess.limit).format(limit=excess.limit, group=group)
    return FieldError(field, message, code=excess.code)


def _per_organisation(limit: int) -> str:
    return ngettext(
        "One organisation may enter {limit} entry, and that is sent already. Withdraw"
        " it before you send another.",
        "One organisation may enter {limit} entries, and so many are sent already."
        " Withdraw one before you send another.",
        limit,
    )


def _per_nomination(limit: int) -> str:
    return ngettext(
        "One organisation may enter {limit} entry in “{group}”, and that is sent"
        " already. Choose another nomination.",
        "One organisation may enter {limit} entries in “{group}”, and so many are sent"
        " already. Choose another nomination.",
        limit,
    )


def _per_entry(limit: int) -> str:
    return ngettext(
        "An entry may be in {limit} nomination; take the others away.",
        "An entry may be in {limit} nominations; take the others away.",
        limit,
    )


def _quota(limit: int) -> str:
    return ngettext(
        "There is {limit} place for “{group}”, and it is taken. The entry stays saved;"
        " you can send it when the place becomes free.",
        "There are {limit} places for “{group}”, and all are taken. The entry stays"
        " saved; you can send it when a place becomes free.",
        limit,
    )


def _place_unknown(by: str, pack: CountryPack) -> tuple[str, str]:
    """Tell the field and the sentence where it is not known which place is taken."""
    if by == "action_group":
        return by, _("The places are counted by action group; name it first.")
    if by == "county" and not pack.counties:
        return "municipality", _(
            "The places are counted by county, and of {country} the counties are not"
            " known here. Write to the organisers: they can count by municipality"
            " instead. The entry stays saved."
        ).format(country=localized(pack.names))
    sentence = _("The places are counted by where the project was; say it first.")
    return "municipality", sentence


def _barred(limit: int) -> str:
    return ngettext(
        "The organisation won in the edition {group}; by the rules it stays away for"
        " {limit} edition.",
        "The organisation won in the edition {group}; by the rules it stays away for"
        " {limit} editions.",
        limit,
    )


_SENTENCES: Mapping[str, tuple[str, Callable[[int], str]]] = {
    "entries_per_organisation": ("organisation", _per_organisation),
    "entries_per_nomination": ("nominations", _per_nomination),
    "nominations_per_entry": ("nominations", _per_entry),
    "quota_county": ("municipality", _quota),
    "quota_municipality": ("municipality", _quota),
    "quota_action_group": ("action_group", _quota),
    "quota_nomination": ("nominations", _quota),
    "bar_winners": ("organisation", _barred),
}


def _standing(
    organisation: Any,
    country_code: str,
    own_municipality: str,
    own_action_group: str,
    nominations: Iterable[str] | None,
    municipality: str | None,
    action_group: str | None,
) -> Standing:
    place = municipality or own_municipality
    county = country(country_code).county_of(place)
    return Standing(
        organisation=str(organisation),
        nominations=frozenset(nominations or ()),
        county=county.code if county else "",
        municipality=place,
        action_group=action_group or own_action_group,
    )


def _wins(entry: Submission) -> list[Win]:
    awards = Award.objects.filter(
        series=entry.contest.series_id, organisation=entry.organisation_id
    ).exclude(edition=entry.contest.edition)
    return [
        Win(str(award.organisation_id), award.edition, award.place) for award in awards
    ]


def _editions(contest: Contest) -> set[tuple[int, str]]:
    """Name the earlier editions of the series: those held here, and those awarded."""
    held = (
        Contest.objects.filter(series=contest.series_id, opens_at__isnull=False)
        .exclude(pk=contest.pk)
        .values_list("opens_at__year", "edition")
    )
    if contest.opens_at:
        held = held.filter(opens_at__lt=contest.opens_at)
    awarded = (
        Award.objects.filter(series=contest.series_id)
        .exclude(edition=contest.edition)
        .order_by()
        .values_list("year", "edition")
        .distinct()
    )
    labels = {edition: year for year, edition in [*awarded, *held]}
    return {(year, edition) for edition, year in labels.items()}
