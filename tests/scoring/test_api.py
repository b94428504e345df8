import pytest

from contest import rulebook
from scoring.models import Score
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    SheetFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db

CODES = ("innovation", "success", "social_responsibility", "originality")


@pytest.fixture
def assignment():
    return AssignmentFactory()


@pytest.fixture
def juror(assignment):
    return Person(assignment.juror.person)


def test_a_sheet_nobody_touched_is_shown_with_its_scales(assignment, juror):
    answer = juror.get(f"assignments/{assignment.pk}/sheet/").json()

    assert answer["state"] == "draft"
    assert answer["scores"][0] == {
        "criterion": "innovation",
        "title": "Innovation",
        "minimum": "1",
        "maximum": "10",
        "step": "1",
        "value": None,
        "comment": "",
        "version": 0,
        "changed_at": None,
    }


def test_a_whole_sheet_is_saved_at_once(assignment, juror):
    scores = [{"criterion": code, "value": 7, "version": 0} for code in CODES]

    answer = juror.put(f"assignments/{assignment.pk}/sheet/", {"scores": scores})

    assert [s["value"] for s in answer.json()["scores"]] == ["7"] * 4
    assert Score.objects.count() == 4


def test_one_criterion_twice_in_a_sheet_is_refused(assignment, juror):
    scores = [{"criterion": "success", "value": 7, "version": 0}] * 2

    answer = juror.put(f"assignments/{assignment.pk}/sheet/", {"scores": scores})

    assert answer.status_code == 400


def test_an_unknown_criterion_in_a_sheet_is_a_wrong_field(assignment, juror):
    scores = [{"criterion": "beauty", "value": 7, "version": 0}]

    answer = juror.put(f"assignments/{assignment.pk}/sheet/", {"scores": scores})

    assert answer.status_code == 400


def test_a_stranger_is_told_nothing_of_the_body(assignment):
    stranger = Person(AssignmentFactory().juror.person)

    answer = stranger.patch(f"assignments/{assignment.pk}/sheet/success/", {})

    assert answer.status_code == 404


def test_off_the_scale_is_told_with_the_scale(assignment, juror):
    answer = juror.patch(
        f"assignments/{assignment.pk}/sheet/success/", {"value": 11, "version": 0}
    )

    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"]) == (400, "off_scale")
    assert (error["field"], error["received"]) == ("success.value", "11")


@pytest.fixture
def ranked():
    """Three entries with the totals 90, 90 and 50, and a coordinator."""
    return scored_contest()


def scored_contest(**fields):
    contest = SubmissionFactory(
        contest=ContestFactory(phase="judging", **fields)
    ).contest
    for value in (9, 9, 5):
        SheetFactory(
            assignment__submission__contest=contest,
            sent=True,
            values=dict.fromkeys(CODES, value),
        )
    return contest, Person(CoordinatorFactory(contest=contest).person)


def test_the_ranking_shares_places_and_lists_the_unscored(ranked):
    contest, coordinator = ranked

    answer = coordinator.get(f"contests/{contest.slug}/ranking/").json()

    assert answer["interim"] is True
    assert [(r["place"], r["total"], r["shared"]) for r in answer["results"]] == [
        (1, "90.00", True),
        (1, "90.00", True),
        (3, "50.00", False),
        (None, None, False),
    ]


def test_the_short_list_alone_with_a_shared_last_place():
    document = rulebook.template("lkbs") | {"short_list": 1}
    contest, coordinator = scored_contest(document=document)
    where = f"contests/{contest.slug}/ranking/"

    everybody = coordinator.get(where).json()
    chosen = coordinator.get(f"{where}?short_listed=true&page_size=1&page=2").json()
    nomination = coordinator.get(f"{where}?nomination=best").json()

    marks = [row["short_listed"] for row in everybody["results"]]
    assert marks == [True, True, False, False]
    assert [row["reference"] for row in chosen["results"]] == [
        everybody["results"][1]["reference"]
    ]
    assert (chosen["count"], chosen["pages"], chosen["short_list"]) == (2, 2, 1)
    assert {row["short_listed"] for row in nomination["results"]} == {None}


@pytest.mark.parametrize(
    "query",
    ["short_listed=false", "short_listed=", "short_listed=true&nomination=best"],
)
def test_a_short_list_that_there_is_not_is_told(ranked, query):
    contest, coordinator = ranked

    answer = coordinator.get(f"contests/{contest.slug}/ranking/?{query}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "short_listed"


@pytest.mark.parametrize(
    "query", ["page=0", "page=3", "page=x", "page_size=251", "nomination=none"]
)
def test_the_ranking_refuses_odd_pages_in_words(ranked, query):
    contest, coordinator = ranked

    answer = coordinator.get(f"contests/{contest.slug}/ranking/?{query}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == query.split("=")[0]


def test_the_ranking_is_read_page_by_page(ranked):
    contest, coordinator = ranked

    pages = [
        coordinator.get(
            f"contests/{contest.slug}/ranking/?page={page}&page_size=3"
        ).json()
        for page in (1, 2)
    ]

    assert [len(page["results"]) for page in pages] == [3, 1]
    assert [page["count"] for page in pages] == [4, 4]
