"""The formulas say what the exact arithmetic says, to the last printed digit."""

from fractions import Fraction
from random import Random

import pytest

from exports.workbooks.formulas import mean_template, plain_number, total_template
from scoring.ranking import (
    OVERALL,
    Criterion,
    Entry,
    Nomination,
    Rules,
    Scale,
    Score,
    rank_scores,
)
from tests.exports.workbooks.reports import TEN
from tests.exports.workbooks.spreadsheet import evaluate, plain_round

SCALES = (
    TEN,
    Scale(Fraction(0), Fraction(5), Fraction(1, 2)),
    Scale(Fraction(1), Fraction(4), Fraction(1, 10)),
    Scale(Fraction(0), Fraction(100), Fraction(1)),
    Scale(Fraction(0), Fraction(20), Fraction(1, 4)),
    Scale(Fraction(0), Fraction(1), Fraction(1, 3)),
)
BELOW_ZERO = Scale(Fraction(-2), Fraction(2), Fraction(1, 2))
WEIGHTS = tuple(map(Fraction, ("1", "2", "3", "0.5", "0.15", "1/3", "30", "7")))


def half(number):
    """Whether the exact number lies in the middle of two printed ones."""
    return (Fraction(number) * 200).denominator == 1 and (Fraction(number) * 200) % 2


def draw_rules(random, scales=SCALES, mapping=None):
    criteria = tuple(
        Criterion(f"c{index}", random.choice(scales), random.choice(WEIGHTS))
        for index in range(random.randint(1, 5))
    )
    return Rules(
        criteria,
        (Nomination("first", {"c0": Fraction(1)}),),
        total=random.choice([Fraction(100), Fraction(10), Fraction(1000)]),
        mapping=mapping or random.choice(["maximum", "range"]),
    )


def draw_steps(random, rules):
    """Of one entry, values in steps by criterion; the jurors of each may differ."""
    return {
        c.code: [
            random.randint(0, c.scale.steps) for _juror in range(random.randint(1, 16))
        ]
        for c in rules.criteria
    }


def ranked(rules, steps):
    """The row of an entry as the ranking has it, in each list."""
    scores = [
        Score("e", f"j{juror}", code, value)
        for code, values in steps.items()
        for juror, value in enumerate(values)
    ]
    lists = rank_scores(rules, [Entry("e")], scores).lists
    return {each.code: each.rows[0] for each in lists}


def computed(rules, steps, **options):
    """What the formulas make of the same values: totals by list, means by criterion."""
    scales = {c.code: c.scale for c in rules.criteria}
    ranges = {
        f"S!$F${index}:$F${index}": [float(scales[code].value(v)) for v in values]
        for index, (code, values) in enumerate(steps.items())
    }
    names = dict(zip(steps, ranges, strict=True))
    means = {
        code: evaluate(mean_template(scale) % names[code], ranges.get, **options)
        for code, scale in scales.items()
    }
    totals = {
        code: evaluate(
            total_template(rules, weights) % tuple(names[c] for c in weights),
            ranges.get,
            **options,
        )
        for code, weights in rules.list_weights().items()
    }
    return totals, means


def differences(cases, **options):
    """How many of the printed numbers differ, and how many were compared."""
    wrong = compared = 0
    for rules, steps in cases:
        rows = ranked(rules, steps)
        totals, means = computed(rules, steps, **options)
        pairs = [
            *((float(row.total), totals[code]) for code, row in rows.items()),
            *((float(m), means[code]) for code, m in rows[OVERALL].means.items()),
        ]
        wrong += sum(one != other for one, other in pairs)
        compared += len(pairs)
    return wrong, compared


def draw_cases(count, seed, **options):
    random = Random(seed)
    for _case in range(count):
        rules = draw_rules(random, **options)
        yield rules, draw_steps(random, rules)


@pytest.mark.parametrize("seed", range(4))
def test_formulas_equal_the_exact_arithmetic(seed):
    wrong, compared = differences(draw_cases(1_500, seed))

    assert wrong == 0
    assert compared > 6_000


@pytest.mark.parametrize("mapping", ["maximum", "range"])
def test_a_half_goes_up_below_zero_too(mapping):
    scales = (BELOW_ZERO, *SCALES)

    wrong, _compared = differences(draw_cases(1_500, 9, scales=scales, mapping=mapping))

    assert wrong == 0


def halves(count, seed):
    """Rules and values whose total lies exactly between two printed ones."""
    random, found = Random(seed), 0
    while found < count:
        weights = [Fraction(random.randint(1, 9)) for _criterion in range(3)]
        criteria = [Criterion(f"c{i}", TEN, w) for i, w in enumerate(weights)]
        jurors = random.choice([4, 5, 8, 10, 16])
        steps = {c.code: random.choices(range(10), k=jurors) for c in criteria}
        total = sum(
            100 * w * Fraction(sum(steps[f"c{i}"]) + jurors, jurors) / 10
            for i, w in enumerate(weights)
        ) / sum(weights)
        if half(total):
            found += 1
            yield Rules(tuple(criteria)), steps


def test_exact_halves_go_up():
    wrong, compared = differences(halves(1_000, 5))

    assert wrong == 0
    assert compared == 4_000


def test_control_binary_fractions_alone_miss_exact_halves(monkeypatch):
    monkeypatch.setattr("exports.workbooks.formulas.SNAP", 15)

    wrong, _compared = differences(halves(1_000, 5), rounding=plain_round)

    assert wrong > 0


def make_rules(**options):
    criteria = (
        Criterion("innovation", TEN, Fraction(4)),
        Criterion("success", TEN, Fraction(3)),
        Criterion(
            "effort", Scale(Fraction(0), Fraction(5), Fraction(1, 2)), Fraction(1)
        ),
    )
    return Rules(criteria, **options)


@pytest.mark.parametrize(
    ("rules", "weights", "formula"),
    [
        (
            make_rules(),
            {"innovation": Fraction(4), "success": Fraction(3)},
            "ROUND(ROUND(100*(4*AVERAGE(%s)/10+3*AVERAGE(%s)/10)/7,9),2)",
        ),
        (
            make_rules(),
            {"innovation": Fraction(1)},
            "ROUND(ROUND(100*(AVERAGE(%s)/10),9),2)",
        ),
        (
            make_rules(mapping="range", total=Fraction(25, 2)),
            {"innovation": Fraction(1, 3), "effort": Fraction(1, 2)},
            "ROUND(ROUND(12.5*((1/3)*(AVERAGE(%s)-1)/9+0.5*AVERAGE(%s)/5)/(5/6),9),2)",
        ),
    ],
)
def test_total_reads_like_the_rule(rules, weights, formula):
    assert total_template(rules, weights) == formula


@pytest.mark.parametrize(
    ("scale", "formula"),
    [
        (TEN, "ROUND(AVERAGE(%s),2)"),
        (SCALES[1], "ROUND(AVERAGE(%s),2)"),
        (SCALES[2], "ROUND(ROUND(AVERAGE(%s),9),2)"),
        (BELOW_ZERO, "INT(ROUND(100*(AVERAGE(%s)),7)+0.5)/100"),
    ],
)
def test_mean_reads_like_the_rule(scale, formula):
    assert mean_template(scale) == formula


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0", "0"),
        ("7", "7"),
        ("100", "100"),
        ("5/2", "2.5"),
        ("1/1000", "0.001"),
        ("-5/4", "-1.25"),
        ("1/3", "1/3"),
        ("-1/3", "-1/3"),
        (str(10**20), str(10**20)),
    ],
)
def test_plain_number(number, text):
    assert plain_number(Fraction(number)) == text
