import factory
from factory.django import DjangoModelFactory

from core.collation import search_key, sort_key
from organisations.countries import country
from organisations.models import Claim, Organisation, Representative
from tests.factories.accounts import UserFactory


class OrganisationFactory(DjangoModelFactory):
    """A community of Kelmė municipality that nobody represents."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Kaimo bendruomenė „Žibintas {n}“")
    name_search = factory.LazyAttribute(lambda o: search_key(o.name))
    name_sort = factory.LazyAttribute(lambda o: sort_key(o.name))
    name_key = factory.LazyAttribute(lambda o: country("LT").name_key(o.name))
    kind = Organisation.Kind.COMMUNITY
    municipality = "LT-19"
    email = factory.Sequence(lambda n: f"bendruomene{n}@example.org")
    phone = "+370 600 00000"


class RepresentativeFactory(DjangoModelFactory):
    """A person who acts for an organisation now."""

    class Meta:
        model = Representative

    organisation = factory.SubFactory(OrganisationFactory)
    person = factory.SubFactory(UserFactory)
    role = "pirmininkė"


class ClaimFactory(DjangoModelFactory):
    """A person who asks to act for an organisation and waits."""

    class Meta:
        model = Claim

    organisation = factory.SubFactory(OrganisationFactory)
    person = factory.SubFactory(UserFactory)
    role = "narė"
    message = "Esu valdybos narė."
