"""What rows would do to the register: the rules, one by one."""

from uuid import UUID

import pytest

from organisations.countries import country
from organisations.importing import FIELDS
from organisations.imports.cells import KINDS, LENGTHS, visible
from organisations.imports.columns import HEADERS, header_of, recognise
from organisations.imports.planning import (
    Known,
    Outcome,
    Register,
    make_plan,
    place_key,
    read_lines,
)
from organisations.imports.refusals import Refusal
from organisations.models import ImportProblem, Organisation

LT, DE = country("LT"), country("DE")
HEADER = ["Pavadinimas", "Kodas", "Savivaldybė", "El. paštas"]
CODE, OTHER_CODE = "195745792", "300047565"
ID = UUID(int=1)


def known(**values):
    """A register of one organisation."""
    full = dict.fromkeys(FIELDS, "") | {"kind": "community"} | values
    one = Known(ID, full)
    by_code = {full["code"]: one} if full["code"] else {}
    return Register(by_code, {place_key(full, LT): [one]}, {})


def plan(*rows, header=HEADER, register=None, merges=(), marks=None, pack=LT):
    table = recognise([(1, header)])
    numbered = [
        (number, list(row), (marks or {}).get(number, {}))
        for number, row in enumerate(rows, start=2)
    ]
    lines = read_lines(numbered, table, merges, pack)
    return make_plan(lines, register or Register({}, {}, {}), table, pack)


def outcomes(made):
    return [decision.outcome for decision in made.decisions]


def reasons(made):
    return [(p.row, p.field, p.code) for p in made.problems]


def test_a_row_that_nobody_has_is_new():
    made = plan(["Kražių bendruomenė", CODE, "Kelmės r.", "a@example.org"])

    (decision,) = made.decisions
    assert decision.outcome == Outcome.NEW
    assert decision.values == {
        "kind": "community",
        "name": "Kražių bendruomenė",
        "code": CODE,
        "municipality": "LT-19",
        "email": "a@example.org",
    }


def test_a_row_whose_code_is_known_changes_what_differs():
    register = known(name="Kražiai", code=CODE, email="old@example.org", phone="5")

    made = plan(["Kražiai", CODE, "", "new@example.org"], register=register)

    (decision,) = made.decisions
    assert (decision.outcome, decision.pk) == (Outcome.CHANGED, ID)
    assert decision.values == {"email": "new@example.org"}


def test_an_empty_cell_changes_nothing():
    register = known(name="Kražiai", code=CODE, email="old@example.org")

    assert outcomes(plan(["Kražiai", CODE, "", ""], register=register)) == ["same"]


def test_an_equal_row_without_a_code_is_the_same():
    register = known(name="Kražių bendruomenė", municipality="LT-19", phone="5")

    made = plan(["Kražių bendruomenė", "", "Kelmės r.", ""], register=register)

    assert outcomes(made) == ["same"]


def test_a_namesake_in_the_same_place_is_a_possible_duplicate():
    register = known(name="Kražių bendruomenė", municipality="LT-19")

    made = plan(["KRAŽIŲ kaimo bendruomenė", CODE, "LT-19", ""], register=register)

    assert outcomes(made) == ["duplicate"]
    assert reasons(made) == [(2, "name", "possible_duplicate")]


def test_a_namesake_elsewhere_is_somebody_else():
    register = known(name="Kražių bendruomenė", municipality="LT-19")

    made = plan(["Kražių bendruomenė", CODE, "Raseinių r.", ""], register=register)

    assert outcomes(made) == ["new"]


def test_two_codes_are_two_organisations_unless_their_names_are_equal():
    register = known(name="Kražių centras", municipality="LT-19", code=OTHER_CODE)

    alike = plan(["Kražių bendruomenė", CODE, "LT-19", ""], register=register)
    equal = plan(["KRAŽIŲ „centras“", CODE, "LT-19", ""], register=register)

    assert outcomes(alike) == ["new"]
    assert reasons(equal) == [(2, "name", "possible_duplicate_with_code")]


