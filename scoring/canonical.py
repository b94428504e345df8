"""The canonical form of a ranking: what its SHA-256 covers, and how to check it.

The document holds the input and the printed ranking, in plain mappings, lists and
texts; codes and pseudonymous keys only, no names and no typed reasons, so that both
can be erased without touching the digest:

- format, contest, rulebook_version;
- rules: criteria and nominations by code, and the fields of `Rules`; a criterion has
  `nominations` only where it does not belong to all;
- entries: entry key -> codes of the chosen nominations;
- scores: entry key -> juror key -> criterion code -> value (not steps);
- exclusions: pairs of entry and juror, null for "all";
- chair_order: list code -> entry keys in the chair's order;
- special_awards: award code -> entry keys; only where any was given;
- ranking: list code -> rows in order, unscored (entry key -> criteria), excluded.

Numbers are texts: "3", "15/2", or with two decimals where they are printed so.

`document` builds it, for whoever wants to look into it; `pieces` spells the same
bytes one after the other, because the document of a large contest weighs as much as
everything else that an export holds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import Any, cast
from unicodedata import normalize

from contest.scale import Scale
from scoring.method import Criterion, Entrants, Mapped, Nomination, Rules
from scoring.packing import PackedScores
from scoring.parts import Part
from scoring.ranking import RankedList, Ranking, Row, rank_scores
from scoring.spelling import JSON, Pieces, spelled, spelled_array, spelled_object
from scoring.tallies import Entry, Exclusion, Score

FORMAT = "sumani-ranking/1"

Document = dict[str, Any]


def document(
    *,
    contest: str,
    rulebook_version: int,
    rules: Rules,
    entries: Iterable[Entry],
    scores: Iterable[Score],
    exclusions: Iterable[Exclusion],
    chair_order: Mapping[str, Sequence[str]] | None,
    ranking: Ranking,
    special_awards: Mapping[str, Iterable[str]] | None = None,
) -> Document:
    """Return the document of a ranking; the order of the input leaves no trace.

    Raises ValueError for a score with an unknown criterion and for text that is not
    in NFC: its order could change on the way through the canonical form.
    """
    made = {
        "format": FORMAT,
        "contest": contest,
        "rulebook_version": str(rulebook_version),
        "rules": _rules(rules),
        "entries": {entry.key: sorted(entry.nominations) for entry in entries},
        "scores": _scores(rules, scores),
        "exclusions": _exclusions(exclusions),
        "chair_order": {code: list(o) for code, o in (chair_order or {}).items()},
        "ranking": {each.code: _ranked_list(each) for each in ranking.lists},
    }
    if given := {code: sorted(keys) for code, keys in (special_awards or {}).items()}:
        made["special_awards"] = given  # so results frozen before keep their digest
    if _normalised(made) != made:
        raise ValueError("document: received text that is not in NFC, allowed: NFC")
    return made


def canonical_bytes(document: Mapping[str, Any]) -> bytes:
    """Return the document as UTF-8 JSON: sorted keys, no spaces, text in NFC.

    Raises TypeError for numbers, which have more than one spelling in JSON, and
    ValueError for keys that are the same in NFC.
    """
    return JSON.encode(_normalised(document)).encode()


def digest(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical bytes, in hexadecimal."""
    return sha256(canonical_bytes(document)).hexdigest()


def pieces(
    *,
    contest: str,
    rulebook_version: int,
    rules: Rules,
    entries: Iterable[Entry],
    scores: Iterable[Score],
    exclusions: Iterable[Exclusion],
    chair_order: Mapping[str, Sequence[str]] | None,
    ranking: Ranking,
    special_awards: Mapping[str, Iterable[str]] | None = None,
) -> Pieces:
    """Yield the canonical text of what `document` would return, piece by piece.

    The entries, the scores and the rows are spelled one at a time. Raises ValueError
    as `document` does, when the piece in question is reached.
    """
    small = document(
        contest=contest,
        rulebook_version=rulebook_version,
        rules=rules,
        entries=(),
        scores=(),
        exclusions=exclusions,
        chair_order=chair_order,
        ranking=Ranking(()),
        special_awards=special_awards,
    )
    large = {
        "entries": _entry_pieces(entries),
        "scores": _score_pieces(rules, scores),
        "ranking": _ranking_pieces(ranking),
    }
    yield from spelled_object(
        (key, large[key] if key in large else spelled(small[key]))
        for key in sorted(small)
    )


