"""The ranking against a second, slow one, on rules and scores nobody would think of."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.ranking import rank, sheet_totals_from, tally
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
    sheet_totals = sheet_totals_from(scores, rules, exclusions)

    ranking = rank(
        rules,
        entries,
        tallies,
        exclusions=exclusions,
        sheet_totals=sheet_totals,
        chair_order=chair_order,
    )

    assert ranking == rank_case(case)