def test_the_first_of_two_rows_with_one_code_counts():
    made = plan(["A", CODE, "", ""], ["B", CODE, "", ""], ["C", CODE, "", ""])

    assert outcomes(made) == ["new", "duplicate", "duplicate"]
    assert reasons(made) == [
        (3, "code", "code_twice_in_file"),
        (4, "code", "code_twice_in_file"),
    ]
    assert made.problems[1].facts == {"row": 2}


def test_two_rows_of_one_name_and_place_are_told():
    made = plan(["Kražių", "", "LT-19", ""], ["KRAŽIŲ", "", "LT-19", ""])

    assert reasons(made) == [(3, "name", "name_twice_in_file")]


def test_a_code_of_a_merged_duplicate_leads_to_what_stands_for_it():
    register = Register({}, {}, {CODE: "Kražių bendruomenė"})

    made = plan(["Senoji", CODE, "", ""], register=register)

    assert reasons(made) == [(2, "code", "merged_away")]
    assert made.problems[0].facts == {"name": "Kražių bendruomenė"}


@pytest.mark.parametrize(
    ("received", "stored"),
    [
        ("195745792", CODE),
        ("195745792.0", CODE),
        ("195745792,00", CODE),
        (" 195\u00a0745 792 ", CODE),
        ("'195745792", CODE),
        ("\ufeff195745792\u200b", CODE),
    ],
)
def test_what_excel_makes_of_a_code_is_mended(received, stored):
    (decision,) = plan(["A", received, "", ""]).decisions

    assert decision.values["code"] == stored


def test_a_code_of_earlier_days_is_kept_with_a_note():
    made = plan(["A", "1442391", "", ""])

    assert outcomes(made) == ["new"]
    (note,) = made.problems
    assert (note.code, note.is_error) == ("code_to_check", False)


def test_where_a_country_has_no_list_of_places_a_place_is_kept_as_written():
    header = [*HEADER, "Apskritis"]
    row = ["Dorfverein Wangelin e.V.", "VR 4711", "Buchberg", "", "Ludwigslust-Parchim"]

    made = plan(row, header=header, pack=DE)
    refused = plan(row, header=header, pack=LT)

    (decision,) = made.decisions
    assert (decision.outcome, decision.values["municipality"]) == ("new", "Buchberg")
    assert "county" not in decision.values
    assert reasons(made) == [(2, "code", "code_to_check")]
    assert outcomes(refused) == ["error"]


@pytest.mark.parametrize(
    ("field", "received", "code"),
    [
        ("name", "", "name_missing"),
        ("name", " \u00a0 ", "name_missing"),
        ("name", "A" * 301, "too_long"),
        ("name", "A\x07B", "control_character"),
        ("name", "A\ufffdB", "unreadable"),
        ("code", "195745793", "code_invalid"),
        ("code", "19574579", "code_invalid"),
        ("code", "abc", "code_invalid"),
        ("code", "1.95746E+08", "code_rounded"),
        ("kind", "klubas", "kind_unknown"),
        ("legal_form", "Kažkas", "legal_form_unknown"),
        ("municipality", "Kelmuvos r.", "municipality_unknown"),
        ("municipality", "Vilniaus", "municipality_unknown"),
        ("county", "Kelmuvos", "county_unknown"),
        ("county", "Vilniaus apskritis", "county_disagrees"),
        ("email", "a.example.org", "email_invalid"),
        ("email", "a@b@example.org", "email_invalid"),
        ("email", "a@example.org; b@example.org", "email_invalid"),
        ("email", "a@example", "email_invalid"),
        ("phone", "nėra", "phone_invalid"),
        ("phone", "12", "phone_invalid"),
        ("phone", "8" * 41, "too_long"),
        ("website", "nėra svetainės", "website_invalid"),
        ("website", "javascript://x.lt/%0aalert(1)", "website_invalid"),
        ("eldership", "K" * 101, "too_long"),
    ],
)
def test_each_wrong_cell_is_named_with_its_reason(field, received, code):
    good = {"name": "A", "code": CODE, "municipality": "Kelmės rajono"}
    row = good | {field: received}
    header = [header_of(name, "lt") for name in row]

    made = plan(list(row.values()), header=header)

    (problem,) = made.problems
    assert (problem.row, problem.field, problem.code) == (2, field, code)
    assert problem.column == header_of(field, "lt")
    assert outcomes(made) == ["error"]


