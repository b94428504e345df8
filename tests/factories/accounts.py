from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from accounts.models import ApiToken, User
from core import clock


class UserFactory(DjangoModelFactory):
    """A person with an account and no role; ``is_administrator=True`` for one."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Vardenė Pavardenė {n}")
    language = "lt"
    password = "!"  # unusable: nobody has one


class ApiTokenFactory(DjangoModelFactory):
    """A row nobody knows the text of; ``accounts.services.issue_token`` tells it."""

    class Meta:
        model = ApiToken

    person = factory.SubFactory(UserFactory)
    digest = factory.Sequence(lambda n: f"{n:064x}")
    expires_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=60))
