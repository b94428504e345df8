"""Each kind of refusal says what happened, in one form, to people and to programs."""

import json

import pytest
from django.db import OperationalError
from rest_framework.test import APIClient

from core.api.problems import CONTENT_TYPE
from tests.api import Person
from tests.factories import ContestFactory, CoordinatorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return Person(UserFactory())


def problem(response):
    """The body of a refusal, its form checked on the way."""
    assert response["Content-Type"] == CONTENT_TYPE
    body = response.json()
    assert body["type"] == "about:blank"
    assert body["status"] == response.status_code
    assert set(body) >= {"type", "title", "status", "code", "detail"}
    assert body["detail"]
    return body


def kind(response):
    body = problem(response)
    return body["status"], body["code"]


@pytest.fixture(params=["lt", "en"])
def language(request):
    return request.param


def test_a_visitor_is_asked_to_sign_in(language):
    response = Person(language=language).get("me/")

    assert kind(response) == (401, "not_authenticated")
    assert response["WWW-Authenticate"] == "Token"


def test_a_wrong_token_says_so(language):
    client = APIClient(headers={"accept-language": language})
    client.credentials(HTTP_AUTHORIZATION="Token nobody's")

    assert kind(client.get("/api/v1/me/")) == (401, "invalid_token")


def test_an_unknown_address_is_not_found(client, language):
    response = client.get("/api/v1/nothing/", headers={"accept-language": language})

    assert kind(response) == (404, "not_found")


def test_a_thing_that_is_not_there_is_told_like_one_that_is_not_yours():
    person = Person(UserFactory())
    foreign = ContestFactory(phase="set-up")

    answers = [
        person.get(f"contests/{slug}/").json() for slug in (foreign.slug, "nothing")
    ]

    assert answers[0] == answers[1]


def test_too_early_names_the_phases_and_the_date(language):
    coordinator = CoordinatorFactory(contest__phase="judging")
    person = Person(coordinator.person, language=language)

    response = person.patch(f"contests/{coordinator.contest.slug}/", {})

    body = problem(response)
    assert (body["status"], body["code"]) == (403, "not_now")
    assert body["phase"] == "judging"
    assert body["allowed_phases"] == ["set-up", "announced", "open"]


def test_a_wrong_field_is_named_with_what_was_received_and_what_is_allowed(language):
    person = Person(UserFactory(), language=language)

    body = problem(person.post("organisations/", {"name": "Žibintas", "kind": "club"}))

    (error,) = body["errors"]
    assert (body["status"], body["code"]) == (400, "invalid")
    assert (error["field"], error["code"]) == ("kind", "invalid_choice")
    assert error["received"] == "club"
    assert "“club”" in error["message"] or "„club“" in error["message"]


def test_a_wrong_choice_names_the_choices(person):
    body = person.post("organisations/", {"name": "Žibintas", "kind": "club"}).json()

    (error,) = body["errors"]
    assert "community" in error["message"]


def test_a_nested_field_is_named_by_its_path(person):
    body = person.post("submissions/", {"links": ["https://a.example", "no link"]})

    fields = {error["field"] for error in problem(body)["errors"]}
    assert "links.1" in fields


