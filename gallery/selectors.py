"""The result as the public reads it: who won, why, with which photo."""

import json
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import QuerySet

from contest import rulebook
from contest.models import Contest
from contest.phases import ActKind, Phase, PhaseState
from core.localized import localized
from scoring.models import Citation, FrozenResult, SpecialAward
from scoring.naming import Naming, list_titles, namings
from submissions.file_selectors import as_sent
from submissions.models import Attachment, Submission

_KEPT = 24 * 3600  # seconds; a frozen result never changes


@dataclass(frozen=True, slots=True)
class Winner:
    """One awarded entry of a list, with what may be shown of it."""

    place: int
    shared: bool
    total: Decimal
    naming: Naming
    summary: str
    citation: str
    photo: Attachment | None


@dataclass(frozen=True, slots=True)
class Honoured:
    """An entry with a special award, with what may be shown of it."""

    naming: Naming
    summary: str
    citation: str
    photo: Attachment | None


@dataclass(frozen=True, slots=True)
class Honour:
    """A special award and who was given it."""

    title: str
    description: Mapping[str, str]
    sponsor: Mapping[str, str]
    entries: tuple[Honoured, ...]


@dataclass(frozen=True, slots=True)
class WinnersList:
    """A list with its awarded places; ``entries`` is how many competed in it."""

    code: str
    title: str
    sponsor: Mapping[str, str]
    entries: int
    winners: tuple[Winner, ...]


# In which order a visitor looks for contests: where one can enter, or soon can, first.
_READ_FIRST = (
    (Phase.OPEN,),
    (Phase.ANNOUNCED,),
    (Phase.ELIGIBILITY, Phase.JUDGING, Phase.DELIBERATION),
    (Phase.PUBLISHED,),
    (Phase.ARCHIVED,),
    (Phase.SET_UP,),
)
_RANKS = {phase: rank for rank, phases in enumerate(_READ_FIRST) for phase in phases}


def contests_to_enter_first(
    contests: Iterable[Contest], now: datetime
) -> list[tuple[Contest, PhaseState]]:
    """Give contests with their states: what ends or opens soonest, then in their order.

    Contests whose results are out come after those that run.
    """
    found = [(contest, contest.state_at(now)) for contest in contests]

    def place(shown: tuple[Contest, PhaseState]) -> tuple[int, float]:
        state = shown[1]
        may_enter = state.phase in {Phase.OPEN, Phase.ANNOUNCED}
        soon = state.until.timestamp() if may_enter and state.until else math.inf
        return _RANKS[state.phase], soon

    return sorted(found, key=place)


def published_result(contest: Contest) -> FrozenResult | None:
    """The result frozen by the last publication, without its long text."""
    published = FrozenResult.objects.filter(contest=contest, act__kind=ActKind.PUBLISH)
    return published.defer("text").select_related("act", "rulebook").first()


def winners_of(contest: Contest, frozen: FrozenResult) -> list[WinnersList]:
    """List the awarded of each list; the number of queries does not grow."""
    rules = rulebook.read_version(frozen.rulebook)
    titles = list_titles(contest, frozen.rulebook)
    sponsors = {n.code: n.sponsor for n in rules.nominations}
    placed = _awarded_in(frozen, rules).lists
    shown = _Shown(contest, _on_places(placed))
    return [
        WinnersList(
            code=code,
            title=titles[code],
            sponsor=sponsors.get(code, {}),
            entries=found["entries"],
            winners=tuple(shown.winner(code, row) for row in found["rows"]),
        )
        for code, found in placed.items()
    ]


def honours_of(contest: Contest, frozen: FrozenResult) -> list[Honour]:
    """List the special awards of a result; no query of entries where it has none."""
    rules = rulebook.read_version(frozen.rulebook)
    given = _awarded_in(frozen, rules).special_awards
    if not given:
        return []
    shown = _Shown(contest, set().union(*given.values()))
    words = _words_of_honours(contest)
    return [
        Honour(
            title=localized(award.title, fallback=contest.fallback_language),
            description=award.description,
            sponsor=award.sponsor,
            entries=tuple(
                shown.honoured(reference, words.get((award.code, reference), ""))
                for reference in given[award.code]
            ),
        )
        for award in rules.special_awards
        if award.code in given
    ]


