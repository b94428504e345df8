"""What contradicts itself in a rulebook's document, in sentences."""

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from contest.answers import FILE
from contest.questions import question_problems
from contest.rulebook import CRITERION_TIE_BREAK, OVERALL, TIE_BREAKS, Rulebook
from core.errors import FieldError

MAX_STEPS = 1000


def problems(document: Mapping[str, Any]) -> list[FieldError]:
    """List what contradicts itself in a document whose shape is right."""
    chosen = [n["code"] for n in document["nominations"] if n["entries"] == "chosen"]
    return [
        *_criteria_problems(document),
        *_nomination_problems(document),
        *_belonging_problems(document),
        *_special_award_problems(document),
        *_ranking_problems(document),
        *_tie_break_problems(document),
        *_requirement_problems(document),
        *question_problems(document["questions"], chosen),
        *_choosing_problems(document, chosen),
        *_limit_problems(document.get("limits", {})),
        *_file_problems(document),
        *_timetable_problems(document),
    ]


def warnings(rules: Rulebook) -> Iterator[FieldError]:
    """List what is no contradiction and yet hardly meant."""
    if rules.awarded:
        return
    if rules.limits.bar_winners:
        message = _(
            "By the rules past winners stay away, but no list awards places: nobody"
            " would ever win. The overall list may award the first places."
        )
    else:
        message = _(
            "By the rules no list awards places: the result would name no winner. The"
            " overall list may award the first places."
        )
    yield FieldError("places", message, code="nothing_awarded")


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
        wrong_scale = list(_scale_problems(criterion["scale"], f"{where}.scale"))
        yield from wrong_scale or _word_problems(criterion, where)
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


def _word_problems(criterion: Mapping[str, Any], where: str) -> Iterator[FieldError]:
    scale = criterion["scale"]
    low, high, step = (Fraction(scale[k]) for k in ("minimum", "maximum", "step"))
    for value in criterion.get("words", {}):
        point = Fraction(value)
        if not low <= point <= high or (point - low) % step:
            yield FieldError(
                f"{where}.words",
                _(
                    "There is no point {value} on a scale from {low} to {high} by"
                    " {step}."
                ).format(value=value, low=low, high=high, step=step),
                received=value,
            )


def _nomination_problems(document: Mapping[str, Any]) -> Iterator[FieldError]:
    codes = {c["code"] for c in document["criteria"]}
    seen = {OVERALL}
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
                code="unknown_criterion",
            )
        elif sum(Fraction(w) for w in weights.values()) <= 0:
            yield FieldError(
                f"{where}.weights", _("At least one weight must be above 0.")
            )


def _belonging_problems(document: Mapping[str, Any]) -> Iterator[FieldError]:
    """Find criteria of nominations that are not there, and lists left without any."""
    owned = [c for c in document["criteria"] if c.get("nominations")]
    if not owned:
        return
    for index, criterion in enumerate(document["criteria"]):
        for code in criterion.get("nominations", ()):
            yield from _unknown_nomination(
                document, code, f"criteria.{index}.nominations"
            )
    for index, nomination in enumerate(document["nominations"]):
        yield from _unjudged(document, nomination, f"nominations.{index}")
    chosen = {n["code"] for n in document["nominations"] if n["entries"] == "chosen"}
    if (
        len(owned) == len(document["criteria"])
        and all(chosen.issuperset(c["nominations"]) for c in owned)
        and "nominations" not in document["entry_form"]["required"]
    ):
        yield FieldError(
            "entry_form.required",
            _(
                "Every criterion belongs to nominations that entrants choose, so an"
                " entry that chooses none would not be judged. Require “nominations”,"
                " or let a criterion belong to all."
            ),
            code="nothing_judged",
        )


def _unknown_nomination(
    document: Mapping[str, Any], code: str, where: str
) -> Iterator[FieldError]:
    """Find that a nomination is named which is not there."""
    codes = [n["code"] for n in document["nominations"]]
    if code not in codes:
        yield FieldError(
            where,
            _("There is no nomination {code}; there are: {allowed}.").format(
                code=code, allowed=", ".join(codes) or "–"
            ),
            code="unknown_nomination",
            received=code,
        )


def _special_award_problems(document: Mapping[str, Any]) -> Iterator[FieldError]:
    seen: set[str] = set()
    for index, award in enumerate(document.get("special_awards", ())):
        where = f"special_awards.{index}"
        if award["code"] in seen:
            yield FieldError(
                f"{where}.code",
                _("There are two special awards with the code {code}.").format(
                    code=award["code"]
                ),
            )
        seen.add(award["code"])
        if code := award.get("nomination"):
            yield from _unknown_nomination(document, code, f"{where}.nomination")


