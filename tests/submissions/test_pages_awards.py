"""The winners of a series as a page: listed, added, taken back."""

import pytest
from django.urls import reverse

from scoring.invariants import awards_are_as_published
from submissions.models import Award
from tests.factories import (
    AwardFactory,
    ContestFactory,
    CoordinatorFactory,
    OrganisationFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db
QUERIES = 7


@pytest.fixture
def contest():
    return ContestFactory(phase="open")


@pytest.fixture
def browser(contest):
    browser = browser_of(CoordinatorFactory(contest=contest).person)
    browser.cookies["django_language"] = "en"
    return browser


def where(contest):
    return reverse("submissions:awards", args=[contest.slug])


def form(**changes):
    return {
        "organisation": "Žąsinų",
        "edition": "2023",
        "year": 2023,
        "nomination": "best",
        "place": 2,
    } | changes


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_long(
    count, contest, browser, django_assert_num_queries
):
    for _ in range(count):
        AwardFactory(series=contest.series)
    AwardFactory()

    with django_assert_num_queries(QUERIES):
        response = browser.get(where(contest))

    assert len(response.context["rows"]) == count


def test_an_earlier_award_is_recorded_and_taken_back(contest, browser):
    winner = OrganisationFactory(name="Žąsinų", name_search="zasinu")

    browser.post(where(contest), form())
    award = Award.objects.get()
    assert (award.organisation, award.edition, award.place) == (winner, "2023", 2)

    browser.post(reverse("submissions:remove-award", args=[contest.slug, award.pk]))
    assert not Award.objects.exists()


@pytest.mark.parametrize("phase", ["deliberation", "published"])
def test_who_won_in_an_edition_that_is_here_comes_from_its_result(
    phase, contest, browser
):
    held = ContestFactory(series=contest.series, phase=phase)
    OrganisationFactory(name="Žąsinų", name_search="zasinu")

    refused = browser.post(where(contest), form(edition=held.edition))

    assert refused.status_code == 400
    assert "come from its own result" in refused.content.decode()
    assert list(awards_are_as_published()) == []


@pytest.mark.parametrize(("phase", "stays"), [("deliberation", 0), ("published", 1)])
def test_what_a_published_result_gave_is_not_taken_back_by_hand(
    phase, stays, contest, browser
):
    held = ContestFactory(series=contest.series, phase=phase)
    award = AwardFactory(series=contest.series, contest=held, edition=held.edition)

    browser.post(reverse("submissions:remove-award", args=[contest.slug, award.pk]))

    assert Award.objects.count() == stays


def test_of_several_with_these_words_none_is_taken_by_chance(contest, browser):
    for code in ("190000001", "190000002"):
        OrganisationFactory(name=f"Žąsinų {code}", name_search="zasinu", code=code)

    refused = browser.post(where(contest), form())

    assert refused.status_code == 400
    assert "190000002" in refused.content.decode()
    assert not Award.objects.exists()


def test_the_same_award_twice_keeps_what_was_typed(contest, browser):
    OrganisationFactory(name="Žąsinų", name_search="zasinu")
    browser.post(where(contest), form())

    refused = browser.post(where(contest), form())

    assert refused.status_code == 409
    assert 'value="Žąsinų"' in refused.content.decode()
    assert Award.objects.count() == 1


def test_an_award_of_another_series_is_not_there(contest, browser):
    award = AwardFactory()

    answer = browser.post(
        reverse("submissions:remove-award", args=[contest.slug, award.pk])
    )

    assert answer.status_code == 404
    assert Award.objects.exists()


def test_once_judging_is_open_awards_are_only_read():
    contest = ContestFactory(phase="judging")
    browser = browser_of(CoordinatorFactory(contest=contest).person)

    page = browser.get(where(contest)).content.decode()

    assert 'name="edition"' not in page
    assert browser.post(where(contest), form()).status_code == 403
