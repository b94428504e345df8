"""The same request sent twice makes one thing and gives one answer."""

import pytest

from audit.models import Event
from jobs.api.idempotency import IdempotentCreateMixin
from jobs.models import IdempotencyKey
from organisations.models import Organisation
from tests.api import Person
from tests.core.races import at_once
from tests.factories import (
    ContestFactory,
    CoordinatorFactory,
    ExportFactory,
    RepresentativeFactory,
    UserFactory,
)

BODY = {"name": "Žibintas", "kind": "ngo"}
KEY = {"idempotency-key": "3f8e"}


@pytest.fixture
def person(db):  # noqa: ARG001 - people are rows
    return Person(UserFactory())


def add(person, body=BODY, key="3f8e"):
    return person.post("organisations/", body, headers={"idempotency-key": key})


def test_a_repetition_gives_the_first_answer_and_makes_nothing(person):
    first, second = add(person), add(person)

    assert second.json() == first.json()
    assert second.status_code == 201
    assert second["Idempotency-Replayed"] == "true"
    assert Organisation.objects.count() == 1


def test_a_repetition_carries_the_etag_of_the_first_answer(person):
    first, second = add(person), add(person)

    assert second.headers.get("ETag") == first["ETag"]


def test_a_key_without_repetition_is_as_no_key(person):
    assert "Idempotency-Replayed" not in add(person)


def test_two_keys_make_two_things(person):
    add(person, key="1")
    add(person, key="2")

    assert Organisation.objects.count() == 2


def test_a_key_of_another_request_is_refused(person):
    add(person)

    response = add(person, body=BODY | {"name": "Kitas"})

    assert response.status_code == 422
    assert response.json()["code"] == "idempotency_key_reused"
    assert Organisation.objects.count() == 1


def test_a_key_at_another_address_is_refused(person):
    add(person)
    representative = RepresentativeFactory(person=person.user)

    response = person.post(
        f"organisations/{representative.organisation.pk}/representatives/",
        {"email": "new@example.org"},
        headers=KEY,
    )

    assert response.status_code == 422


def test_the_key_of_somebody_else_is_ones_own_affair(person):
    add(person)

    response = add(Person(UserFactory()))

    assert response.status_code == 201
    assert Organisation.objects.count() == 2


def test_a_refused_request_leaves_the_key_for_the_corrected_one(person):
    refused = add(person, body=BODY | {"code": "123456789"})
    corrected = add(person)

    assert (refused.status_code, corrected.status_code) == (400, 201)


@pytest.mark.parametrize("key", ["", "a" * 201, "ą"])
def test_a_key_is_measured(person, key):
    response = person.client.post(
        "/api/v1/organisations/", BODY, HTTP_IDEMPOTENCY_KEY=key
    )

    assert response.status_code in {201, 400}


def test_what_no_field_asks_for_is_refused_and_leaves_the_key(person):
    refused = add(person, body=BODY | {"unknown": "a\x00b"})

    assert (refused.status_code, add(person).status_code) == (400, 201)


def test_an_unknown_field_with_a_lone_surrogate_is_no_mistake_of_ours(person):
    person.client.raise_request_exception = False

    response = person.client.generic(
        "POST",
        "/api/v1/organisations/",
        r'{"name": "a", "kind": "ngo", "unknown": "\ud800"}',
        "application/json",
        headers=KEY,
    )

    assert response.status_code < 500


@pytest.mark.django_db
def test_a_one_time_code_is_not_kept():
    coordinator = CoordinatorFactory(contest=ContestFactory(phase="open"))
    person = Person(coordinator.person)
    where = f"contests/{coordinator.contest.slug}/jurors/"

    first, second = (
        person.post(where, {"email": "new@example.org"}, headers=KEY) for _ in range(2)
    )

    assert len(first.json()["code"]) > 20
    assert second.json() == first.json() | {"code": None}
    assert first.json()["code"] not in str(IdempotencyKey.objects.values())


@pytest.mark.django_db
def test_a_second_try_asked_for_twice_is_one():
    export = ExportFactory(job__failed=True)
    person = Person(CoordinatorFactory(contest=export.contest).person)
    where = f"exports/{export.pk}/retry/"

    first, second = (person.post(where, headers=KEY) for _ in range(2))
    without = person.post(where)

    assert (first.status_code, second.json()) == (202, first.json())
    assert without.json()["code"] == "not_failed"
    assert Event.objects.filter(action="exports.retry").count() == 1


@pytest.mark.django_db
def test_a_file_is_cancelled_once_and_the_answer_repeated():
    export = ExportFactory(job__state="queued")
    person = Person(CoordinatorFactory(contest=export.contest).person)
    where = f"exports/{export.pk}/cancel/"

    first, second = (person.post(where, headers=KEY) for _ in range(2))
    without = person.post(where)

    assert (first.status_code, second.json()) == (200, first.json())
    assert second["Idempotency-Replayed"] == "true"
    assert without.json()["state"] == "cancelled"
    assert Event.objects.filter(action="exports.cancel").count() == 1


# --- Two at once -------------------------------------------------------------------


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_parallel_requests_with_one_key_make_one_thing():
    user = UserFactory()
    people = [Person(user) for _ in range(4)]

    answers = at_once([lambda p=p: add(p) for p in people])

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Organisation.objects.count() == 1


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_parallel_requests_without_the_guard_make_many(monkeypatch):
    """The control: this suite can fail."""
    monkeypatch.setattr(
        IdempotentCreateMixin, "idempotent", lambda _s, _r, work: work()
    )
    user = UserFactory()
    people = [Person(user) for _ in range(4)]

    at_once([lambda p=p: add(p) for p in people])

    assert Organisation.objects.count() == 4
