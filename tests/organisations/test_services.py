import pytest

from core.errors import Conflict, Invalid, NotYours, Stale
from organisations import services
from organisations.countries import country
from organisations.models import Organisation, Representative
from tests.factories import OrganisationFactory, RepresentativeFactory, UserFactory

pytestmark = pytest.mark.django_db

PLAIN = {"name": "Žibintas", "kind": "community"}


def add(**fields):
    return services.add_organisation(
        by=UserFactory(), **{"i_represent": True} | PLAIN | fields
    )


@pytest.mark.parametrize("represents", [True, False])
def test_who_adds_an_organisation_may_act_for_it(represents):
    organisation = add(i_represent=represents)

    assert (
        Representative.objects.filter(organisation=organisation).count() == represents
    )


def test_a_code_is_in_the_register_once():
    valid = next(code for code in map(str, range(191672520, 191672540)) if _holds(code))
    add(code=valid)

    with pytest.raises(Conflict, match=valid):
        add(code=valid)


def _holds(code):
    return country("LT").organisation_code_is_valid(code)


@pytest.mark.parametrize("code", ["123456789", "12345678", "abc", "1234567890"])
def test_a_code_that_does_not_hold_is_refused(code):
    with pytest.raises(Invalid) as refusal:
        add(code=code)

    assert refusal.value.errors[0].field == "code"


def test_a_municipality_is_one_of_the_country():
    with pytest.raises(Invalid):
        add(municipality="LT-99")


def test_a_change_sets_the_name_with_its_search_and_sort_columns():
    representative = RepresentativeFactory()

    changed = services.change_organisation(
        organisation=representative.organisation,
        expected_version=1,
        name="Šilas",
        by=representative.person,
    )

    assert (changed.name_search, changed.version) == ("silas", 2)


def test_a_change_over_a_newer_version_is_refused():
    representative = RepresentativeFactory(organisation__version=2)

    with pytest.raises(Stale):
        services.change_organisation(
            organisation=representative.organisation,
            expected_version=1,
            by=representative.person,
        )


def test_a_change_by_a_stranger_is_refused():
    with pytest.raises(NotYours):
        services.change_organisation(
            organisation=OrganisationFactory(), expected_version=1, by=UserFactory()
        )


def test_a_colleague_invited_twice_is_one_representative():
    representative = RepresentativeFactory()
    invitation = {
        "organisation": representative.organisation,
        "email": "kita@example.org",
        "name": "",
        "role": "narė",
        "by": representative.person,
    }

    for _ in range(2):
        services.invite_representative(**invitation)

    assert Representative.objects.count() == 2


@pytest.mark.parametrize(
    "words", ["siauliu krasto", "ŠIAULIŲ", "krašto šiaulių", "„Šiaulių krašto“"]
)
def test_a_name_is_found_by_its_words_in_any_spelling(words):
    wanted = OrganisationFactory(name="Šiaulių krašto bendruomenė")
    OrganisationFactory(name="Kelmės krašto bendruomenė")

    assert list(Organisation.objects.found_by(words)) == [wanted]


def test_names_are_sorted_as_in_a_lithuanian_index():
    names = ["Žara", "Zara", "Šara", "Sara", "„Ąžuolas“", "Azuolas", "Yla", "Ieva"]
    for name in names:
        OrganisationFactory(name=name)

    listed = list(Organisation.objects.values_list("name", flat=True))

    assert listed == [
        *("Azuolas", "„Ąžuolas“", "Ieva", "Yla", "Sara", "Šara", "Zara", "Žara")
    ]