def digest_of(pieces: Iterable[str]) -> str:
    """Return the SHA-256 of a text that comes in pieces, in hexadecimal."""
    hashed = sha256()
    for piece in pieces:
        hashed.update(piece.encode())
    return hashed.hexdigest()


def recompute(published: Mapping[str, Any]) -> Document:
    """Rank again from the input of a document and return the document of that.

    It is written anew from what was understood: anything else in the document, and
    any other spelling of a number, is lost and shows in the digest. Raises ValueError
    naming the place in a malformed document.
    """
    root = Part(published, "document")
    root.at("format").one_of((FORMAT,))
    rules = _read_rules(root.at("rules"))
    entries = [
        Entry(key, frozenset(nominations.texts()))
        for key, nominations in root.at("entries").items()
    ]
    scores = list(_read_scores(rules, root.at("scores")))
    exclusions = [
        Exclusion(
            pair.at("entry").optional_text(), pair.at("juror").optional_text(), ""
        )
        for pair in root.at("exclusions").each()
    ]
    chair_order = root.at("chair_order").orders()
    ranking = rank_scores(
        rules, entries, scores, exclusions=exclusions, chair_order=chair_order
    )
    return document(
        contest=root.at("contest").text(),
        rulebook_version=root.at("rulebook_version").integer(),
        rules=rules,
        entries=entries,
        scores=scores,
        exclusions=exclusions,
        chair_order=chair_order,
        ranking=ranking,
        special_awards=root.at_or_empty("special_awards").orders(),
    )


def _entry_pieces(entries: Iterable[Entry]) -> Pieces:
    return spelled_object(
        (entry.key, spelled(sorted(entry.nominations)))
        for entry in sorted(entries, key=lambda entry: entry.key)
    )


def _score_pieces(rules: Rules, scores: Iterable[Score]) -> Pieces:
    packed = scores if isinstance(scores, PackedScores) else PackedScores(scores)
    value = _values(rules)
    return spelled_object(
        (entry, spelled(_sheets(value, packed.of(entry))))
        for entry in sorted(packed.entries())
    )


def _ranking_pieces(ranking: Ranking) -> Pieces:
    return spelled_object(
        (each.code, _list_pieces(each))
        for each in sorted(ranking.lists, key=lambda each: each.code)
    )


def _list_pieces(ranked: RankedList) -> Pieces:
    small = _ranked_list(replace(ranked, rows=()))
    rows = spelled_array(spelled(_row(row)) for row in ranked.rows)
    return spelled_object(
        (key, rows if key == "rows" else spelled(small[key])) for key in sorted(small)
    )


def _rules(rules: Rules) -> Document:
    return {
        "criteria": {each.code: _criterion(each) for each in rules.criteria},
        "nominations": {each.code: _nomination(each) for each in rules.nominations},
        "total": str(rules.total),
        "mapping": rules.mapping,
        "min_scores": str(rules.min_scores),
        "minimum_score": _shortest(rules.minimum_score),
        "tie_breaks": list(rules.tie_breaks),
        "lot_seed": rules.lot_seed,
    }


def _criterion(criterion: Criterion) -> Document:
    return {
        "minimum": str(criterion.scale.minimum),
        "maximum": str(criterion.scale.maximum),
        "step": str(criterion.scale.step),
        "weight": str(criterion.weight),
        "counted": criterion.counted,
        # Not where all have it: results frozen before keep their digest.
        **({"nominations": own} if (own := sorted(criterion.nominations)) else {}),
    }


def _nomination(nomination: Nomination) -> Document:
    own, places = nomination.weights, nomination.places
    return {
        "weights": None if own is None else {c: str(w) for c, w in own.items()},
        "entries": nomination.entries,
        "places": None if places is None else str(places),
    }


def _shortest(number: Decimal | None) -> str | None:
    """Write 60, 60.0 and 6E+1 alike, for they are the same minimum score."""
    if number is None:
        return None
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scores(rules: Rules, scores: Iterable[Score]) -> dict[str, dict[str, Document]]:
    by_entry: dict[str, list[Score]] = {}
    for score in scores:
        by_entry.setdefault(score.entry, []).append(score)
    value = _values(rules)
    return {entry: _sheets(value, each) for entry, each in by_entry.items()}


