"""Special awards that were given: which count, and why others do not. Selectors."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from contest.models import Contest
from contest.rulebook import Rulebook, read_version
from core.localized import localized
from scoring.models import SpecialAward
from scoring.naming import Naming, namings
from submissions.entered import CHOSEN
from submissions.models import Submission


class Lapse(StrEnum):
    """Why an award that was given does not count."""

    UNKNOWN = "unknown_award"
    OUT = "not_competing"
    ELSEWHERE = "other_nomination"
    TOO_MANY = "too_many"


_WORDS: Mapping[Lapse, str] = {
    Lapse.UNKNOWN: gettext_noop("the rules have this award no more"),
    Lapse.OUT: gettext_noop("the entry does not compete any more"),
    Lapse.ELSEWHERE: gettext_noop("the entry is not in the nomination of the award"),
    Lapse.TOO_MANY: gettext_noop("by the rules it is given less often"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry for an award, with what decides whether it may have it."""

    award: str
    reference: str
    competes: bool
    nominations: frozenset[str]


@dataclass(frozen=True, slots=True)
class Given:
    """An award as it was given; ``lapse`` says why it would not be published."""

    pk: UUID
    award: str
    title: str
    sponsor: Mapping[str, str]
    naming: Naming
    citation: str
    lapse: Lapse | None

    @property
    def lapse_in_words(self) -> str:
        """Why it does not count, in the reader's language; empty where it does."""
        return _(_WORDS[self.lapse]) if self.lapse else ""


def lapses(rules: Rulebook, given: Iterable[Candidate]) -> list[Lapse | None]:
    """Say of each award, in the order in which they were given, why it does not count.

    Of more than the rules allow, those given first stand.
    """
    counted: dict[str, int] = {}
    found: list[Lapse | None] = []
    for each in given:
        lapse = _lapse(rules, each, counted.get(each.award, 0))
        if lapse is None:
            counted[each.award] = counted.get(each.award, 0) + 1
        found.append(lapse)
    return found


def _lapse(rules: Rulebook, candidate: Candidate, before: int) -> Lapse | None:
    award = rules.special_award(candidate.award)
    if award is None:
        return Lapse.UNKNOWN
    if not candidate.competes:
        return Lapse.OUT
    # Every entry is in a nomination that nobody chooses.
    chosen = award.nomination in rules.chosen_nominations
    if chosen and award.nomination not in candidate.nominations:
        return Lapse.ELSEWHERE
    if award.count is not None and before >= award.count:
        return Lapse.TOO_MANY
    return None


def candidate_of(contest: Contest, award: str, reference: str) -> Candidate | None:
    """Put an entry up for an award; None where the contest has no such entry."""
    rows = Submission.objects.filter(contest=contest, reference=reference)
    found = rows.exclude(reference="").values_list("state", CHOSEN).first()
    return found and _candidate(award, reference, *found)


def candidates_in(contest: Contest) -> list[Candidate]:
    """List what was given, the first given first."""
    return [candidate for _pk, _citation, candidate in _rows(contest)]


def _rows(contest: Contest) -> list[tuple[UUID, str, Candidate]]:
    entry = "submission__reference", "submission__state", f"submission__{CHOSEN}"
    rows = SpecialAward.objects.filter(contest=contest).order_by("given_at", "pk")
    return [
        (pk, citation, _candidate(award, *facts))
        for pk, citation, award, *facts in rows.values_list(
            "pk", "citation", "award", *entry
        )
    ]


def _candidate(
    award: str, reference: str, state: str, chosen: list[str] | None
) -> Candidate:
    return Candidate(
        award=award,
        reference=reference,
        competes=state == Submission.State.ELIGIBLE,
        nominations=frozenset(chosen or ()),
    )


def special_awards_of(contest: Contest) -> dict[str, list[str]]:
    """Name the entries that have each award, by its code; what lapsed is left out.

    No query where the rules have no special awards.
    """
    rules = read_version(contest.rules_in_force)
    if not rules.special_awards:
        return {}
    counting: dict[str, list[str]] = {}
    given = candidates_in(contest)
    for each, lapse in zip(given, lapses(rules, given), strict=True):
        if lapse is None:
            counting.setdefault(each.award, []).append(each.reference)
    return counting


def given_in(contest: Contest) -> list[Given]:
    """List what was given, in the order of the rules, in two queries at most."""
    rules, rows = read_version(contest.rules_in_force), _rows(contest)
    if not rows:
        return []
    candidates = [candidate for _pk, _citation, candidate in rows]
    named = namings(contest, {each.reference for each in candidates})
    given = [
        Given(
            pk=pk,
            award=each.award,
            title=_title(contest, rules, each.award),
            sponsor=award.sponsor if (award := rules.special_award(each.award)) else {},
            naming=named[each.reference],
            citation=citation,
            lapse=lapse,
        )
        for (pk, citation, each), lapse in zip(
            rows, lapses(rules, candidates), strict=True
        )
    ]
    place = {award.code: number for number, award in enumerate(rules.special_awards)}
    return sorted(given, key=lambda each: place.get(each.award, len(place)))


def _title(contest: Contest, rules: Rulebook, code: str) -> str:
    """Name an award; one that the rules have no more by its code."""
    award = rules.special_award(code)
    if award is None:
        return code
    return localized(award.title, fallback=contest.fallback_language)
