"""Estonia: 15 counties, 79 municipalities, its own code check.

Sources: ``data/ee`` names them row by row. A code is that of the register of
non-profit associations and foundations, or of the business register.
"""

from collections.abc import Iterator

from stdnum.ee import registrikood

from organisations.countries.files import rows
from organisations.countries.names import folding, in_any_order, index
from organisations.countries.pack import Authority, CountryPack, LegalForm, Place

_CODE_LENGTH = 8
_fold = folding({"v": "vald", "l": "linn", "mk": "maakond"}, "maakond")
_name_fold = folding({}, "mtu", "mittetulundusuhing", "sa", "sihtasutus", "selts")


def organisation_code_is_valid(code: str) -> bool:
    """Tell whether ``code`` is eight digits, the last being the check digit."""
    return (
        len(code) == _CODE_LENGTH
        and code.isascii()
        and code.isdigit()
        and registrikood.is_valid(code)
    )


def name_key(name: str) -> str:
    """Keep what tells one association from another."""
    return in_any_order(_name_fold(name)) or in_any_order(_fold(name))


def _counties() -> dict[str, Place]:
    found = rows("ee", "counties")
    return {r["iso_3166_2"]: Place(r["iso_3166_2"], r["name_et"]) for r in found}


def _municipalities() -> dict[str, Place]:
    return {
        row["iso_3166_2"]: Place(
            row["iso_3166_2"], row["name_et"], row["county_iso_3166_2"]
        )
        for row in rows("ee", "municipalities")
    }


def _county_spellings() -> Iterator[tuple[str, str]]:
    """„Raplamaa“, „Rapla maakond“, „Rapla“."""
    for code, county in _counties().items():
        full = _fold(county.name)
        yield from ((full, code), (full.removesuffix("maa"), code))


def _municipality_spellings() -> Iterator[tuple[str, str]]:
    """„Kiili vald“, „Kiili“; a town and a parish of one name need the word."""
    for row in rows("ee", "municipalities"):
        full = _fold(row["name_et"])
        short = full.removesuffix(row["kind"]).strip()
        yield from ((full, row["iso_3166_2"]), (short, row["iso_3166_2"]))


_FORMS = {
    "association": LegalForm(
        "association", {"et": "Mittetulundusühing", "en": "Association"}, "MTÜ"
    ),
    "foundation": LegalForm(
        "foundation", {"et": "Sihtasutus", "en": "Foundation"}, "SA"
    ),
    "other": LegalForm("other", {"et": "Muu", "en": "Other"}),
}

PACK = CountryPack(
    code="EE",
    names={"lt": "Estija", "en": "Estonia", "et": "Eesti"},
    currency="EUR",
    counties=_counties(),
    municipalities=_municipalities(),
    action_groups={},
    legal_forms=_FORMS,
    organisation_code_is_valid=organisation_code_is_valid,
    organisation_code_rule="eight digits, the last one a check digit",
    authority=Authority(
        {
            "lt": "Estijos duomenų apsaugos inspekcija",
            "en": "Estonian Data Protection Inspectorate",
            "et": "Andmekaitse Inspektsioon",
        },
        "https://www.aki.ee/",
    ),
    fold=_fold,
    name_key=name_key,
    county_spellings=index(_county_spellings()),
    municipality_spellings=index(_municipality_spellings()),
    legal_form_spellings=index(
        (_fold(name), form.code)
        for form in _FORMS.values()
        for name in (*form.names.values(), form.short)
    ),
)
