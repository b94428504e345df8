"""Rules, entries, scores and decisions for property tests of the ranking."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from hypothesis import strategies as st

from scoring.ranking import (
    Criterion,
    Entry,
    Exclusion,
    Nomination,
    Rules,
    Score,
    rank_scores,
)
from tests.scoring.cases import scale

CODES = ("x", "y", "z")
KEYS = ("a", "b", "c", "d", "e", "f")
JURORS = ("i", "j", "k", "l")
NOMINATIONS = ("first", "second")
TIE_BREAKS = ("median", "top_marks", "chair", "lot", "criterion:x", "criterion:y")

SCALES = [
    scale(0, 2),
    scale(1, 3),
    scale(1, 10),
    scale(0, 5, Fraction(1, 2)),
    scale(1, 2, Fraction(1, 3)),
    scale(-2, 2),
    scale(Fraction(1, 2), Fraction(5, 2)),
]

weights = st.sampled_from([Fraction(n, d) for n in range(4) for d in (1, 3)])
# With so small a total few printed totals are possible, and ties are common.
COARSE = [Fraction(1, 10), Fraction(1, 20), Fraction(1, 50)]

some = st.sampled_from([0, 3])
none = st.just(frozenset())
some_weights = st.dictionaries(st.sampled_from(CODES), weights).filter(
    lambda own: any(own.values())
)


class Case(NamedTuple):
    rules: Rules
    entries: list
    scores: list
    exclusions: list
    chair_order: dict


@st.composite
def nominations(draw):
    return tuple(
        Nomination(
            code,
            draw(st.none() | some_weights),
            draw(st.sampled_from(["all", "chosen"])),
        )
        for code in draw(st.lists(st.sampled_from(NOMINATIONS), unique=True))
    )


def belonging(given):
    """To which nominations a criterion belongs: to all more often than not."""
    some = st.frozensets(st.sampled_from([n.code for n in given])) if given else none
    return none | some


def judged(nomination, criteria):
    """The nomination; with the weights of the total if its own leave it none."""
    own = nomination.weights
    if own is None or any(
        own.get(c.code) and (not c.nominations or nomination.code in c.nominations)
        for c in criteria
    ):
        return nomination
    return replace(nomination, weights=None)


@st.composite
def rulebooks(draw):
    given = draw(nominations())
    rest = [
        Criterion(
            code,
            draw(st.sampled_from(SCALES)),
            draw(weights),
            draw(st.booleans()),
            draw(belonging(given)),
        )
        for code in CODES[1:]
    ]
    first = Criterion("x", draw(st.sampled_from(SCALES)), Fraction(2))
    return Rules(
        criteria=(first, *rest),
        nominations=tuple(judged(each, (first, *rest)) for each in given),
        total=draw(st.sampled_from([Fraction(100), Fraction(1, 3), *COARSE])),
        mapping=draw(st.sampled_from(["maximum", "range"])),
        min_scores=draw(st.integers(1, 2)),
        minimum_score=draw(
            st.none() | st.sampled_from([Decimal(50), Decimal("0.015")])
        ),
        tie_breaks=tuple(draw(st.lists(st.sampled_from(TIE_BREAKS), unique=True))),
        lot_seed=draw(st.sampled_from(["", "Žolinė"])),
    )


@st.composite
def cases(draw):
    rules = draw(rulebooks())
    entries = [
        Entry(key, draw(st.frozensets(st.sampled_from(NOMINATIONS))))
        for key in draw(
            st.lists(st.sampled_from(KEYS), unique=True, min_size=draw(some))
        )
    ]
    scores = [
        Score(entry, juror, each.code, steps)
        for entry in KEYS
        for juror in draw(
            st.lists(st.sampled_from(JURORS), unique=True, min_size=draw(some))
        )
        for each in rules.criteria
        if (steps := draw(st.integers(-1, min(each.scale.steps, 4)))) >= 0
    ]
    out = st.tuples(
        st.none() | st.sampled_from(KEYS), st.none() | st.sampled_from(JURORS)
    ).filter(any)
    exclusions = [Exclusion(*pair, "") for pair in draw(st.lists(out, max_size=2))]
    orders = st.lists(st.sampled_from(KEYS), unique=True)
    codes = ["overall", *(each.code for each in rules.nominations)]
    chair_order = draw(st.dictionaries(st.sampled_from(codes), orders))
    return Case(rules, entries, scores, exclusions, chair_order)


def rank_case(case):
    return rank_scores(
        case.rules,
        case.entries,
        case.scores,
        exclusions=case.exclusions,
        chair_order=case.chair_order,
    )