def _words_of_honours(contest: Contest) -> dict[tuple[str, str], str]:
    rows = SpecialAward.objects.filter(contest=contest).order_by()
    return {
        (code, reference): words
        for code, reference, words in rows.values_list(
            "award", "submission__reference", "citation"
        )
    }


def awarded_photos(contest: Contest) -> QuerySet[Attachment]:
    """Photos of awarded entries that everybody may see."""
    frozen = published_result(contest)
    if frozen is None:
        return Attachment.objects.none()
    found = _awarded_in(frozen, rulebook.read_version(frozen.rulebook))
    references = _on_places(found.lists).union(*found.special_awards.values())
    return _photos(contest, references)


class _Awarded(NamedTuple):
    """What a frozen text says of awards: rows by list, references by special award."""

    lists: dict[str, dict[str, Any]]
    special_awards: dict[str, list[str]]


def _on_places(lists: Mapping[str, Mapping[str, Any]]) -> set[str]:
    return {row["entry"] for each in lists.values() for row in each["rows"]}


def _awarded_in(frozen: FrozenResult, rules: rulebook.Rulebook) -> _Awarded:
    """Read who was awarded out of the frozen text, once a day."""
    key = f"gallery-awarded-{frozen.pk}"
    found: tuple[Any, Any] | None = cache.get(key)
    if found is None:
        text = FrozenResult.objects.values_list("text", flat=True).get(pk=frozen.pk)
        document = json.loads(text)
        ranking = document["ranking"]
        lists = {
            code: _awarded(ranking[code], places)
            for code, places in rules.awarded.items()
            if code in ranking
        }
        found = lists, document.get("special_awards", {})
        cache.set(key, found, _KEPT)
    return _Awarded(*found)


def _awarded(ranked: Mapping[str, Any], places: int) -> dict[str, Any]:
    rows = [
        {**row, "place": int(row["place"])}
        for row in ranked["rows"]
        if row["place"] is not None and int(row["place"]) <= places
    ]
    return {"rows": rows, "entries": len(ranked["rows"]) + len(ranked["unscored"])}


class _Shown:
    """Names, texts, photos and praise of the awarded, each in one query."""

    def __init__(self, contest: Contest, references: Collection[str]) -> None:
        self._namings = namings(contest, references)
        self._summaries = _summaries(contest, references)
        self._photos: dict[str, Attachment] = {}
        for photo in _photos(contest, references):
            entry = photo.submission
            self._photos.setdefault(entry.reference, as_sent(photo, entry))
        self._praise = {
            (citation.nomination, citation.submission.reference): citation.text
            for citation in Citation.objects.filter(
                contest=contest, submission__reference__in=references
            ).select_related("submission")
        }

    def honoured(self, reference: str, citation: str) -> Honoured:
        return Honoured(
            naming=self._namings[reference],
            summary=self._summaries.get(reference, ""),
            citation=citation,
            photo=self._photos.get(reference),
        )

    def winner(self, nomination: str, row: Mapping[str, Any]) -> Winner:
        reference = row["entry"]
        return Winner(
            place=row["place"],
            shared=row["shared"],
            total=Decimal(row["total"]),
            naming=self._namings[reference],
            summary=self._summaries.get(reference, ""),
            citation=self._praise.get((nomination, reference), ""),
            photo=self._photos.get(reference),
        )


def _summaries(contest: Contest, references: Collection[str]) -> dict[str, str]:
    """What was sent, of those who agree that it is published."""
    agreed = Submission.objects.publishable().filter(
        contest=contest, reference__in=references
    )
    return dict(
        agreed.values_list("reference", "current_version__content__document__summary")
    )


def _photos(contest: Contest, references: Collection[str]) -> QuerySet[Attachment]:
    """Main photos first, each with its entry and what was sent."""
    return (
        Attachment.objects.publishable()
        .filter(submission__contest=contest, submission__reference__in=references)
        .select_related("submission__current_version__content")
        .order_by("submission", "-sendings__is_main", "sendings__position", "pk")
    )
