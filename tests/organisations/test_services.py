import pytest
from django.utils.translation import override

from core.errors import Conflict, Invalid, NotYours, Stale
from organisations import history, services
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


VALID, FORMER, WRONG = "195745792", "1442391", "195745793"


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "to_check"),
        ({"code": ""}, "to_check"),
        ({"code_state": "missing"}, "missing"),
        ({"code": VALID}, "valid"),
        ({"code": VALID, "code_state": "to_check"}, "valid"),
        ({"code": FORMER}, "to_check"),
        ({"code": FORMER, "code_state": "valid"}, "to_check"),
        ({"code": WRONG, "code_state": "to_check"}, "to_check"),
        ({"code": "sena-12", "code_state": "to_check"}, "to_check"),
        ({"code": "40003521600", "country": "LV"}, "valid"),
    ],
)
def test_a_code_is_kept_with_its_state(fields, state):
    organisation = add(**fields)

    assert (organisation.code, organisation.code_state) == (
        fields.get("code", ""),
        state,
    )


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"code": WRONG}, "code"),
        ({"code": WRONG, "code_state": "valid"}, "code"),
        ({"code": VALID, "code_state": "missing"}, "code_state"),
        ({"code": VALID, "country": "LV"}, "code"),
        ({"code": FORMER, "country": "LV"}, "code"),
        ({"legal_form": "kingdom"}, "legal_form"),
        ({"municipality": "LV-022"}, "municipality"),
    ],
)
def test_what_the_country_does_not_know_is_refused(fields, field):
    with pytest.raises(Invalid) as refusal:
        add(**fields)

    assert refusal.value.errors[0].field == field


def test_a_refused_code_is_told_what_would_be_right():
    with override("en"), pytest.raises(Invalid, match="nine digits") as refusal:
        add(code=WRONG)

    assert "leave it empty" in refusal.value.message
    assert refusal.value.errors[0].received == WRONG


def change(representative, **fields):
    organisation = Organisation.objects.get(pk=representative.organisation_id)
    return services.change_organisation(
        organisation=organisation,
        expected_version=organisation.version,
        by=representative.person,
        **fields,
    )


def test_a_change_of_something_else_leaves_a_code_to_check_alone():
    representative = RepresentativeFactory(
        organisation__code=WRONG, organisation__code_state="to_check"
    )

    changed = change(representative, phone="+370 600 00001", code=WRONG)

    assert (changed.code, changed.code_state) == (WRONG, "to_check")


def test_a_missing_code_stays_missing_until_there_is_one():
    representative = RepresentativeFactory(organisation__code_state="missing")

    states = [
        change(representative, **fields).code_state
        for fields in ({"eldership": "Liolių"}, {"code": VALID})
    ]

    assert states == ["missing", "valid"]


def test_a_taken_code_names_who_has_it():
    holder = add(code=VALID)

    with pytest.raises(Conflict) as refusal:
        add(code=VALID)

    assert refusal.value.extra["existing"] == {"id": holder.pk, "name": holder.name}


def test_a_listed_action_group_gets_its_name_and_another_keeps_its_own():
    written = ["kauno r. VVG", "Naujoji VVG"]

    stored = [add(action_group=text).action_group for text in written]

    assert stored == ["Kauno rajono vietos veiklos grupė", "Naujoji VVG"]


def test_an_organisation_is_found_by_code_former_code_and_former_name():
    representative = RepresentativeFactory()
    changed = change(
        representative, name="Šilas", code=VALID, former_codes=[FORMER, "sena-12"]
    )
    OrganisationFactory()

    found = [
        list(Organisation.objects.found_by(words))
        for words in ("silas", VALID, FORMER, "zibintas kaimo bendruomene", "SENA-12")
    ]

    assert found[:3] + found[4:] == [[changed]] * 4
    assert changed in found[3]
    assert list(Organisation.objects.coded(FORMER)) == [changed]
    assert list(Organisation.objects.coded("1442")) == []
    assert list(Organisation.objects.coded("")) != [changed]


@pytest.mark.parametrize(
    ("name", "municipality", "is_alike"),
    [
        ("Kaimo bendruomenė „Šilas“", "LT-19", True),
        ("ŠILAS", "", True),
        ("Asociacija Šilas", "LT-33", False),
        ("Šilai", "LT-19", False),
    ],
)
def test_possible_duplicates_say_the_same_in_the_same_place(
    name, municipality, is_alike
):
    first = add(name="Šilas", municipality="LT-19")

    second = add(name=name, municipality=municipality)

    assert list(Organisation.objects.like(second)) == ([first] if is_alike else [])


def test_history_tells_values_but_not_those_of_contacts():
    representative = RepresentativeFactory(organisation__phone="+370 111")

    changed = change(
        representative, eldership="Liolių seniūnija", phone="+370 222", email=""
    )

    (row,) = history.changes_of(changed.pk)
    assert (row.kind, row.by_id) == ("changed", representative.person.pk)
    assert row.fields == ["eldership", "email", "phone"]
    assert row.values == {"eldership": ["", "Liolių seniūnija"]}
    assert (row.acted_as, row.version) == ("self", 2)


def test_history_begins_when_an_organisation_is_added():
    organisation = add(email="info@example.org")

    (row,) = history.changes_of(organisation.pk)
    assert (row.kind, row.values["name"]) == ("added", [None, "Žibintas"])
    assert "email" in row.fields
    assert "info@example.org" not in str(row.values)


def test_a_change_that_changes_nothing_is_no_history():
    representative = RepresentativeFactory()

    changed = change(representative, kind=representative.organisation.kind)

    assert list(history.changes_of(changed.pk)) == []


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
