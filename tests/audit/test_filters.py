import pytest

from tests.api import Person
from tests.factories import ContestFactory, CoordinatorFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "since", ["0334-09-13T06:19:49.5+23:08", "9999-12-31T23:59:59-12:00"]
)
def test_a_time_out_of_all_reach_is_refused_in_words(since):
    contest = ContestFactory(phase="judging")
    coordinator = Person(CoordinatorFactory(contest=contest).person)

    response = coordinator.get(f"contests/{contest.slug}/audit/", {"since": since})

    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == ["since"]
