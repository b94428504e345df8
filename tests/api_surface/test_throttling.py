"""How often one caller may ask; and that a lie about the address does not help."""

import pytest
from django.core.cache import cache, caches
from django.test import override_settings
from rest_framework.throttling import SimpleRateThrottle

from tests.api import Person
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

LOCAL = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "throttles",
    }
}
CODE = "/api/v1/auth/code/"


@pytest.fixture
def rates(monkeypatch):
    """Let the throttles count in a cache of their own, at rates of the test."""
    with override_settings(CACHES=LOCAL):
        cache.clear()

        def of(**rates):
            everything = {"anon": None, "user": None, "sign_in": None} | rates
            monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", everything)

        yield of


def test_codes_are_asked_for_at_the_rate_of_signing_in(client, rates):
    rates(sign_in="3/min")

    answers = [ask_for_code(client) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [202, 202, 202, 429]
    assert answers[-1].json()["code"] == "throttled"
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60


def ask_for_code(client, **headers):
    return client.post(
        CODE,
        {"email": "a@example.org"},
        content_type="application/json",
        headers=headers,
    )


def test_a_made_up_address_of_a_proxy_does_not_help(client, rates):
    rates(sign_in="3/min")

    answers = [
        ask_for_code(client, **{"x-forwarded-for": f"10.0.0.{number}"})
        for number in range(4)
    ]

    assert answers[-1].status_code == 429


def test_visitors_are_counted_by_address(client, rates):
    rates(anon="2/min")

    answers = [client.get("/api/v1/contests/").status_code for _ in range(3)]

    assert answers == [200, 200, 429]


def test_people_are_counted_by_person_not_by_address(rates):
    rates(user="2/min")
    busy, other = Person(UserFactory()), Person(UserFactory())

    answers = [busy.get("me/").status_code for _ in range(3)]

    assert answers == [200, 200, 429]
    assert other.get("me/").status_code == 200


def test_codes_cannot_be_guessed_faster_than_they_are_asked_for(client, rates):
    rates(sign_in="3/min")
    body = {"email": "a@example.org", "code": "000000"}

    answers = [
        client.post("/api/v1/auth/token/", body, content_type="application/json")
        for _ in range(4)
    ]

    assert [answer.status_code for answer in answers] == [400, 400, 400, 429]


AWAY = {
    "default": {
        "BACKEND": "core.cache.RedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
    }
}


def test_a_cache_that_is_away_lets_people_through(rates):
    rates(user="2/min")
    person = Person(UserFactory())
    person.client.raise_request_exception = False

    with override_settings(CACHES=AWAY):
        response = person.get("me/")
        caches["default"].close()

    assert response.status_code == 200
