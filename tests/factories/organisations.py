import factory
from factory.django import DjangoModelFactory

from core.collation import search_key, sort_key
from organisations.countries import country
from organisations.models import (
    Change,
    Claim,
    ImportProblem,
    ImportRun,
    Organisation,
    RegisterExport,
    Representative,
)
from tests.factories.accounts import UserFactory
from tests.factories.jobs import JobFactory


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


class ActionGroupFactory(OrganisationFactory):
    """An action group that was imported: others than its own people say that it is."""

    class Meta:
        skip_postgeneration_save = True

    kind = Organisation.Kind.ACTION_GROUP

    @factory.post_generation
    def history(group, _create, _extracted, **_kwargs):  # noqa: N805 - factory_boy's way
        Change.objects.create(
            organisation_id=group.pk,
            kind=Change.Kind.ADDED,
            acted_as=Change.ActedAs.ORGANISER,
            version=group.version,
            fields=["name", "kind"],
            values={"name": [None, group.name], "kind": [None, group.kind]},
        )


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


class ImportRunFactory(DjangoModelFactory):
    """A checked file of one good row; pass ``contest_id``."""

    class Meta:
        model = ImportRun

    country = "LT"
    requested_by = factory.SubFactory(UserFactory)
    file_name = "registras.csv"
    stored_name = factory.Sequence(lambda n: f"{n}.upload")
    sha256 = "0" * 64
    size = 100
    check_job = factory.SubFactory(JobFactory, content=b'[1, ["Pavadinimas"]]\n')
    counts = factory.LazyFunction(
        lambda: {
            "rows": 1,
            "new": 1,
            "changed": 0,
            "same": 0,
            "duplicates": 0,
            "errors": 0,
            "problems": 0,
        }
    )
    facts = factory.LazyFunction(
        lambda: {"header_row": 1, "columns": {"name": "Pavadinimas"}, "ignored": []}
    )
    outcomes = "n"


class ImportProblemFactory(DjangoModelFactory):
    """A name that is missing."""

    class Meta:
        model = ImportProblem

    run = factory.SubFactory(ImportRunFactory)
    row = factory.Sequence(lambda n: n + 2)
    field = "name"
    column = "Pavadinimas"
    code = "name_missing"


class RegisterExportFactory(DjangoModelFactory):
    """A finished file of the register; pass ``contest_id``."""

    class Meta:
        model = RegisterExport

    country = "LT"
    requested_by = factory.SubFactory(UserFactory)
    job = factory.SubFactory(JobFactory, content=b"a workbook")
    language = "lt"
