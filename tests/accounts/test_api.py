from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from accounts.models import ApiToken
from accounts.services import invite, issue_token
from core import clock
from tests.api import Person
from tests.factories import CoordinatorFactory, UserFactory

pytestmark = pytest.mark.django_db


def client_with(text):
    client = APIClient(headers={"accept-language": "en"})
    client.credentials(HTTP_AUTHORIZATION=text)
    return client


@pytest.fixture
def token():
    return issue_token(person=UserFactory(), name="Planšetė", scope="write")


def me(text):
    return client_with(text).get("/api/v1/me/").status_code


@pytest.mark.parametrize("scheme", ["Token", "token", "TOKEN"])
def test_a_token_lets_its_person_in(token, scheme):
    assert me(f"{scheme} {token.text}") == 200


@pytest.mark.parametrize("text", ["Token", "Token {} extra", "Token x{}", "Token ąč"])
def test_what_only_resembles_a_token_does_not(token, text):
    assert me(text.format(token.text).encode().decode("latin-1")) == 401


def test_another_scheme_is_no_token(token):
    assert me(f"Bearer {token.text}") == 401


def test_an_ended_token_is_refused(token):
    Person(token.row.person).delete(f"auth/tokens/{token.row.pk}/")

    assert me(f"Token {token.text}") == 401


def test_a_token_out_of_date_is_refused(token, time_machine):
    time_machine.move_to(clock.now() + timedelta(days=60, seconds=1))

    assert me(f"Token {token.text}") == 401


def test_the_token_of_a_disabled_person_is_refused(token):
    token.row.person.is_active = False
    token.row.person.save()

    assert me(f"Token {token.text}") == 401


def test_a_token_that_may_only_read_writes_nothing():
    text = issue_token(person=UserFactory(), name="", scope="read").text
    client = client_with(f"Token {text}")

    read, write = client.get("/api/v1/me/"), client.patch("/api/v1/me/", {"name": "A"})

    assert (read.status_code, write.status_code) == (200, 403)
    assert write.json()["code"] == "scope"


def test_a_token_is_asked_for_with_its_scope_and_days():
    invited = invite(email="ona@example.org", by=UserFactory())

    answer = Person().post(
        "auth/token/",
        {
            "email": "ona@example.org",
            "code": invited.code,
            "scope": "read",
            "expires_in_days": 1,
        },
    )

    row = ApiToken.objects.get(person=invited.person)
    assert answer.status_code == 201
    assert (row.scope, row.may_write) == ("read", False)
    assert row.expires_at < clock.now() + timedelta(days=1, seconds=1)


def test_a_token_is_limited_to_the_contest_whose_id_was_read():
    coordinator = CoordinatorFactory()
    person, slug = Person(coordinator.person), coordinator.contest.slug
    key = person.get(f"contests/{slug}/").json()["id"]

    answer = person.post("auth/tokens/", {"name": "scenarijus", "contest": key})

    assert answer.json()["contest"] == str(coordinator.contest.pk)


def test_the_list_of_tokens_tells_none_of_them(token):
    answer = Person(token.row.person).get("auth/tokens/")

    assert answer.json()["count"] == 2
    assert set(answer.json()["results"][0]) == {
        *("id", "name", "scope", "contest"),
        *("created_at", "expires_at", "revoked_at"),
    }


def test_nobody_is_told_whether_an_address_is_known():
    UserFactory(email="ona@example.org")

    answers = [
        Person().post("auth/code/", {"email": email}).json()
        for email in ("ona@example.org", "nobody@example.org")
    ]

    assert answers[0] == answers[1]


def test_nobody_becomes_administrator_by_asking():
    person = Person(UserFactory())

    answer = person.patch("me/", {"is_administrator": True, "email": "a@b.lt"})

    assert answer.json()["is_administrator"] is False
    assert answer.json()["email"] == person.user.email


def test_signed_in_by_session_nothing_is_written_without_a_csrf_token():
    client = APIClient(enforce_csrf_checks=True)

    assert client.patch("/api/v1/me/", {"name": "A"}).status_code in {401, 403}
