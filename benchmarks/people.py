"""Signed-in people who ask the API in-process, and must be answered."""

from typing import Any, Self

from django.core.cache import cache
from rest_framework.test import APIClient
from rest_framework.throttling import UserRateThrottle

from accounts.models import User
from accounts.services import issue_token
from contest.models import Contest

ROOT = "/api/v1/"
OK = 200


class UnexpectedAnswer(Exception):
    """The API did not say what was to be measured."""


class Asker:
    """A client that takes paths below ``/api/v1/`` and wants a 200."""

    def __init__(self, person: User | None = None) -> None:
        self.client = APIClient(headers={"accept-language": "lt"})
        self._person = person
        if person is not None:
            token = issue_token(person=person, name="bench", scope="write").text
            self.client.credentials(HTTP_AUTHORIZATION=f"Token {token}")

    @classmethod
    def coordinating(cls, contest: Contest) -> Self:
        """Sign the coordinator of a contest in."""
        return cls(contest.coordinators.select_related("person").get().person)

    def get(self, path: str) -> Any:
        """Ask and parse the answer's body later, outside of the clock."""
        return self._answered(path, self.client.get(ROOT + path))

    def patch(self, path: str, body: dict[str, Any]) -> Any:
        """Save."""
        return self._answered(path, self.client.patch(ROOT + path, body, format="json"))

    def forget_requests(self) -> None:
        """Empty the throttle's memory: nobody sends hundreds of requests a minute."""
        if self._person is not None:
            names = {"scope": UserRateThrottle.scope, "ident": self._person.pk}
            cache.delete(UserRateThrottle.cache_format % names)

    @staticmethod
    def _answered(path: str, response: Any) -> Any:
        if response.status_code != OK:
            raise UnexpectedAnswer(
                f"{path}: {response.status_code} {response.content!r}"
            )
        return response
