"""A rulebook: what an edition's rules say, as a document and as typed values. Pure.

The document is JSON (numbers of the rules as strings, so that nothing is rounded on
the way); ``read`` gives it types, ``contest.rulebook_problems`` lists what is wrong
with it in sentences. Fields are described in ``docs/rulebook.md``.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, Protocol

from contest.answers import FILE, Question, with_defaults
from contest.rulebook_awards import SpecialAward, read_special_award
from contest.scale import Scale

FORMAT = "sumani-rulebook/1"
OVERALL = "overall"  # the code of the list that ranks all by the total
TIE_BREAKS = ("median", "top_marks", "chair", "lot")
CRITERION_TIE_BREAK = "criterion:"
ENTERED_BY = ("owner", "action_group", "nominator", "secretariat")
DEFAULT_ENTERED_BY = ("owner", "secretariat")
CHECKED_BY = ("secretariat", "commission", "entrant", "system")
#: Texts of an entry whose length the rules may limit.
MEASURED = ("title", "summary", "innovation", "success", "social_responsibility")
#: Fields of an entry that the rules may require.
REQUIRABLE = (
    *MEASURED,
    *("measure", "project_number", "total", "grant_awarded", "started_on"),
    *("finished_on", "place", "municipality", "action_group", "links"),
    "nominations",
)
QUOTA_BY = ("county", "municipality", "action_group", "nomination")
_TEMPLATES = Path(__file__).parent / "rulebook_templates"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question to the jurors.

    ``nominations`` are the codes of those that it belongs to; empty: to all.
    """

    code: str
    title: Mapping[str, str]
    scale: Scale
    weight: Fraction
    counted: bool
    required: bool
    comment: str
    help: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    nominations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Nomination:
    """A list with its own weights; ``weights`` None means those of the total.

    ``panel`` is the code of the group of jurors that judges it (``Juror.groups``);
    empty for everybody.
    """

    code: str
    title: Mapping[str, str]
    weights: Mapping[str, Fraction] | None
    places: int | None
    entries: Literal["all", "chosen"]
    panel: str
    description: Mapping[str, str]
    sponsor: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One sentence of the rules that an eligible entry meets, and who checks it.

    ``checked_by`` tells whom the rules name and gives nobody a right: what was found
    is recorded by a coordinator. One that is not ``required`` is checked and shown,
    and decides nothing.
    """

    code: str
    text: Mapping[str, str]
    checked_by: str
    required: bool


@dataclass(frozen=True, slots=True)
class Quota:
    """At most ``count`` entries of each county (or of what ``by`` says)."""

    by: Literal["county", "municipality", "action_group", "nomination"]
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """Who took one of the first ``places`` stays away for ``editions`` editions.

    ``by_place`` has the places whose winners stay away for another number of them.
    """

    editions: int
    places: int
    by_place: Mapping[int, int]

    def editions_after(self, place: int) -> int:
        """Tell for how many editions the winner of a place is barred; 0 for none."""
        return self.by_place.get(place, self.editions) if place <= self.places else 0


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be entered; None is no limit. All look at the owner.

    Of files, None is what the server takes.
    """

    entries_per_organisation: int | None = None
    entries_per_nomination: int | None = None
    nominations_per_entry: int | None = None
    quota: Quota | None = None
    bar_winners: Bar | None = None
    photos_per_entry: int | None = None
    documents_per_entry: int | None = None
    megabytes_per_entry: int | None = None


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A rulebook with types; ``places`` are those awarded in the overall list."""

    criteria: tuple[Criterion, ...]
    nominations: tuple[Nomination, ...]
    special_awards: tuple[SpecialAward, ...]
    places: int | None
    total: Fraction
    mapping: Literal["maximum", "range"]
    min_scores: int
    minimum_score: Fraction | None
    tie_breaks: tuple[str, ...]
    lot_seed: str
    jurors_per_entry: int | None
    short_list: int | None
    deliberation: bool
    names_jurors: bool
    two_persons: bool
    who_enters: tuple[str, ...]
    may_be_ongoing: bool
    limits: Limits
    required_fields: tuple[str, ...]
    field_limits: Mapping[str, int]
    eligibility: tuple[Requirement, ...]
    questions: tuple[Question, ...]
    announce_days: int
    collection_days: int
    collection_days_max: int

    @property
    def awarded(self) -> dict[str, int]:
        """How many places a list awards, by its code, the overall list first.

        A list that awards none is not there.
        """
        lists = {OVERALL: self.places, **{n.code: n.places for n in self.nominations}}
        return {code: places for code, places in lists.items() if places}

    def short_list_of(self, code: str) -> int | None:
        """How many places of a list go on: the overall list alone has a short list."""
        return self.short_list if code == OVERALL else None

    @property
    def requirements(self) -> tuple[str, ...]:
        """The codes of all that is checked."""
        return tuple(requirement.code for requirement in self.eligibility)

    @property
    def chosen_nominations(self) -> tuple[str, ...]:
        """The codes of the nominations that entrants choose among."""
        return tuple(n.code for n in self.nominations if n.entries == "chosen")

    @property
    def is_uniform(self) -> bool:
        """Tell whether every entry is judged by every criterion."""
        return not any(self.awaited_by(c) for c in self.criteria)

    def awaited_by(self, criterion: Criterion) -> frozenset[str]:
        """Say which nominations an entry chooses to be judged by a criterion.

        One of them is enough; empty: every entry is. Each is where one of the
        criterion's nominations has the entries „all“.
        """
        own = criterion.nominations
        return own if own.issubset(self.chosen_nominations) else frozenset()

    def criteria_of(self, chosen: Collection[str]) -> tuple[Criterion, ...]:
        """List the criteria of an entry that chose these nominations, in order."""
        awaited = ((c, self.awaited_by(c)) for c in self.criteria)
        return tuple(c for c, of in awaited if not of or not of.isdisjoint(chosen))

    def by_awaited(
        self, criteria: Iterable[Criterion]
    ) -> dict[frozenset[str], list[str]]:
        """Group the codes of criteria by the nominations that they await."""
        groups: dict[frozenset[str], list[str]] = {}
        for criterion in criteria:
            groups.setdefault(self.awaited_by(criterion), []).append(criterion.code)
        return groups

    @property
    def file_questions(self) -> tuple[str, ...]:
        """The codes of the own questions that are answered with files."""
        return tuple(q["code"] for q in self.questions if q["kind"] == FILE)

    @property
    def scores_wanted(self) -> int:
        """How many jurors should score each entry."""
        return self.jurors_per_entry or self.min_scores

    @property
    def panels(self) -> tuple[str, ...]:
        """The codes of the groups of jurors that nominations have of their own."""
        return tuple(sorted({n.panel for n in self.nominations} - {""}))

    def panels_of(self, chosen: Collection[str]) -> frozenset[str]:
        """Tell whose groups judge an entry of these nominations; none: everybody.

        An entry that is also in a nomination without a group goes to everybody. What
        was not chosen, since every entry is in it, counts only where nothing was.
        """
        entered = [n for n in self.nominations if n.code in chosen] or [
            n for n in self.nominations if n.entries == "all"
        ]
        panels = frozenset(n.panel for n in entered)
        return frozenset() if "" in panels else panels

    def unmet(self, checks: Mapping[str, bool | None]) -> tuple[str, ...]:
        """The codes of what is required and was not found to be met."""
        return tuple(
            r.code for r in self.eligibility if r.required and not checks.get(r.code)
        )

    def special_award(self, code: str) -> SpecialAward | None:
        """Find a special award by its code."""
        return next((a for a in self.special_awards if a.code == code), None)

    def criterion(self, code: str) -> Criterion | None:
        """Find a criterion by its code."""
        return next((c for c in self.criteria if c.code == code), None)


def read(document: Mapping[str, Any]) -> Rulebook:
    """Give types to a document that has no ``problems``.

    What a document of an earlier release leaves out is as the serializer fills it.
    """
    timetable, minimum = document["timetable"], document["minimum_score"]
    form, visibility = document["entry_form"], document.get("visibility", {})
    return Rulebook(
        criteria=tuple(_criterion(c) for c in document["criteria"]),
        nominations=tuple(_nomination(n) for n in document["nominations"]),
        special_awards=tuple(
            read_special_award(a) for a in document.get("special_awards", ())
        ),
        places=document.get("places"),
        total=Fraction(document["total"]),
        mapping=document["mapping"],
        min_scores=document["min_scores"],
        minimum_score=None if minimum is None else Fraction(minimum),
        tie_breaks=tuple(document["tie_breaks"]),
        lot_seed=document["lot_seed"],
        jurors_per_entry=document.get("jurors_per_entry"),
        short_list=document.get("short_list"),
        deliberation=visibility.get("deliberation", False),
        names_jurors=visibility.get("juror_names") == "published",
        two_persons=document.get("two_persons", False),
        who_enters=tuple(document.get("who_enters", DEFAULT_ENTERED_BY)),
        may_be_ongoing=document.get("may_be_ongoing", False),
        limits=_limits(document.get("limits", {})),
        required_fields=tuple(form["required"]),
        field_limits=form.get("limits", {}),
        eligibility=tuple(_requirement(r) for r in document["eligibility"]),
        questions=tuple(with_defaults(q) for q in document["questions"]),
        announce_days=timetable["announce_days"],
        collection_days=timetable["collection_days"],
        collection_days_max=timetable["collection_days_max"],
    )


class Version(Protocol):
    """A stored version of a rulebook: it never changes, and is hashed by its key."""

    @property
    def document(self) -> Mapping[str, Any]: ...


@lru_cache(maxsize=64)
def read_version(version: Version) -> Rulebook:
    """Give types to a stored version, once a process while it is asked for."""
    return read(version.document)


@cache
def template_names() -> tuple[str, ...]:
    """List the rulebooks that come with Sumani."""
    return tuple(sorted(path.stem for path in _TEMPLATES.glob("*.json")))


def template(name: str) -> dict[str, Any]:
    """Load a rulebook that comes with Sumani; KeyError for an unknown name."""
    if name not in template_names():
        raise KeyError(name)
    text = (_TEMPLATES / f"{name}.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def _criterion(data: Mapping[str, Any]) -> Criterion:
    scale = data["scale"]
    return Criterion(
        code=data["code"],
        title=data["title"],
        scale=Scale(
            Fraction(scale["minimum"]),
            Fraction(scale["maximum"]),
            Fraction(scale["step"]),
        ),
        weight=Fraction(data["weight"]),
        counted=data["counted"],
        required=data["required"],
        comment=data["comment"],
        help=data.get("help", {}),
        words=data.get("words", {}),
        nominations=frozenset(data.get("nominations", ())),
    )


def _nomination(data: Mapping[str, Any]) -> Nomination:
    weights = data["weights"]
    return Nomination(
        code=data["code"],
        title=data["title"],
        weights=None
        if weights is None
        else {code: Fraction(weight) for code, weight in weights.items()},
        places=data["places"],
        entries=data["entries"],
        panel=data.get("panel", ""),
        description=data.get("description", {}),
        sponsor=data.get("sponsor", {}),
    )


def _requirement(data: Mapping[str, Any]) -> Requirement:
    return Requirement(
        code=data["code"],
        text=data["text"],
        checked_by=data.get("checked_by", CHECKED_BY[0]),
        required=data.get("required", True),
    )


def _limits(data: Mapping[str, Any]) -> Limits:
    quota, bar = data.get("quota"), data.get("bar_winners")
    return Limits(
        entries_per_organisation=data.get("entries_per_organisation"),
        entries_per_nomination=data.get("entries_per_nomination"),
        nominations_per_entry=data.get("nominations_per_entry"),
        photos_per_entry=data.get("photos_per_entry"),
        documents_per_entry=data.get("documents_per_entry"),
        megabytes_per_entry=data.get("megabytes_per_entry"),
        quota=Quota(quota["by"], quota["count"]) if quota else None,
        bar_winners=Bar(
            editions=bar["editions"],
            places=bar["places"],
            by_place={int(k): v for k, v in bar.get("by_place", {}).items()},
        )
        if bar
        else None,
    )
