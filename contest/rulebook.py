"""A rulebook: what an edition's rules say, as a document and as typed values.

The document is JSON (numbers of the rules as strings, so that nothing is rounded on
the way); ``read`` gives it types, ``problems`` lists what is wrong with it in
sentences. Fields are described in ``docs/rulebook.md``.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _

from contest.scale import Scale
from core.errors import FieldError

FORMAT = "sumani-rulebook/1"
TIE_BREAKS = ("median", "top_marks", "chair", "lot")
CRITERION_TIE_BREAK = "criterion:"
MAX_STEPS = 1000
_TEMPLATES = Path(__file__).parent / "rulebook_templates"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question to the jurors."""

    code: str
    title: Mapping[str, str]
    scale: Scale
    weight: Fraction
    counted: bool
    required: bool
    comment: str


@dataclass(frozen=True, slots=True)
class Nomination:
    """A list with its own weights; ``weights`` None means those of the total."""

    code: str
    title: Mapping[str, str]
    weights: Mapping[str, Fraction] | None
    places: int | None
    entries: Literal["all", "chosen"]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A rulebook with types."""

    criteria: tuple[Criterion, ...]
    nominations: tuple[Nomination, ...]
    total: Fraction
    mapping: Literal["maximum", "range"]
    min_scores: int
    minimum_score: Fraction | None
    tie_breaks: tuple[str, ...]
    lot_seed: str
    required_fields: tuple[str, ...]
    requirements: tuple[str, ...]
    questions: tuple[Mapping[str, Any], ...]
    announce_days: int
    collection_days: int
    collection_days_max: int

    def criterion(self, code: str) -> Criterion | None:
        """Find a criterion by its code."""
        return next((c for c in self.criteria if c.code == code), None)


def read(document: Mapping[str, Any]) -> Rulebook:
    """Give types to a document that has no ``problems``."""
    timetable, minimum = document["timetable"], document["minimum_score"]
    return Rulebook(
        criteria=tuple(_criterion(c) for c in document["criteria"]),
        nominations=tuple(_nomination(n) for n in document["nominations"]),
        total=Fraction(document["total"]),
        mapping=document["mapping"],
        min_scores=document["min_scores"],
        minimum_score=None if minimum is None else Fraction(minimum),
        tie_breaks=tuple(document["tie_breaks"]),
        lot_seed=document["lot_seed"],
        required_fields=tuple(document["entry_form"]["required"]),
        requirements=tuple(r["code"] for r in document["eligibility"]),
        questions=tuple(document["questions"]),
        announce_days=timetable["announce_days"],
        collection_days=timetable["collection_days"],
        collection_days_max=timetable["collection_days_max"],
    )


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


def problems(document: Mapping[str, Any]) -> list[FieldError]:
    """List what contradicts itself in a document whose shape is right."""
    return [
        *_criteria_problems(document),
        *_nomination_problems(document),
        *_tie_break_problems(document),
        *_timetable_problems(document),
    ]


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
    )


def _criteria_problems(document: Mapping[str, Any]) -> Iterator[FieldError]:
    seen: set[str] = set()
    for index, criterion in enumerate(document["criteria"]):
        where = f"criteria.{index}"
        if criterion["code"] in seen:
            yield FieldError(
                f"{where}.code",
                _("There are two criteria with the code {code}.").format(
                    code=criterion["code"]
                ),
            )
        seen.add(criterion["code"])
        yield from _scale_problems(criterion["scale"], f"{where}.scale")
    counted = [c for c in document["criteria"] if c["counted"]]
    if sum(Fraction(c["weight"]) for c in counted) <= 0:
        yield FieldError(
            "criteria", _("At least one counted criterion needs a weight above 0.")
        )


def _scale_problems(scale: Mapping[str, str], where: str) -> Iterator[FieldError]:
    low, high, step = (Fraction(scale[k]) for k in ("minimum", "maximum", "step"))
    if step <= 0 or high <= low or high <= 0:
        yield FieldError(
            where,
            _(
                "A scale goes up from its minimum ({low}) to a maximum above 0 ({high})"
                " by a step above 0 ({step})."
            ).format(low=low, high=high, step=step),
        )
    elif (high - low) % step:
        yield FieldError(
            where,
            _("The step {step} does not lead from {low} to {high}.").format(
                low=low, high=high, step=step
            ),
        )
    elif (high - low) / step > MAX_STEPS:
        yield FieldError(
            where, _("A scale has at most {limit} steps.").format(limit=MAX_STEPS)
        )


def _nomination_problems(document: Mapping[str, Any]) -> Iterator[FieldError]:
    codes = {c["code"] for c in document["criteria"]}
    seen = {"overall"}
    for index, nomination in enumerate(document["nominations"]):
        where = f"nominations.{index}"
        if nomination["code"] in seen:
            yield FieldError(
                f"{where}.code",
                _(
                    "The code {code} is taken; the total's own list is “overall”."
                ).format(code=nomination["code"]),
            )
        seen.add(nomination["code"])
        weights = nomination["weights"]
        if weights is None:
            continue
        if unknown := sorted(set(weights) - codes):
            yield FieldError(
                f"{where}.weights",
                _("There is no criterion {code}; there are: {allowed}.").format(
                    code=unknown[0], allowed=", ".join(sorted(codes))
                ),
            )
        elif sum(Fraction(w) for w in weights.values()) <= 0:
            yield FieldError(
                f"{where}.weights", _("At least one weight must be above 0.")
            )


def _tie_break_problems(document: Mapping[str, Any]) -> Iterator[FieldError]:
    allowed = [f"{CRITERION_TIE_BREAK}{c['code']}" for c in document["criteria"]]
    allowed += TIE_BREAKS
    for index, code in enumerate(document["tie_breaks"]):
        if code not in allowed:
            yield FieldError(
                f"tie_breaks.{index}",
                _("{code} is not a tie-break; there are: {allowed}.").format(
                    code=code, allowed=", ".join(allowed)
                ),
                received=code,
            )


def _timetable_problems(document: Mapping[str, Any]) -> Iterator[FieldError]:
    timetable = document["timetable"]
    if timetable["collection_days_max"] < timetable["collection_days"]:
        yield FieldError(
            "timetable.collection_days_max",
            _("Collection cannot be shorter at most than it is by rule."),
        )