@pytest.mark.parametrize(
    ("field", "received", "stored"),
    [
        ("kind", "Kaimo bendruomenė", "community"),
        ("kind", "NVO", "ngo"),
        ("legal_form", "VšĮ", "public_institution"),
        ("municipality", "KELMĖS RAJONO SAVIVALDYBĖ", "LT-19"),
        ("email", "ąžuolas@bendruomenė.lt", "ąžuolas@bendruomenė.lt"),
        ("phone", "tel. (8 600) 12345", "(8 600) 12345"),
        ("website", "www.example.org/a", "https://www.example.org/a"),
        ("action_group", "Nežinoma VVG", "Nežinoma VVG"),
        ("address", "Mokyklos g. 1,\n Kražiai", "Mokyklos g. 1, Kražiai"),
        ("name", "Ku\u0301nas", "K\u00fanas"),
        ("name", '=HYPERLINK("x")', '=HYPERLINK("x")'),
    ],
)
def test_what_is_certain_is_taken(field, received, stored):
    row = {"name": "A"} | {field: received}
    header = [header_of(name, "en") for name in row]

    (decision,) = plan(list(row.values()), header=header).decisions

    assert decision.values[field] == stored


def test_all_that_is_wrong_in_a_row_is_named():
    made = plan(["", "1", "Niekur", "a"])

    assert [p.field for p in made.problems] == [
        *("code", "municipality", "email", "name"),
    ]
    assert made.counts()["errors"] == 1
    assert made.counts()["problems"] == 4


def test_marked_cells_are_told():
    made = plan(
        ["A", "", "", ""],
        ["", CODE, "", ""],
        ["B", OTHER_CODE, "", ""],
        marks={
            2: {"0": "formula"},
            3: {"0": "formula_empty"},
            4: {"3": "excel_error"},
        },
    )

    assert outcomes(made) == ["new", "error", "error"]
    assert [(p.row, p.code, p.is_error) for p in made.problems] == [
        (2, "formula", False),
        (3, "formula_empty", True),
        (4, "excel_error", True),
    ]


def test_a_cell_merged_away_is_told_and_not_taken_for_empty():
    made = plan(["A", "", "Kelmės r.", ""], ["B", "", "", ""], merges=[(3, 2, 3, 3)])

    assert outcomes(made) == ["new", "error"]
    assert reasons(made) == [(3, "municipality", "merged")]


def test_rows_above_the_header_are_no_rows():
    rows = [
        (1, ["Bendruomenių registras 2026"]),
        (3, ["Nr.", "PAVADINIMAS:", "įmonės kodas"]),
        (4, ["1", "A", CODE]),
    ]

    table = recognise(rows)

    assert table.header_row == 3
    assert table.fields == {1: "name", 2: "code"}
    assert table.ignored == ["Nr."]


@pytest.mark.parametrize("language", ["lt", "en"])
def test_every_header_that_an_export_writes_is_recognised(language):
    header = [header_of(field, language) for field in HEADERS]

    assert list(recognise([(1, header)]).fields.values()) == list(HEADERS)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "no_rows"),
        ([(1, ["Kodas", "Savivaldybė"])], "no_name_column"),
        ([(1, ["Name", "Pavadinimas"])], "column_twice"),
    ],
)
def test_a_table_that_cannot_be_understood_is_refused(rows, code):
    with pytest.raises(Refusal, match=code):
        recognise(rows)


def test_the_limits_are_those_of_the_register():
    found = {
        name: Organisation._meta.get_field(name).max_length
        for name in FIELDS
        if name not in {"kind", "municipality", "legal_form"}
    }

    assert found == {name: LENGTHS[name] for name in found}
    assert set(KINDS) == set(Organisation.Kind.values)
    assert ImportProblem._meta.get_field("received").max_length >= 202


def test_what_cannot_be_stored_is_made_visible():
    assert visible("a\x00b\x07\x7f\x85\ud800") == "a␀b␇␡\ufffd\ufffd"