def test_both_languages_say_the_same_thing_differently():
    said = {
        language: Person(language=language).get("me/").json()["detail"]
        for language in ("lt", "en")
    }

    assert said["lt"] != said["en"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"{", id="cut-off"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"[1, 2]", id="a-list"),
        pytest.param(b'"text"', id="a-text"),
        pytest.param(b"null", id="null"),
        pytest.param(b"12", id="a-number"),
        pytest.param(b'{"name": NaN}', id="nan"),
        pytest.param(b'{"name": Infinity}', id="infinity"),
        pytest.param(b'{"name": ' + b"9" * 5000 + b"}", id="endless-number"),
        pytest.param(b"[" * 100_000, id="abyss"),
        pytest.param(b"[" * 60 + b"]" * 60, id="deep"),
        pytest.param(b'{"a":' * 60 + b"1" + b"}" * 60, id="deep-objects"),
        pytest.param(b'{"name": "\xff\xfe"}', id="not-utf-8"),
        pytest.param('{"name": "a"}'.encode("utf-16"), id="utf-16"),
        pytest.param(b'\xef\xbb\xbf{"name": "a"}', id="byte-order-mark"),
        pytest.param(b'{"name": "\x00"}', id="raw-control-character"),
    ],
)
def test_a_body_that_cannot_be_read_is_a_400_that_says_why(person, body):
    response = person.client.generic(
        "POST", "/api/v1/organisations/", body, "application/json"
    )

    assert problem(response)["status"] == 400


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/xml",
    ],
)
def test_another_content_type_is_refused(person, content_type):
    response = person.client.generic(
        "POST", "/api/v1/organisations/", b"name=a", content_type
    )

    assert kind(response) == (415, "unsupported_media_type")


def test_another_language_than_json_is_not_spoken(person):
    response = person.get("organisations/", headers={"accept": "text/html"})

    assert kind(response) == (406, "not_acceptable")


def test_a_body_that_is_too_large_is_told_the_limit(person):
    person.client.raise_request_exception = False
    body = json.dumps({"name": "a" * (2 * 1024 * 1024)})

    response = person.client.generic(
        "POST", "/api/v1/organisations/", body, "application/json"
    )

    assert kind(response) == (413, "too_large")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_method_that_an_address_does_not_know_names_those_it_knows(person, method):
    response = getattr(person, method)("organisations/", {})

    assert kind(response) == (405, "method_not_allowed")
    assert "POST" in response["Allow"]


def test_head_is_answered_wherever_get_is(person):
    assert person.head("me/").status_code == 200


def test_head_of_a_list_is_answered(person):
    assert person.head("organisations/").status_code == 200


@pytest.mark.parametrize("address", ["organisations/{}/", "exports/{}/"])
@pytest.mark.parametrize("bad", ["1", "not-a-uuid", "0" * 36])
def test_a_bad_id_is_not_found(person, address, bad):
    assert kind(person.get(address.format(bad))) == (404, "not_found")


def test_the_database_away_is_told_as_such_and_nothing_of_the_inside(
    person, monkeypatch
):
    def away(**_kwargs):
        raise OperationalError("connection to server at 10.0.0.1 failed")

    monkeypatch.setattr("organisations.services.add_organisation", away)

    response = person.post("organisations/", {"name": "Žibintas", "kind": "ngo"})

    assert kind(response) == (503, "unavailable")
    assert response["Retry-After"] == "5"
    assert b"10.0.0.1" not in response.content


def test_our_own_mistake_tells_nothing_of_the_inside(person, monkeypatch):
    def mistake(**_kwargs):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("organisations.services.add_organisation", mistake)
    person.client.raise_request_exception = False

    response = person.post("organisations/", {"name": "Žibintas", "kind": "ngo"})

    assert kind(response) == (500, "server_error")
    assert b"secret" not in response.content


def test_a_strange_host_is_refused_in_the_same_form(client):
    response = client.get("/api/v1/contests/", headers={"host": "evil.example"})

    assert kind(response) == (400, "invalid")


def test_options_is_not_a_method_here(person):
    assert kind(person.options("organisations/")) == (405, "method_not_allowed")


def test_a_post_without_its_slash_keeps_its_body_to_itself(person):
    response = person.post("organisations", {"name": "Žibintas", "kind": "ngo"})

    assert kind(response) == (404, "not_found")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", '"\x01"@example.org'),
        ("email", '"o na"@example.org'),
        ("website", "http://a.lt/\u202e"),
        ("website", "http://a.lt/\u00a0b"),
    ],
)
def test_addresses_hold_no_characters_out_of_sight(person, field, value):
    body = {"name": "Žibintas", "kind": "ngo", field: value}

    response = person.post("organisations/", body)

    assert kind(response) == (400, "invalid")
    assert [error["field"] for error in response.json()["errors"]] == [field]
