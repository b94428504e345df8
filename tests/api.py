"""A person at the interface: what tests say instead of building requests."""

from rest_framework.test import APIClient

from accounts.services import issue_token

ROOT = "/api/v1/"


class Person:
    """A client with a person's token; ``get``, ``post``, … take a path below v1."""

    def __init__(self, user=None, language="en"):
        self.user = user
        self.client = APIClient(headers={"accept-language": language})
        if user is not None:
            token = issue_token(person=user, name="test", scope="write").text
            self.client.credentials(HTTP_AUTHORIZATION=f"Token {token}")

    def __getattr__(self, method):
        send = getattr(self.client, method)
        return lambda path, *args, **kwargs: send(ROOT + path, *args, **kwargs)


def signed_in_by_code(email, code):
    """The way a real person comes in: exchange a code for a token."""
    person = Person()
    answer = person.post("auth/token/", {"email": email, "code": code})
    assert answer.status_code == 201, answer.json()
    person.client.credentials(HTTP_AUTHORIZATION=f"Token {answer.json()['token']}")
    return person