def _sheets(
    value: Callable[[str, int], str], scores: Iterable[Score]
) -> dict[str, Document]:
    """Return juror key -> criterion code -> value, of one entry."""
    sheets: dict[str, Document] = {}
    for score in scores:
        sheet = sheets.setdefault(score.juror, {})
        sheet[score.criterion] = value(score.criterion, score.steps)
    return sheets


def _values(rules: Rules) -> Callable[[str, int], str]:
    scales = {criterion.code: criterion.scale for criterion in rules.criteria}

    @cache
    def value(code: str, steps: int) -> str:
        if code not in scales:
            allowed = ", ".join(map(repr, scales))
            raise ValueError(f"Score.criterion: received {code!r}, allowed: {allowed}")
        return str(scales[code].value(steps))

    return value


def _exclusions(exclusions: Iterable[Exclusion]) -> list[Document]:
    pairs = {(exclusion.entry, exclusion.juror) for exclusion in exclusions}
    return [
        {"entry": entry, "juror": juror}
        for entry, juror in sorted(
            pairs, key=lambda pair: (pair[0] or "", pair[1] or "")
        )
    ]


def _ranked_list(ranked: RankedList) -> Document:
    return {
        "rows": [_row(row) for row in ranked.rows],
        "unscored": {each.entry: sorted(each.missing) for each in ranked.unscored},
        "excluded": sorted(ranked.excluded),
    }


def _row(row: Row) -> Document:
    return {
        "entry": row.entry,
        "place": None if row.place is None else str(row.place),
        "total": f"{row.total:f}",
        "means": {code: f"{mean:f}" for code, mean in row.means.items()},
        "spread": None if row.spread is None else f"{row.spread:f}",
        "jurors": str(row.jurors),
        "tie_breaks": list(row.tie_breaks),
        "shared": row.shared,
    }


def _normalised(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, Mapping):
        normalised = {_key(key): _normalised(each) for key, each in value.items()}
        if len(normalised) < len(value):
            raise ValueError(f"keys: received two that are the same in NFC: {[*value]}")
        return normalised
    if isinstance(value, list | tuple):
        return [_normalised(each) for each in value]
    raise TypeError(f"document: received {value!r}, allowed: numbers written as text")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"key: received {key!r}, allowed: text")
    return normalize("NFC", key)


def _read_rules(part: Part) -> Rules:
    minimum_score = part.at("minimum_score")
    return Rules(
        criteria=tuple(_read_criterion(*each) for each in part.at("criteria").items()),
        nominations=tuple(
            _read_nomination(*each) for each in part.at("nominations").items()
        ),
        total=part.at("total").fraction(),
        mapping=cast("Mapped", part.at("mapping").text()),
        min_scores=part.at("min_scores").integer(),
        minimum_score=None if minimum_score.value is None else minimum_score.decimal(),
        tie_breaks=tuple(part.at("tie_breaks").texts()),
        lot_seed=part.at("lot_seed").text(),
    )


def _read_criterion(code: str, part: Part) -> Criterion:
    scale = Scale(
        minimum=part.at("minimum").fraction(),
        maximum=part.at("maximum").fraction(),
        step=part.at("step").fraction(),
    )
    own = part.at("nominations").texts() if "nominations" in part.value else ()
    return Criterion(
        code,
        scale,
        part.at("weight").fraction(),
        part.at("counted").flag(),
        frozenset(own),
    )


def _read_nomination(code: str, part: Part) -> Nomination:
    weights, places = part.at("weights"), part.at("places")
    return Nomination(
        code=code,
        weights=None
        if weights.value is None
        else {criterion: weight.fraction() for criterion, weight in weights.items()},
        entries=cast("Entrants", part.at("entries").text()),
        places=None if places.value is None else places.integer(),
    )


def _read_scores(rules: Rules, part: Part) -> Iterator[Score]:
    scales = {criterion.code: criterion.scale for criterion in rules.criteria}

    @cache
    def steps(code: str, text: str, path: str) -> int:
        return scales[code].steps_of(Part(text, path).fraction())

    for entry, sheets in part.items():
        for juror, sheet in sheets.items():
            for code, value in sheet.items():
                if code not in scales:
                    sheet.refuse("only criteria of the rules")
                yield Score(entry, juror, code, steps(code, value.text(), part.path))
