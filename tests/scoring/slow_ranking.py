"""The rule of the ranking once more, slow and word by word, to hold the fast one to.

Plain fractions, a place found by counting who is ahead, nothing shared with the
product but the types that go in and come out.
"""

import hashlib
import math
from decimal import Decimal, localcontext
from fractions import Fraction

from scoring.ranking import RankedList, Ranking, Row, Unscored

LAST = (0, 0)


def slow_rank(rules, entries, scores, exclusions=(), chair_order=None):
    entries = sorted(entries, key=lambda entry: entry.key)
    case = Case(rules, entries, list(scores), list(exclusions), chair_order or {})
    overall = {c.code: c.weight for c in rules.criteria if c.counted}
    lists = [case.list("overall", overall, entries)]
    for nomination in rules.nominations:
        weights = overall if nomination.weights is None else nomination.weights
        own = [
            entry
            for entry in entries
            if nomination.entries == "all" or nomination.code in entry.nominations
        ]
        lists.append(case.list(nomination.code, weights, own))
    return Ranking(tuple(lists))


class Case:
    def __init__(self, rules, entries, scores, exclusions, chair_order):
        self.rules = rules
        everywhere = {n.code for n in rules.nominations if n.entries == "all"}
        self.entered = {e.key: everywhere | e.nominations for e in entries}
        self.chair_order = chair_order
        self.criteria = {criterion.code: criterion for criterion in rules.criteria}
        self.out = [e.entry for e in exclusions if e.juror is None]
        jurors = [e.juror for e in exclusions if e.entry is None]
        pairs = [(e.entry, e.juror) for e in exclusions]
        self.scores = [
            score
            for score in scores
            if score.juror not in jurors and (score.entry, score.juror) not in pairs
            if self.applies(score.criterion, score.entry)
        ]

    def applies(self, code, key):
        """Whether a criterion belongs to all, or to a nomination of the entry."""
        own = self.criteria[code].nominations
        return not own or any(n in self.entered.get(key, ()) for n in own)

    def list(self, code, weights, entries):
        weights = {c: Fraction(weights.get(c, 0)) for c in self.criteria}
        own = {c: self.criteria[c].nominations for c in weights}
        weights = {
            key: {
                c: weight
                for c, weight in weights.items()
                if weight > 0 and self.applies(c, key)
                if code == "overall" or not own[c] or code in own[c]
            }
            for key in (entry.key for entry in entries)
        }
        excluded = tuple(entry.key for entry in entries if entry.key in self.out)
        keys = [entry.key for entry in entries if entry.key not in self.out]
        lacking = {
            key: tuple(
                c
                for c in weights[key]
                if len(self.values(key, c)) < self.rules.min_scores
            )
            for key in keys
        }
        ranked = [key for key in keys if weights[key] and not lacking[key]]
        unscored = tuple(Unscored(k, lacking[k]) for k in keys if k not in ranked)
        rows = self.rows(code, weights, ranked)
        return RankedList(code, rows, unscored, excluded)

    def rows(self, code, weights, keys):
        totals = {key: self.total(weights[key], self.means(key)) for key in keys}
        lowest = self.rules.minimum_score
        placed = [key for key in keys if lowest is None or totals[key] >= lowest]
        merits = {key: [totals[key]] for key in placed}
        for name in self.rules.tie_breaks:
            found = {
                key: self.merit(name, code, weights, key)
                if self.compares(name, weights, [k for k in placed if merits[k] == own])
                else 0
                for key, own in merits.items()
            }
            merits = {key: [*own, found[key]] for key, own in merits.items()}
        rows = []
        for key in placed:
            ahead = [other for other in placed if merits[other] > merits[key]]
            same = [other for other in placed if merits[other] == merits[key]]
            split_by = tuple(
                name
                for depth, name in enumerate(self.rules.tie_breaks, start=1)
                if any(
                    merits[other][:depth] == merits[key][:depth]
                    and merits[other][depth] != merits[key][depth]
                    for other in placed
                )
            )
            place = len(ahead) + 1
            row = self.row(weights[key], key, totals, place, split_by, len(same) > 1)
            rows.append(row)
        rows.sort(key=lambda row: (row.place, row.entry))
        below = [
            self.row(weights[key], key, totals, None, (), False)
            for key in keys
            if key not in placed
        ]
        below.sort(key=lambda row: (-row.total, row.entry))
        return tuple(rows + below)

    def row(self, weights, key, totals, place, tie_breaks, shared):
        means = {c: two_decimals(mean) for c, mean in self.means(key).items()}
        jurors = max(len(self.values(key, c)) for c in weights)
        spread = self.spread(weights, key)
        return Row(key, place, totals[key], means, spread, jurors, tie_breaks, shared)

    def values(self, key, code):
        scale = self.criteria[code].scale
        return [
            scale.minimum + score.steps * scale.step
            for score in self.scores
            if (score.entry, score.criterion) == (key, code)
        ]

    def means(self, key):
        by_criterion = {code: self.values(key, code) for code in self.criteria}
        return {
            code: Fraction(sum(values), len(values))
            for code, values in by_criterion.items()
            if values
        }

    def total(self, weights, means):
        return two_decimals(self.exact_total(weights, means))

    def exact_total(self, weights, means):
        """T · Σ w·(mean / max) / Σ w, or (mean - min) / (max - min)."""
        shares = Fraction(0)
        for code, weight in weights.items():
            low, high = self.bounds(code)
            shares += weight * (means[code] - low) / (high - low)
        return self.rules.total * shares / sum(weights.values())

    def bounds(self, code):
        scale = self.criteria[code].scale
        low = scale.minimum if self.rules.mapping == "range" else Fraction(0)
        return low, scale.maximum

    def spread(self, weights, key):
        if any(len(self.values(key, code)) < 2 for code in weights):
            return None
        mean = Fraction(0)
        for code, weight in weights.items():
            low, high = self.bounds(code)
            mean += weight * deviation(self.values(key, code)) / (high - low)
        return two_decimals(self.rules.total * mean / sum(weights.values()))

    def compares(self, name, weights, tied):
        """Whether all who are tied were asked what a tie-break looks at."""
        if name == "top_marks":
            return all(weights[key] == weights[tied[0]] for key in tied)
        _, _, criterion = name.partition("criterion:")
        return not criterion or all(self.applies(criterion, key) for key in tied)

    def merit(self, name, code, weights, key):
        """Something that is larger for who comes first."""
        weights = weights[key]
        if name == "median":
            return self.median(weights, key)
        if name == "top_marks":
            return sum(
                value == self.criteria[c].scale.maximum
                for c in weights
                for value in self.values(key, c)
            )
        if name == "chair":
            order = list(self.chair_order.get(code, ()))
            return -order.index(key) if key in order else -len(order)
        if name == "lot":
            ticket = f"{self.rules.lot_seed}\n{code}\n{key}".encode()
            return -int(hashlib.sha256(ticket).hexdigest(), 16)
        means = self.means(key)
        criterion = name.split(":", 1)[1]
        return (1, two_decimals(means[criterion])) if criterion in means else LAST

    def median(self, weights, key):
        totals = []
        for juror in sorted({score.juror for score in self.scores}):
            sheet = {
                s.criterion: self.criteria[s.criterion].scale.minimum
                + s.steps * self.criteria[s.criterion].scale.step
                for s in self.scores
                if (s.entry, s.juror) == (key, juror)
            }
            if all(code in sheet for code in weights):
                totals.append(self.exact_total(weights, sheet))
        if not totals:
            return LAST
        totals.sort()
        half = len(totals) // 2
        if len(totals) % 2:
            return (1, two_decimals(totals[half]))
        return (1, two_decimals((totals[half - 1] + totals[half]) / 2))


def two_decimals(number):
    return Decimal(math.floor(number * 100 + Fraction(1, 2))).scaleb(-2)


def deviation(values):
    mean = Fraction(sum(values), len(values))
    variance = Fraction(sum((v - mean) ** 2 for v in values), len(values) - 1)
    root = Fraction(math.isqrt(variance.numerator), math.isqrt(variance.denominator))
    if root**2 == variance:
        return root
    with localcontext(prec=60):
        return Fraction(
            (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
        )
