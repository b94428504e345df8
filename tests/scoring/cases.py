"""Rules and scores for the tests of the ranking, written as the rules' own values."""

from fractions import Fraction

from scoring.ranking import Criterion, Entry, Rules, Scale, Score, rank_scores


def scale(minimum, maximum, step=1):
    return Scale(Fraction(minimum), Fraction(maximum), Fraction(step))


TEN = scale(1, 10)
HUNDRED = scale(0, 100)
HALVES = scale(0, 5, Fraction(1, 2))


def criterion(code, weight=1, *, scale=TEN, counted=True):
    return Criterion(code, scale, Fraction(weight), counted=counted)


def one_criterion(scale=HUNDRED, **changes):
    """Rules in which, by default, the total is the mean of the criterion "quality"."""
    return Rules(criteria=(criterion("quality", scale=scale),), **changes)


def entries(*keys):
    return [Entry(key) for key in keys]


def scores(rules, table):
    """Scores from {entry: {criterion: [value of the first juror, of the second, …]}}.

    None where a juror gave no value.
    """
    scales = {each.code: each.scale for each in rules.criteria}
    return [
        Score(entry, f"juror-{number}", code, scales[code].steps_of(Fraction(value)))
        for entry, by_criterion in table.items()
        for code, values in by_criterion.items()
        for number, value in enumerate(values, start=1)
        if value is not None
    ]


def ranked(rules, table, *, keys=None, **evidence):
    """The overall list of the entries of a table."""
    ranking = rank_scores(
        rules, entries(*(keys or table)), scores(rules, table), **evidence
    )
    return ranking.lists[0]


def places(ranked_list):
    return [(row.entry, row.place) for row in ranked_list.rows]


def totals(ranked_list):
    return {row.entry: row.total for row in ranked_list.rows}
