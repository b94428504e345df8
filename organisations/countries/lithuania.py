"""Lithuania: 10 counties, 60 municipalities, local action groups, code checks.

Sources: the CSV files in ``data/lt`` name theirs row by row. The check digit of a legal
entity's code is that of the VAT code's first nine digits, as in ``stdnum.lt.pvm``;
``pvm.validate`` itself cannot be used, since it wants the eighth digit to be 1 and so
refuses valid codes of legal entities.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from stdnum.lt import pvm

from organisations.countries.files import rows
from organisations.countries.names import folding, in_any_order, index, quoted
from organisations.countries.pack import (
    ActionGroup,
    Authority,
    CountryPack,
    Grants,
    LegalForm,
    NumberFormat,
    Place,
)

_CODE_LENGTH, _FORMER_CODE_LENGTH = 9, 7
_SHORT_FORMS = {
    "r": "rajono",
    "raj": "rajono",
    "rajonas": "rajono",
    "m": "miesto",
    "mst": "miesto",
    "miestas": "miesto",
    "sav": "savivaldybe",
    "savivaldybes": "savivaldybe",
    "apskr": "apskritis",
    "apskrities": "apskritis",
    "vvg": "vietos veiklos grupe",
    "vso": "visuomenine organizacija",
}
# Two of pycountry's short names stand in the genitive.
_NOMINATIVES = {"LT-17": "Kazlų Rūda", "LT-31": "Palanga"}
_DASHES = re.compile(r"\s*[-‐‑‒–—−]+\s*")
_MEASURE_PARTS = re.compile(
    r"(?:LEADER-?)?(?:19\.?2?-)?"
    r"(?:(?P<own>SAVA)-?)?(?P<number>\d{1,2}(?:\.\d)?)(?P<recovery>-EURI)?"
)
_fold = folding(_SHORT_FORMS, "savivaldybe")
# What the names of two spellings of one community do not differ by.
_name_fold = folding(
    {"vsi": "viesoji istaiga", **_SHORT_FORMS},
    *("asociacija", "viesoji", "istaiga", "visuomenine", "organizacija"),
    *("kaimo", "miestelio", "bendruomene", "bendruomenes", "centras"),
)


def organisation_code_is_valid(code: str) -> bool:
    """Tell whether ``code`` is nine digits, the last being the check digit."""
    return (
        _is_digits(code, _CODE_LENGTH) and pvm.calc_check_digit(code[:-1]) == code[-1]
    )


def organisation_code_is_former(code: str) -> bool:
    """Tell whether ``code`` has the seven digits of those of earlier days."""
    return _is_digits(code, _FORMER_CODE_LENGTH)


def normalise_measure(text: str) -> str:
    """Write „LEADER – 19. 2 – SAVA -4“ as LEADER-19.2-SAVA-4, else leave it."""
    found = _MEASURE_PARTS.fullmatch(_tight(text))
    if found is None:
        return text.strip()
    own, recovery = "SAVA-" if found["own"] else "", found["recovery"] or ""
    usual = f"LEADER-19.2-{own}{found['number']}{recovery}"
    return usual if PACK.measure.fullmatch(usual) else text.strip()


def normalise_project_number(text: str) -> str:
    """Write „molė - leader-6b-…“ with capitals and plain hyphens, else leave it."""
    usual = _tight(text)
    return usual if PACK.project_number.fullmatch(usual) else text.strip()


def name_key(name: str) -> str:
    """Keep what tells one community from another: „Palėvenys“ of a long name."""
    return in_any_order(_name_fold(name)) or in_any_order(_fold(name))


def _tight(text: str) -> str:
    return "".join(_DASHES.sub("-", text.upper()).split())


def _is_digits(code: str, length: int) -> bool:
    return len(code) == length and code.isascii() and code.isdigit()


def _counties() -> dict[str, Place]:
    found = rows("lt", "counties")
    return {r["iso_3166_2"]: Place(r["iso_3166_2"], r["name_lt"]) for r in found}


def _municipalities() -> dict[str, Place]:
    return {
        row["iso_3166_2"]: Place(
            row["iso_3166_2"], row["name_lt"], row["county_iso_3166_2"]
        )
        for row in rows("lt", "municipalities")
    }


def _municipality_spellings() -> Iterator[tuple[str, str]]:
    """„Kelmės rajono“, „Kelmės“, „Kelmė“ – each with „r.“, „raj.“, „sav.“ by folding.

    City and district of one name share the short spellings, so that these find neither.
    """
    found = rows("lt", "municipalities")
    nominatives = {
        _stem(row): _NOMINATIVES.get(row["iso_3166_2"], row["short_name_pycountry"])
        for row in found
        if row["kind"] != "miesto" or row["iso_3166_2"] in _NOMINATIVES
    }
    for row in found:
        code, stem = row["iso_3166_2"], _stem(row)
        nominative = _fold(nominatives[stem])
        kind = "" if row["kind"] == "savivaldybe" else row["kind"]
        for spelling in (stem, nominative, f"{stem} {kind}", f"{nominative} {kind}"):
            yield spelling.strip(), code


def _stem(row: dict[str, str]) -> str:
    return _fold(row["name_lt"]).removesuffix(row["kind"]).strip()


def _county_spellings() -> Iterator[tuple[str, str]]:
    for code, county in _counties().items():
        full = _fold(county.name)
        yield from ((full, code), (full.removesuffix("apskritis").strip(), code))


def _action_groups() -> dict[str, ActionGroup]:
    return {
        row["name_lt"]: ActionGroup(
            row["name_lt"],
            tuple(filter(None, row["municipality_iso"].split(";"))),
            row["legal_code"],
        )
        for row in rows("lt", "action_groups")
    }


def _action_group_spellings() -> Iterator[tuple[str, str]]:
    for name in _action_groups():
        for spelling in (name, quoted(name), f"VVG {quoted(name)}", _bracketed(name)):
            yield in_any_order(_fold(spelling)), name


def _bracketed(name: str) -> str:
    """„Dzūkijos VVG“ of „Dzūkijos kaimo plėtros partnerių asociacija (Dzūkijos VVG)“.

    Only a name, not „(Druskininkai)“.
    """
    inside = name.partition("(")[2].partition(")")[0]
    return inside if "VVG" in inside else ""


def _legal_forms() -> dict[str, LegalForm]:
    return {
        row["code"]: LegalForm(
            row["code"],
            {"lt": row["name_lt"], "en": row["name_en"]},
            row["short"],
        )
        for row in rows("lt", "legal_forms")
    }


def _legal_form_spellings() -> Iterator[tuple[str, str]]:
    for code, form in _legal_forms().items():
        for spelling in (*form.names.values(), form.short):
            yield _fold(spelling), code


PACK = CountryPack(
    code="LT",
    names={"lt": "Lietuva", "en": "Lithuania"},
    currency="EUR",
    counties=_counties(),
    municipalities=_municipalities(),
    action_groups=_action_groups(),
    legal_forms=_legal_forms(),
    organisation_code_is_valid=organisation_code_is_valid,
    organisation_code_rule="nine digits, the last one a check digit",
    organisation_code_is_former=organisation_code_is_former,
    project_number=re.compile(
        r"[A-ZĄČĘĖĮŠŲŪŽ]{4}-(LEADER|EURI)-[1-6][A-C]-[A-Z]{1,4}-\d{1,2}-\d{1,3}-20\d{2}"
        r"(/42VS-[A-Z]{2}-\d{2}-\d-\d{5}-PR\d{3})?",
        re.IGNORECASE,
    ),
    measure=re.compile(
        r"LEADER-19\.2-(?:SAVA-\d{1,2}(?:\.\d)?|[67](?:\.\d)?)(?:-EURI)?"
    ),
    measure_example="LEADER-19.2-…",
    grants=Grants(eu_share=Decimal("0.85"), intensity=Decimal("0.95")),
    normalise_project_number=normalise_project_number,
    normalise_measure=normalise_measure,
    numbers=NumberFormat(
        currency="Eur",
        currency_words=("€", "eur", "eur.", "euras", "eurai", "eurų"),
    ),
    authority=Authority(
        {
            "lt": "Valstybinė duomenų apsaugos inspekcija",
            "en": "State Data Protection Inspectorate",
        },
        "https://vdai.lrv.lt/",
    ),
    fold=_fold,
    name_key=name_key,
    county_spellings=index(_county_spellings()),
    municipality_spellings=index(_municipality_spellings()),
    action_group_spellings=index(_action_group_spellings()),
    legal_form_spellings=index(_legal_form_spellings()),
)
