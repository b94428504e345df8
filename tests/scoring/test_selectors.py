"""What the page shows is what the file proves."""

import random

import pytest

from contest import rulebook
from scoring.selectors import current_list, result_of, rules_of
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    JurorFactory,
    ScoreFactory,
    SheetFactory,
    SubmissionFactory,
)
from tests.scoring.own_criteria import document as of_nominations
from tests.scoring.shown import shown_of

pytestmark = pytest.mark.django_db
CHOSEN = ([], ["farm"], ["nature"], ["farm", "nature"])

CODES = ("innovation", "success", "social_responsibility", "originality")
TIE_BREAKS = [
    [],
    ["median"],
    ["top_marks"],
    ["criterion:success", "median", "top_marks"],
    ["median", "lot"],
]


def drawn(seed, tie_breaks, *, entries="all", own=False):
    """A contest with entries, jurors and sheets by chance; few values, many ties."""
    chance = random.Random(seed)
    document = rulebook.template("lkbs") | {"tie_breaks": tie_breaks, "lot_seed": "s"}
    document["min_scores"] = chance.choice([1, 2])
    document["nominations"][0]["entries"] = entries
    codes = [nomination["code"] for nomination in document["nominations"]]
    if own:
        for nomination in document["nominations"]:
            nomination |= {"entries": "chosen", "weights": None}
        document["criteria"][1]["nominations"] = codes[:1]
        document["criteria"][2]["nominations"] = codes[1:]
    contest = ContestFactory(document=document)
    jurors = JurorFactory.create_batch(3, contest=contest)
    states = ["eligible"] * 5 + ["withdrawn", "ineligible"]
    for state in states:
        chosen = [c for c in codes if own and chance.random() < 0.5]
        entry = SubmissionFactory(contest=contest, state=state, nominations=chosen)
        for juror in jurors:
            if chance.random() < 0.2:
                continue
            assignment = AssignmentFactory(
                submission=entry, juror=juror, in_conflict=chance.random() < 0.15
            )
            values = {c: chance.choice([7, 8]) for c in CODES if chance.random() < 0.9}
            sheet = SheetFactory(
                assignment=assignment, values=values, sent=chance.random() < 0.85
            )
            if chance.random() < 0.1 and (score := sheet.scores.first()):
                score.steps = None
                score.save()
    return contest


@pytest.mark.parametrize("tie_breaks", TIE_BREAKS, ids="-".join)
@pytest.mark.parametrize("seed", range(4))
def test_the_page_and_the_file_rank_alike(seed, tie_breaks):
    contest = drawn(seed, tie_breaks)

    result = result_of(contest)

    assert shown_of(contest, result.rules) == result.ranking


@pytest.mark.parametrize("seed", range(4))
def test_a_list_of_chosen_entries_has_only_those(seed):
    contest = drawn(seed, ["median"], entries="chosen")

    result = result_of(contest)

    assert shown_of(contest, result.rules) == result.ranking


@pytest.mark.parametrize("tie_breaks", TIE_BREAKS[1:4], ids="-".join)
@pytest.mark.parametrize("seed", range(2))
def test_the_page_and_the_file_rank_alike_by_criteria_of_nominations(seed, tie_breaks):
    contest = drawn(seed, tie_breaks, own=True)

    result = result_of(contest)

    assert not result.rules.is_uniform
    assert shown_of(contest, result.rules) == result.ranking


def test_sheets_that_are_not_sent_do_not_count():
    score = ScoreFactory()
    contest = score.sheet.assignment.submission.contest

    assert list(result_of(contest).scores) == []


def test_a_pair_in_conflict_is_named_and_does_not_count():
    sheet = SheetFactory(
        assignment__in_conflict=True, sent=True, values=dict.fromkeys(CODES, 9)
    )

    result = result_of(sheet.assignment.submission.contest)

    assert list(result.scores) == []
    assert [(e.entry, e.juror, e.reason) for e in result.exclusions] == [
        ("2026-001", "J01", "conflict")
    ]


def test_a_page_asks_a_constant_number_of_queries(django_assert_num_queries):
    contest = drawn(1, ["median"])
    rules = rules_of(contest.rulebook.document)

    with django_assert_num_queries(2):
        current_list(contest, rules, "overall").window(0, 50)


@pytest.mark.parametrize(
    "own", [["chosen", "chosen"], ["all", "chosen"], ["all", "all"]]
)
def test_sheets_and_ranking_mean_the_same_criteria(own):
    """What a juror is asked and what an entry is measured by are told apart."""
    document = of_nominations()
    for nomination, entries in zip(document["nominations"], own, strict=True):
        nomination["entries"] = entries
    asked, measured = rulebook.read(document), rules_of(document)

    assert asked.is_uniform == measured.is_uniform == (own == ["all", "all"])
    for chosen in CHOSEN:
        codes = {criterion.code for criterion in asked.criteria_of(chosen)}
        assert codes == measured.applying(chosen)
