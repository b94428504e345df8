"""Latvia, as a second country: municipalities without counties, its own code check.

Sources: ``data/lv`` names them row by row. A registration number of a legal entity is
the VAT number without its prefix; those that begin with 0 to 3 are of persons.
"""

from collections.abc import Iterator

from stdnum.lv import pvn

from organisations.countries.files import rows
from organisations.countries.names import folding, in_any_order, index
from organisations.countries.pack import Authority, CountryPack, LegalForm, Place

_CODE_LENGTH = 11
_LAST_OF_PERSONS = "3"
_fold = folding({"nov": "novads", "novada": "novads"})
_name_fold = folding({}, "biedriba", "nodibinajums")


def organisation_code_is_valid(code: str) -> bool:
    """Tell whether ``code`` is eleven digits of a legal entity with their check."""
    return (
        len(code) == _CODE_LENGTH
        and code.isascii()
        and code.isdigit()
        and code[0] > _LAST_OF_PERSONS
        and pvn.is_valid(code)
    )


def name_key(name: str) -> str:
    """Keep what tells one association from another."""
    return in_any_order(_name_fold(name)) or in_any_order(_fold(name))


def _municipalities() -> dict[str, Place]:
    found = rows("lv", "municipalities")
    return {r["iso_3166_2"]: Place(r["iso_3166_2"], r["name_lv"]) for r in found}


def _spellings() -> Iterator[tuple[str, str]]:
    for code, place in _municipalities().items():
        yield _fold(place.name), code


_FORMS = {
    "association": LegalForm("association", {"lv": "Biedrība", "en": "Association"}),
    "foundation": LegalForm("foundation", {"lv": "Nodibinājums", "en": "Foundation"}),
    "other": LegalForm("other", {"lv": "Cita", "en": "Other"}),
}

PACK = CountryPack(
    code="LV",
    names={"lt": "Latvija", "en": "Latvia", "lv": "Latvija"},
    currency="EUR",
    counties={},
    municipalities=_municipalities(),
    action_groups={},
    legal_forms=_FORMS,
    organisation_code_is_valid=organisation_code_is_valid,
    organisation_code_rule="eleven digits of a legal entity, with their check digit",
    authority=Authority(
        {
            "lt": "Latvijos duomenų valstybinė inspekcija",
            "en": "Data State Inspectorate of Latvia",
            "lv": "Datu valsts inspekcija",
        },
        "https://www.dvi.gov.lv/",
    ),
    fold=_fold,
    name_key=name_key,
    municipality_spellings=index(_spellings()),
    legal_form_spellings=index(
        (_fold(name), form.code)
        for form in _FORMS.values()
        for name in form.names.values()
    ),
)
