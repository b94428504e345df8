"""The other states of the European Union and the EEA, each by what is general.

Names, currency and number format are in ``data/eu``. None has a tree of places: where
an organisation is, is written freely, and nothing is counted by county. None has a
check of codes: each code is kept, for somebody to check.
"""

from collections.abc import Mapping

from organisations.countries.files import rows
from organisations.countries.names import folding, in_any_order, index
from organisations.countries.pack import CountryPack, LegalForm, NumberFormat, never

_EURO_WORDS = ("€", "eur", "eur.", "euro")
_GROUPS = {"space": "\u00a0"}
_fold = folding({})

_FORMS = {
    "association": LegalForm("association", {"lt": "Asociacija", "en": "Association"}),
    "foundation": LegalForm("foundation", {"lt": "Fondas", "en": "Foundation"}),
    "public_body": LegalForm(
        "public_body", {"lt": "Viešoji įstaiga", "en": "Public body"}
    ),
    "other": LegalForm("other", {"lt": "Kita", "en": "Other"}),
}
_FORM_SPELLINGS = index(
    (_fold(name), form.code) for form in _FORMS.values() for name in form.names.values()
)


def name_key(name: str) -> str:
    """Keep the words of a name, in whichever order."""
    return in_any_order(_fold(name))


def _pack(row: Mapping[str, str]) -> CountryPack:
    words = {row["currency"].casefold(), row["sign"].casefold()}
    return CountryPack(
        code=row["iso_3166_1"],
        names={"lt": row["name_lt"], "en": row["name_en"]},
        currency=row["currency"],
        counties={},
        municipalities={},
        action_groups={},
        legal_forms=_FORMS,
        organisation_code_is_valid=never,
        organisation_code_rule="as the register writes it; somebody will check it",
        organisation_code_is_former=bool,
        organisation_code_is_numeric=False,
        numbers=NumberFormat(
            decimal=row["decimal"],
            group=_GROUPS.get(row["group"], row["group"]),
            currency=row["currency"],
            currency_words=(*sorted(words), *_EURO_WORDS),
        ),
        fold=_fold,
        name_key=name_key,
        legal_form_spellings=_FORM_SPELLINGS,
    )


PACKS = tuple(_pack(row) for row in rows("eu", "countries"))
