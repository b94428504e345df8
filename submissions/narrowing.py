"""How entries are found in a coordinator's list: words, places, what they lack."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import pgettext_lazy

from accounts.models import User
from contest.models import Contest
from contest.rulebook import read_version
from core.collation import word_finder
from core.policy import allows
from submissions.entered import has_chosen
from submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Shortage:
    """Something of which entries may have too little, told by the app that knows.

    ``may`` says whether a person may know it of a contest's entries; ``short`` finds
    them.
    """

    code: str
    label: Any
    may: Callable[[Contest, User], bool]
    short: Callable[[Contest], QuerySet[Submission]]


_SHORTAGES: list[Shortage] = []


def tells_shortage(shortage: Shortage) -> None:
    """Register something that entries may lack; the apps above do so, too."""
    _SHORTAGES.append(shortage)


def shortages_for(contest: Contest, user: User) -> list[Shortage]:
    """List what a person may be told that entries have too little of."""
    return [shortage for shortage in _SHORTAGES if shortage.may(contest, user)]


def _with_few_jurors(contest: Contest) -> QuerySet[Submission]:
    rules = read_version(contest.rules_in_force)
    scores = Q(assignments__is_assigned=True, assignments__conflict_at__isnull=True)
    entries = Submission.objects.filter(contest=contest).in_competition().order_by()
    counted = entries.annotate(judges=Count("assignments", filter=scores))
    return counted.filter(judges__lt=rules.scores_wanted)


tells_shortage(
    Shortage(
        "jurors",
        pgettext_lazy("fewer than asked", "jurors"),
        may=lambda contest, user: allows(user, "submissions.view_assignments", contest),
        short=_with_few_jurors,
    )
)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What entries are looked for; what is empty does not narrow.

    ``is_checked`` tells apart those whose checklist is complete; ``short_of`` is the
    code of a shortage, and one that the person may not know of finds nothing.
    """

    nomination: str = ""
    municipality: str = ""
    action_group: str = ""
    is_checked: bool | None = None
    short_of: str = ""


def narrowed(
    entries: QuerySet[Submission], wanted: Narrowing, *, contest: Contest, user: User
) -> QuerySet[Submission]:
    """Keep the entries of a contest that are looked for, by what was sent."""
    sent = "current_version__content__document__"
    if wanted.nomination:
        entries = entries.filter(has_chosen([wanted.nomination]))
    if wanted.municipality:
        entries = entries.filter(organisation__municipality=wanted.municipality)
    if wanted.action_group:
        entries = entries.filter(**{f"{sent}action_group": wanted.action_group})
    if wanted.is_checked is not None:
        entries = entries.filter(pk__in=_by_checklist(entries, wanted, contest))
    if wanted.short_of:
        known = {each.code: each for each in shortages_for(contest, user)}
        found = known.get(wanted.short_of)
        if found is None:
            return entries.none()
        entries = entries.filter(pk__in=found.short(contest).values("pk"))
    return entries


def _by_checklist(
    entries: QuerySet[Submission], wanted: Narrowing, contest: Contest
) -> list[UUID]:
    """Read the checklists of all: what they need stands in the rules, not in SQL."""
    rules = read_version(contest.rules_in_force)
    return [
        pk
        for pk, checks in entries.values_list("pk", "checks")
        if (not rules.unmet(checks)) == wanted.is_checked
    ]


def places_of(entries: QuerySet[Submission]) -> tuple[list[tuple[str, str]], list[str]]:
    """Tell where entries come from: countries with municipalities, action groups."""
    places = entries.exclude(organisation__municipality="").order_by().distinct()
    groups = "current_version__content__document__action_group"
    told = entries.order_by().values_list(groups, flat=True).distinct()
    municipalities = places.values_list(
        "organisation__country", "organisation__municipality"
    )
    return list(municipalities), sorted({group for group in told if group})


def matching(entries: QuerySet[Submission], text: str) -> list[UUID]:
    """Find, in their order, the entries that hold each word of a text.

    In the reference, the title or the name of the organisation. Titles are folded
    here, as the register folds names: databases disagree about Š and Ž.
    """
    holds = word_finder(text)
    told = entries.values_list(
        "pk",
        "reference",
        "current_version__content__document__title",
        "title",
        "organisation__name_search",
    )
    return [
        pk
        for pk, reference, sent, working, organisation in told
        if holds(f"{reference} {working if sent is None else sent} {organisation}")
    ]