def _unjudged(
    document: Mapping[str, Any], nomination: Mapping[str, Any], where: str
) -> Iterator[FieldError]:
    """Find what a nomination cannot be ranked by."""
    code, weights = nomination["code"], nomination["weights"]
    if weights is None:
        weights = {c["code"]: c["weight"] for c in document["criteria"] if c["counted"]}
    weighed = [
        criterion
        for criterion in document["criteria"]
        if Fraction(weights.get(criterion["code"], 0)) > 0
    ]
    others = [c for c in weighed if code not in c.get("nominations", (code,))]
    if weighed and len(others) == len(weighed):
        yield FieldError(
            f"{where}.weights",
            _(
                "No criterion with a weight is left for the nomination {code}: let one"
                " belong to it, or to all."
            ).format(code=code),
            code="nothing_judged",
        )
    elif others and nomination["weights"] is not None:
        yield FieldError(
            f"{where}.weights",
            _(
                "The criterion {criterion} does not belong to the nomination {code}, so"
                " it has no weight there."
            ).format(criterion=others[0]["code"], code=code),
            code="criterion_elsewhere",
            received=others[0]["code"],
        )


def _tie_break_problems(document: Mapping[str, Any]) -> Iterator[FieldError]:
    allowed = [f"{CRITERION_TIE_BREAK}{c['code']}" for c in document["criteria"]]
    allowed += TIE_BREAKS
    for index, code in enumerate(document["tie_breaks"]):
        if code in document["tie_breaks"][:index]:
            yield FieldError(
                f"tie_breaks.{index}",
                _("The tie-break {code} stands here twice.").format(code=code),
                code="tie_break_twice",
                received=code,
            )
        elif code not in allowed:
            yield FieldError(
                f"tie_breaks.{index}",
                _("{code} is not a tie-break; there are: {allowed}.").format(
                    code=code, allowed=", ".join(allowed)
                ),
                code="unknown_tie_break",
                received=code,
            )


def _ranking_problems(document: Mapping[str, Any]) -> Iterator[FieldError]:
    jurors, values = document.get("jurors_per_entry"), document["min_scores"]
    if jurors is not None and values > jurors:
        yield FieldError(
            "min_scores",
            _(
                "Jurors of an entry: {jurors}; values that a criterion needs: {values}."
                " So no entry can have a place."
            ).format(jurors=jurors, values=values),
        )
    minimum, total = document["minimum_score"], document["total"]
    if minimum is not None and Fraction(minimum) > Fraction(total):
        yield FieldError(
            "minimum_score",
            _("The minimum score {minimum} is above the total {total}.").format(
                minimum=minimum, total=total
            ),
        )


def _requirement_problems(document: Mapping[str, Any]) -> Iterator[FieldError]:
    seen: set[str] = set()
    for index, requirement in enumerate(document["eligibility"]):
        if requirement["code"] in seen:
            yield FieldError(
                f"eligibility.{index}.code",
                _("There are two requirements with the code {code}.").format(
                    code=requirement["code"]
                ),
            )
        seen.add(requirement["code"])


def _choosing_problems(
    document: Mapping[str, Any], chosen: Collection[str]
) -> Iterator[FieldError]:
    """Find what needs nominations that entrants choose, where there are none."""
    if chosen:
        return
    limits = document.get("limits", {})
    quota = limits.get("quota") or {}
    needing = {
        "entry_form.required": "nominations" in document["entry_form"]["required"],
        "limits.entries_per_nomination": limits.get("entries_per_nomination"),
        "limits.nominations_per_entry": limits.get("nominations_per_entry"),
        "limits.quota.by": quota.get("by") == "nomination",
    }
    for field, needs in needing.items():
        if needs:
            yield FieldError(
                field,
                _(
                    "No nomination is there to choose: give one of them the entries"
                    " “chosen”."
                ),
                code="nothing_to_choose",
            )


def _limit_problems(limits: Mapping[str, Any]) -> Iterator[FieldError]:
    of_all, of_one = (
        limits.get(f"entries_per_{of}") for of in ("organisation", "nomination")
    )
    if of_all is not None and of_one is not None and of_one > of_all:
        yield FieldError(
            "limits.entries_per_nomination",
            _(
                "Entries of an organisation at most: {of_all}; so {of_one} in one"
                " nomination cannot be reached."
            ).format(of_all=of_all, of_one=of_one),
        )
    bar = limits.get("bar_winners") or {}
    for place in bar.get("by_place", {}):
        if not 1 <= int(place) <= bar["places"]:
            yield FieldError(
                "limits.bar_winners.by_place",
                _("Place {place} is not among the first {places} places.").format(
                    place=place, places=bar["places"]
                ),
                received=place,
            )


def _file_problems(document: Mapping[str, Any]) -> Iterator[FieldError]:
    """Find more required files than an entry may have."""
    most = document.get("limits", {}).get("documents_per_entry")
    required = [
        q for q in document["questions"] if q["kind"] == FILE and q.get("required")
    ]
    if most is not None and len(required) > most:
        yield FieldError(
            "limits.documents_per_entry",
            _(
                "Questions that must be answered with a file: {required}; files of an"
                " entry at most: {most}. So no entry could be sent."
            ).format(required=len(required), most=most),
            received=most,
        )


def _timetable_problems(document: Mapping[str, Any]) -> Iterator[FieldError]:
    timetable = document["timetable"]
    if timetable["collection_days_max"] < timetable["collection_days"]:
        yield FieldError(
            "timetable.collection_days_max",
            _("Collection cannot be shorter at most than it is by rule."),
        )
