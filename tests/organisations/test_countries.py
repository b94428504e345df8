"""The packs: pure facts and readers, Lithuania first."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import (
    EMPTY,
    NOT_A_NUMBER,
    REASONS,
    TOO_FINE,
    TOO_LARGE,
    UNCLEAR,
)
from organisations.countries import COUNTRY_CODES, country, county_members
from organisations.countries.names import index

LT, LV, EE, PL = map(country, ("LT", "LV", "EE", "PL"))
PROJECTS = Path(__file__).parents[2] / "config" / "demo" / "data" / "projects.csv"


# --- Territory ----------------------------------------------------------------


def test_lithuania_is_a_tree_of_ten_counties_and_sixty_municipalities():
    assert (len(LT.counties), len(LT.municipalities)) == (10, 60)
    assert {place.parent for place in LT.municipalities.values()} == set(LT.counties)


def test_county_knows_its_municipalities():
    assert LT.municipalities_of("LT-TA") == ["LT-12", "LT-29", "LT-45", "LT-50"]
    assert county_members("LT-TA") == ["LT-12", "LT-29", "LT-45", "LT-50"]
    assert county_members("XX-YY") == []


@pytest.mark.parametrize("pack", [LT, LV, EE])
def test_every_municipality_is_found_by_its_full_name_and_its_code(pack):
    for place in pack.municipalities.values():
        assert pack.find_municipality(place.name) == place
        assert pack.find_municipality(place.code.lower()) == place


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kelmės r.", "LT-19"),
        ("Kelmės r. sav.", "LT-19"),
        ("kelmes rajono savivaldybe", "LT-19"),
        ("KELMĖS RAJONAS", "LT-19"),
        ("Kelmė", "LT-19"),
        (" Vilniaus  m. sav. ", "LT-57"),
        ("Vilniaus raj.", "LT-58"),
        ("Alytus m.", "LT-02"),
        ("Marijampolės sav.", "LT-25"),
        ("Kazlų Rūda", "LT-17"),
        ("Palanga", "LT-31"),
    ],
)
def test_municipality_is_found_in_the_spellings_of_people(text, code):
    assert LT.find_municipality(text).code == code


@pytest.mark.parametrize("text", ["", " ", "Vilnius", "Kauno", "Ryga", "LT-99", "r."])
def test_municipality_that_is_none_or_could_be_two_is_not_guessed(text):
    assert LT.find_municipality(text) is None


def test_county_is_found_with_and_without_its_word():
    found = {
        LT.find_county(text).code
        for text in ("Šiaulių apskritis", "siauliu apskr.", "LT-SA", "Šiaulių")
    }

    assert found == {"LT-SA"}


def test_latvia_has_municipalities_without_counties():
    assert LV.find_municipality("Cesu nov.").code == "LV-022"
    assert LV.county_of("LV-022") is None
    assert (len(LV.municipalities), dict(LV.counties)) == (43, {})


def test_estonia_is_a_tree_of_fifteen_counties():
    assert (len(EE.counties), len(EE.municipalities)) == (15, 79)
    assert {place.parent for place in EE.municipalities.values()} == set(EE.counties)
    assert {EE.find_county(t).code for t in ("Raplamaa", "rapla mk", "EE-71")} == {
        "EE-71"
    }
    assert EE.county_name("EE-317") == "Raplamaa"
    assert EE.find_municipality("Kohila").code == "EE-317"
    assert EE.find_municipality("Viljandi") is None  # a town and a parish


def test_where_there_is_no_tree_a_place_names_itself():
    assert PL.is_place("Marcinów")
    assert PL.place_name("Marcinów") == "Marcinów"
    assert PL.find_municipality("  Dolny   Śląsk ").code == "Dolny Śląsk"
    assert PL.find_municipality(" ") is None
    assert (PL.county_of("Marcinów"), PL.county_name("Marcinów")) == (None, "")


def test_where_there_is_a_tree_only_its_codes_are_places():
    assert not LT.is_place("Marcinów")
    assert (LT.place_name("LT-19"), LT.place_name("LT-99")) == (
        "Kelmės rajono savivaldybė",
        "",
    )


def test_all_states_of_the_union_and_the_economic_area_are_known():
    union = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO"
    further = ("SE", "SI", "SK", "IS", "LI", "NO")

    assert set(COUNTRY_CODES) == {*union.split(), *further}


def test_spelling_that_means_two_things_means_neither():
    assert index([("a", "1"), ("a", "2"), ("b", "3"), ("", "4")]) == {"b": "3"}


# --- Action groups, legal forms -----------------------------------------------


def test_every_listed_action_group_has_a_source():
    assert len(LT.action_groups) == 41
    for group in LT.action_groups.values():
        assert set(group.municipalities) <= set(LT.municipalities)
        assert LT.find_action_group(group.name) == group


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kauno r. VVG", "Kauno rajono vietos veiklos grupė"),
        ("VVG „Nemunas“", "Vietos veiklos grupė „Nemunas“"),
        ("Dzūkijos VVG", "Dzūkijos kaimo plėtros partnerių asociacija (Dzūkijos VVG)"),
        ("pagegiu krastas", "Vietos veiklos grupė „Pagėgių kraštas“"),
    ],
)
def test_action_group_is_found_by_its_short_names(text, name):
    assert LT.find_action_group(text).name == name


@pytest.mark.parametrize("text", ["", "Kelmės VVG", "grupė"])
def test_action_group_that_is_not_listed_is_not_guessed(text):
    assert LT.find_action_group(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("VšĮ", "public_institution"),
        ("viesoji istaiga", "public_institution"),
        ("Asociacija", "association"),
        ("association", "association"),
    ],
)
def test_legal_form_is_found_by_code_name_or_short_form(text, code):
    assert LT.find_legal_form(text).code == code
    assert LT.find_legal_form("karalystė") is None


# --- Codes --------------------------------------------------------------------


@pytest.mark.parametrize("code", ["195745792", "300047565", "300032951"])
def test_known_codes_of_legal_entities_hold(code):
    assert LT.organisation_code_is_valid(code)


@pytest.mark.parametrize("code", ["195745792", "300047565", "300032951"])
def test_one_wrong_digit_never_holds(code):
    wrong = {
        f"{code[:at]}{digit}{code[at + 1 :]}"
        for at in range(9)
        for digit in "0123456789"
        if digit != code[at]
    }

    # A check digit modulo 11 misses few: those whose remainder is ten.
    assert sum(map(LT.organisation_code_is_valid, wrong)) <= 3


@pytest.mark.parametrize(
    "code", ["", "1442391", "19574579", "1957457920", "१९५७४५७९२", "LT1957457", "a" * 9]
)
def test_other_forms_of_codes_do_not_hold(code):
    assert not LT.organisation_code_is_valid(code)


def test_seven_digits_are_a_code_of_earlier_days():
    assert LT.organisation_code_is_former("1442391")
    assert not LT.organisation_code_is_former("300032951")


def test_latvian_codes_have_a_check_of_their_own():
    assert LV.organisation_code_is_valid("40003521600")
    assert not LV.organisation_code_is_valid("40003521601")
    assert not LV.organisation_code_is_valid("195745792")
    assert not LV.organisation_code_is_former("1442391")


def test_estonian_codes_have_a_check_of_their_own():
    assert EE.organisation_code_is_valid("80004733")
    assert not EE.organisation_code_is_valid("80004734")


@pytest.mark.parametrize("code", ["0000012345", "VR 1234 B", "1442391"])
def test_a_code_that_no_check_is_known_for_is_kept_to_be_checked(code):
    assert not PL.organisation_code_is_valid(code)
    assert PL.organisation_code_is_former(code)


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("LEADER-SAVA-4.1", "LEADER-19.2-SAVA-4.1"),
        ("LEADER-19.-SAVA-9", "LEADER-19.2-SAVA-9"),
        ("LEADER – 19. 2 – SAVA -4", "LEADER-19.2-SAVA-4"),
        ("19.2-SAVA-10-EURI", "LEADER-19.2-SAVA-10-EURI"),
        ("leader-19.2-7.2", "LEADER-19.2-7.2"),
        ("LEADER-19.2-SAVA-4.1", "LEADER-19.2-SAVA-4.1"),
    ],
)
def test_measure_is_written_the_usual_way(written, usual):
    assert LT.normalise_measure(written) == usual
    assert LT.measure.fullmatch(usual)


@pytest.mark.parametrize("text", ["", "Techninė pagalba", "LEADER-19.2-9", "=1+1"])
def test_what_is_no_measure_is_left_as_it_is(text):
    assert LT.normalise_measure(text) == text


def test_project_numbers_of_published_projects_are_usual():
    with PROJECTS.open(encoding="utf-8", newline="") as file:
        numbers = {row["project_no"] for row in csv.DictReader(file)} - {""}
    published = [n for n in numbers if "LEADER-" in n or "EURI-" in n]
    of_these_years = [n for n in published if not n.startswith("LEADER-")]

    assert len(of_these_years) >= 20
    for number in of_these_years:
        usual = LT.normalise_project_number(number.lower().replace("-", " – "))
        assert (usual, bool(LT.project_number.fullmatch(usual))) == (
            number.upper(),
            True,
        )


def test_countries_without_patterns_find_every_number_usual():
    assert LV.measure.fullmatch("jebkas")
    assert LV.normalise_project_number(" 1 ") == "1"


# --- Money --------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "18 407,00",
        "18 407,00 Eur",
        "18\u00a0407,00\u00a0€",
        "18\u2009407,00",
        "18\u202f407,0",
        "18.407,00",
        "18,407.00",
        "18'407.00",
        "18407",
        "18407.0",
        "€18 407",
        "EUR 18407,00",
        " 18 407,00 eur. ",
        "\ufeff18407,00",
    ],
)
def test_amount_is_read_as_people_write_it(text):
    assert str(LT.parse_money(text)) == "18407.00"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", EMPTY),
        ("Eur", EMPTY),
        ("daug", NOT_A_NUMBER),
        ("1 84 07", NOT_A_NUMBER),
        ("18 407,00 Lt", NOT_A_NUMBER),
        ("1e5", NOT_A_NUMBER),
        ("NaN", NOT_A_NUMBER),
        ("-", NOT_A_NUMBER),
        ("１８", NOT_A_NUMBER),
        ("=1+1", NOT_A_NUMBER),
        ("9" * 100_000, NOT_A_NUMBER),
        ("18.407", UNCLEAR),
        ("18,407", UNCLEAR),
        ("18407,123", TOO_FINE),
        ("12345678901", TOO_LARGE),
    ],
)
def test_what_is_no_amount_is_told_why(text, reason):
    with pytest.raises(ValueError, match=r"\S") as refusal:
        LT.parse_money(text)

    assert str(refusal.value) == reason


@given(st.decimals(min_value=-(10**10) + 1, max_value=10**10 - 1, places=2))
def test_amount_that_was_written_is_read_back(amount):
    for pack in map(country, COUNTRY_CODES):
        assert pack.parse_money(pack.format_money(amount)) == amount


@given(st.text())
def test_any_text_is_an_amount_or_a_reason(text):
    try:
        amount = LT.parse_money(text)
    except ValueError as refusal:
        assert str(refusal) in REASONS  # noqa: PT017 - most texts are refused
    else:
        assert isinstance(amount, Decimal)


def test_amount_is_written_as_in_the_country():
    assert LT.format_money(Decimal(18407)) == "18\u00a0407,00\u00a0Eur"
    assert LT.format_money(Decimal("0.005")) == "0,01\u00a0Eur"
    assert LV.format_money(Decimal(18407)) == "18\u00a0407,00\u00a0EUR"
    assert PL.format_money(Decimal(18407)) == "18\u00a0407,00\u00a0PLN"
    assert country("IE").format_money(Decimal(18407)) == "18,407.00\u00a0EUR"


@pytest.mark.parametrize(
    ("code", "text"),
    [("PL", "18 407,00 zł"), ("CZ", "18 407 Kč"), ("DE", "18.407,00 €")],
)
def test_amount_is_read_with_the_sign_of_its_country(code, text):
    assert country(code).parse_money(text) == Decimal(18407)


# --- Names --------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Palėvenys",
        "Kaimo bendruomenė „Palėvenys“",
        "Asociacija Palėvenys",
        "„PALEVENYS“ bendruomenės centras",
    ],
)
def test_names_that_say_the_same_have_one_key(name):
    assert LT.name_key(name) == "palevenys"


@pytest.mark.parametrize("name", ["Kaimo bendruomenė", "Asociacija"])
def test_name_of_common_words_only_keeps_them(name):
    assert LT.name_key(name) != ""


@pytest.mark.parametrize("code", COUNTRY_CODES)
def test_every_pack_tells_its_name_in_the_languages_of_the_server(code):
    assert {"lt", "en"} <= set(country(code).names)


def test_municipalities_stand_where_a_reader_looks_for_them():
    names = [place.name for place in LT.municipalities_by_name()]

    districts = [
        f"{name} rajono savivaldybė"
        for name in ("Kėdainių", "Kupiškio", "Šakių", "Telšių", "Zarasų")
    ]
    assert [name for name in names if name in districts] == districts
    assert len(names) == len(LT.municipalities)
