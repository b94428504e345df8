"""A change names the version it is based on; a stale one is told what is stored now."""

import pytest

from organisations.models import Organisation
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    RepresentativeFactory,
    ScoreFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    """A representative and the address of the own organisation, at version 1."""
    representative = RepresentativeFactory()
    where = f"organisations/{representative.organisation.pk}/"
    return Person(representative.person), where


def test_an_answer_carries_its_version_as_an_etag(desk):
    person, where = desk

    assert person.get(where)["ETag"] == '"v1"'


@pytest.mark.parametrize("tag", ['"v1"', 'W/"v1"', ' "v1" '])
def test_if_match_is_taken_in_strong_and_weak_form(desk, tag):
    person, where = desk

    response = person.patch(where, {"name": "Nauja"}, headers={"if-match": tag})

    assert (response.status_code, response["ETag"]) == (200, '"v2"')


def test_a_version_in_the_body_does_as_well(desk):
    person, where = desk

    response = person.patch(where, {"name": "Nauja", "version": 1})

    assert (response.status_code, response["ETag"]) == (200, '"v2"')


def test_two_versions_that_agree_are_one(desk):
    person, where = desk

    response = person.patch(where, {"version": 1}, headers={"if-match": '"v1"'})

    assert response.status_code == 200


def test_two_versions_that_differ_are_refused(desk):
    person, where = desk

    response = person.patch(where, {"version": 1}, headers={"if-match": '"v2"'})

    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "version"


@pytest.mark.parametrize("tag", ["v1", '"1"', "*", '"v1", "v2"', "", '"v9999999999"'])
def test_another_form_of_if_match_is_refused(desk, tag):
    person, where = desk

    response = person.patch(where, {"name": "Nauja"}, headers={"if-match": tag})

    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "If-Match"


def test_without_a_version_nothing_is_saved(desk):
    person, where = desk

    response = person.patch(where, {"name": "Nauja"})

    assert (response.status_code, response.json()["code"]) == (428, "version_required")
    assert not Organisation.objects.filter(name="Nauja").exists()


def test_a_stale_change_saves_nothing(desk):
    person, where = desk
    person.patch(where, {"name": "Pirma", "version": 1})

    response = person.patch(where, {"name": "Antra", "version": 1})

    body = response.json()
    assert (response.status_code, body["code"]) == (412, "stale")
    assert body["current_version"] == 2
    assert Organisation.objects.get().name == "Pirma"


def stale_organisation():
    representative = RepresentativeFactory(organisation__version=2)
    person = Person(representative.person)
    where = f"organisations/{representative.organisation.pk}/"
    return person.patch(where, {"name": "Antra", "version": 1})


def stale_contest():
    contest = ContestFactory(phase="open", version=2)
    person = Person(CoordinatorFactory(contest=contest).person)
    return person.patch(f"contests/{contest.slug}/", {"edition": "2", "version": 1})


def stale_rulebook():
    contest = ContestFactory(phase="open")
    person = Person(CoordinatorFactory(contest=contest).person)
    where = f"contests/{contest.slug}/rulebook/"
    document = person.get(where).json()["document"]
    person.put(where, {"document": document, "version": 1})
    return person.put(where, {"document": document, "version": 1})


def stale_entry():
    entry = SubmissionFactory(contest__phase="open", state="draft", version=2)
    representative = RepresentativeFactory(organisation=entry.organisation)
    return Person(representative.person).patch(
        f"submissions/{entry.pk}/", {"title": "Kitas", "version": 1}
    )


def stale_sending():
    entry = SubmissionFactory(contest__phase="open", state="draft", version=2)
    representative = RepresentativeFactory(organisation=entry.organisation)
    return Person(representative.person).post(
        f"submissions/{entry.pk}/submit/",
        {
            "version": 1,
            "signed_by": "Ona",
            "signed_role": "narė",
            "consents": {"processing": True},
        },
    )


def stale_score():
    score = ScoreFactory()
    assignment = score.sheet.assignment
    return Person(assignment.juror.person).patch(
        f"assignments/{assignment.pk}/sheet/{score.criterion.code}/",
        {"value": "3", "version": 0},
    )


@pytest.mark.parametrize(
    "stale",
    [
        stale_entry,
        stale_sending,
        stale_score,
        stale_organisation,
        stale_contest,
        stale_rulebook,
    ],
)
def test_a_stale_change_is_told_what_is_stored_now(stale):
    response = stale()

    body = response.json()
    assert (response.status_code, body["code"]) == (412, "stale")
    assert body["current"]


def test_a_stale_entry_is_told_in_full():
    body = stale_entry().json()

    assert body["current"]["title"].startswith("Projektas")
    assert body["current"]["contact_name"] == "Ona Onaitė"


def test_a_stale_score_is_told_with_its_comment():
    body = stale_score().json()

    assert body["current"] == {"value": "8", "comment": ""}
    assert body["current_version"] == 1


def test_scores_of_two_criteria_do_not_disturb_each_other():
    assignment = AssignmentFactory()
    person = Person(assignment.juror.person)
    where = f"assignments/{assignment.pk}/sheet/"

    answers = [
        person.patch(f"{where}{code}/", {"value": "3", "version": 0})
        for code in ("innovation", "success")
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
