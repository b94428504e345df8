"""The ranking as a page, and the scores behind it."""

import re

import pytest
from django.urls import reverse

from contest import rulebook
from scoring.selectors import current_list, rules_in
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    SheetFactory,
    SubmissionFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db

CODES = ("innovation", "success", "social_responsibility", "originality")
RANKING_QUERIES = 9
SCORES_QUERIES = 11


@pytest.fixture
def contest():
    return ContestFactory(phase="deliberation")


@pytest.fixture
def browser(contest):
    return browser_of(CoordinatorFactory(contest=contest).person)


def scored(contest, *values, **fields):
    """An entry with one sheet of each value, given by the same jurors."""
    entry = SubmissionFactory(contest=contest, **fields)
    for number, value in enumerate(values, start=1):
        juror = contest.jurors.filter(number=number).first()
        assignment = AssignmentFactory(
            submission=entry, juror=juror or JurorFactory(contest=contest)
        )
        SheetFactory(
            assignment=assignment, sent=True, values=dict.fromkeys(CODES, value)
        )
    return entry


def ask(browser, contest, name="ranking", language="en", **query):
    address = reverse(f"scoring:{name}", args=[contest.slug])
    return browser.get(address, query, headers={"accept-language": language})


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize("count", [2, 3])
def test_a_ranking_takes_the_same_queries_however_long(
    count, language, contest, browser, django_assert_num_queries
):
    for _ in range(count):
        scored(contest, 8, 9)

    with django_assert_num_queries(RANKING_QUERIES):
        response = ask(browser, contest, language=language)

    assert response.content.decode().count('class="spread"') == count


def test_places_totals_and_who_has_none(contest, browser):
    best, shared, too = scored(contest, 9, 10), scored(contest, 8), scored(contest, 8)
    SubmissionFactory(contest=contest)

    page = ask(browser, contest).content.decode()

    assert page.index(best.reference) < page.index(shared.reference)
    assert page.count("Shared place") == 2
    assert too.reference in page
    assert "Not ranked, too few scores for" in page


def test_who_goes_on_is_marked_where_the_rules_have_a_short_list():
    document = rulebook.template("lkbs") | {"short_list": 2}
    contest = ContestFactory(phase="deliberation", document=document)
    for value in (9, 8, 8, 7):
        scored(contest, value)
    browser = browser_of(CoordinatorFactory(contest=contest).person)

    overall = ask(browser, contest).content.decode()
    nomination = ask(browser, contest, nomination="best").content.decode()

    assert (overall.count("short list</span>"), nomination.count("short list<")) == (
        3,
        0,
    )


def test_how_far_the_next_place_is_and_where_jurors_differ(contest, browser):
    for values in ((10, 10), (2, 9), (2, 8), (2, 8)):
        scored(contest, *values)

    rows = list(ask(browser, contest).context["rows"])

    assert [str(row.gap) for row in rows] == ["45.00", "5.00", "None", "None"]
    assert [row.jurors_differ for row in rows] == [False, True, True, True]


def test_the_gap_of_the_last_on_a_page_looks_beyond_it(contest):
    for values in ((10,), (8,), (8,), (7,), (6,)):
        scored(contest, *values)
    ranked = current_list(contest, rules_in(contest.rules_in_force), "overall")

    told = [str(gap) for _row, gap in ranked.with_gaps(1, 2)]

    assert told == ["10.00"]


def test_one_list_is_that_of_its_nomination(contest, browser):
    scored(contest, 9)

    response = ask(browser, contest, nomination="most_innovative")

    assert response.context["code"] == "most_innovative"


def test_a_list_that_there_is_not_is_told(contest, browser):
    response = ask(browser, contest, nomination="<script>")

    assert response.status_code == 400
    assert "<script>x" not in response.content.decode()


def test_what_may_still_change_is_called_interim():
    judging = ContestFactory(phase="judging")
    person = CoordinatorFactory(contest=judging).person

    assert "INTERIM" in ask(browser_of(person), judging).content.decode()


def test_a_final_ranking_is_not_called_interim(contest, browser):
    assert "INTERIM" not in ask(browser, contest).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_scores_behind_take_the_same_queries_however_many(
    count, contest, browser, django_assert_num_queries
):
    for _ in range(count):
        entry = scored(contest, *range(5, 5 + count))
        AssignmentFactory(submission=entry, in_conflict=True)

    with django_assert_num_queries(SCORES_QUERIES):
        response = ask(browser, contest, name="ranking-scores")

    assert len(response.context["excluded"]) == count


def test_every_score_is_in_one_bar(contest, browser):
    scored(contest, 1, 10, 10)

    found = ask(browser, contest, name="ranking-scores").context

    for _title, each in found["by_criterion"]:
        assert [bar.count for bar in each.bars] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 2]
        assert each.mean == 7
    assert [float(each.lean) > 0 for _name, each in found["by_juror"]] == [
        False,
        True,
        True,
    ]


def test_the_picture_of_each_juror_stands_beside_in_numbers(contest, browser):
    scored(contest, 1, 10)

    page = ask(browser, contest, name="ranking-scores").content.decode()

    table = re.split("<details><summary>[^<]*<span", page)[1].partition("</details>")
    cells = re.findall(r'<td class="number">(\d+)</td>', table[0])
    each = len(cells) // 2
    assert each == 10
    criteria = contest.criteria.count()
    assert {tuple(cells[:each]), tuple(cells[each:])} == {
        (str(criteria), *["0"] * 9),
        (*["0"] * 9, str(criteria)),
    }


def test_jurors_are_shown_only_to_whoever_may_see_sheets(contest):
    scored(contest, 8)
    name = contest.jurors.first().person.name
    secretary = JurorFactory(contest=contest, role="secretary").person
    chair = JurorFactory(contest=contest, role="chair").person

    pages = [
        ask(browser_of(who), contest, name="ranking-scores").content.decode()
        for who in (chair, secretary)
    ]

    assert [name in page for page in pages] == [True, False]
    assert ["histogram" in page for page in pages] == [True, False]
