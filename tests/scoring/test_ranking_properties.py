"""The ranking against a second, slow one, on rules and scores nobody would think of."""

from dataclasses import replace
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.paging import PagedList
from scoring.ranking import OVERALL, rank, sheet_totals_from, tally
from scoring.tallies import applying
from tests.scoring.slow_ranking import slow_rank
from tests.scoring.strategies import CODES, cases, rank_case


@settings(max_examples=100, deadline=None)
@given(cases())
def test_ranking_equals_the_slow_one(case):
    ranking = rank_case(case)

    assert ranking == slow_rank(*case)


@settings(max_examples=30, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_ranking_does_not_depend_on_the_order_of_its_input(case, random):
    shuffled = case._replace(
        entries=random.sample(case.entries, len(case.entries)),
        scores=random.sample(case.scores, len(case.scores)),
        exclusions=case.exclusions[::-1],
    )

    ranking = rank_case(shuffled)

    assert ranking == rank_case(case)


@settings(max_examples=30, deadline=None)
@given(cases(), st.permutations(range(len(CODES))))
def test_ranking_does_not_depend_on_the_order_of_the_criteria(case, order):
    criteria = tuple(case.rules.criteria[position] for position in order)

    ranking = rank_case(case._replace(rules=replace(case.rules, criteria=criteria)))

    assert [each.rows for each in ranking.lists] == [
        each.rows for each in rank_case(case).lists
    ]


@settings(max_examples=30, deadline=None)
@given(cases())
def test_ranking_from_tallies_equals_the_one_from_scores(case):
    rules, entries, scores, exclusions, chair_order = case
    tallies = tally(scores, rules, exclusions)
    sheet_totals = sheet_totals_from(scores, rules, exclusions, entries)

    ranking = rank(
        rules,
        entries,
        tallies,
        exclusions=exclusions,
        sheet_totals=sheet_totals,
        chair_order=chair_order,
    )

    assert ranking == rank_case(case)


def paged(case, code):
    """A list as its pages are computed: sums of all, sheets of those asked for."""
    tallies = applying(case.rules, case.entries, tally(case.scores, case.rules))
    chosen = case.rules.has_chosen_entries(code)
    sums = {
        entry.key: {
            of_code: (own.count, own.total, own.squares, own.top)
            for of_code, own in tallies.get(entry.key, {}).items()
        }
        for entry in case.entries
        if code in entry.nominations or not chosen
    }
    sheets_of = partial(sheets, case)
    return PagedList(case.rules, code, sums, sheets_of, entries=case.entries)


def sheets(case, asked):
    found = {}
    for score in case.scores:
        if score.entry in asked:
            sheet = found.setdefault(score.entry, {}).setdefault(score.juror, {})
            sheet[score.criterion] = score.steps
    codes = [criterion.code for criterion in case.rules.criteria]
    return {
        entry: [[sheet.get(code) for code in codes] for sheet in of_jurors.values()]
        for entry, of_jurors in found.items()
    }


@settings(max_examples=150, deadline=None)
@given(cases(), st.integers(0, 6), st.integers(0, 6))
def test_a_window_of_a_list_is_a_part_of_the_slow_one(case, start, size):
    case = case._replace(exclusions=[], chair_order={})

    for whole in slow_rank(*case).lists:
        window = paged(case, whole.code).window(start, start + size)

        expected = [*whole.rows, *whole.unscored]
        assert window == expected[start : start + size]


@settings(max_examples=50, deadline=None)
@given(cases())
def test_a_list_counts_its_ranked_and_its_unscored(case):
    case = case._replace(exclusions=[], chair_order={})
    whole = slow_rank(*case).lists[0]

    counted = paged(case, OVERALL)

    assert (counted.ranked, counted.unscored, len(counted)) == (
        len(whole.rows),
        len(whole.unscored),
        len(whole.rows) + len(whole.unscored),
    )
