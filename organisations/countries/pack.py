"""The shape of a country pack. Pure: no Django."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core import money
from core.collation import sort_key

ANYTHING = re.compile(r".*", re.DOTALL)
PLACE_LENGTH = 100  # of a place that is written freely; codes are shorter


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the territory: a county, or a municipality with its county."""

    code: str
    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class ActionGroup:
    """A local action group with the municipalities that it covers, as far as known."""

    name: str
    municipalities: tuple[str, ...] = ()
    organisation_code: str = ""


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A legal form: its code with us, its names by language, its usual short form."""

    code: str
    names: Mapping[str, str]
    short: str = ""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a country writes amounts; ``currency_words`` in small letters."""

    decimal: str = ","
    group: str = "\u00a0"
    currency: str = "EUR"
    currency_words: tuple[str, ...] = ("€", "eur", "eur.", "euro")


@dataclass(frozen=True, slots=True)
class Grants:
    """What is usual of a grant: the Union's share of it, its largest part of a total.

    The rest of the grant is the state's. Both warn, neither blocks.
    """

    eu_share: Decimal
    intensity: Decimal


@dataclass(frozen=True, slots=True)
class Authority:
    """Who watches over personal data (GDPR Art. 51): names by language, its site."""

    names: Mapping[str, str]
    website: str


def never(_code: str) -> bool:
    """Judge no code to be of the kind: where there is none, or no rule for it."""
    return False


def _as_written(text: str) -> str:
    return text.strip()


@dataclass(frozen=True, slots=True)
class CountryPack:
    """Territory (a tree of two levels), codes, money and names of a country.

    ``organisation_code_is_valid`` judges a registration code that is current,
    ``organisation_code_is_former`` the form of one that was given out in earlier days,
    or of any that cannot be judged: it is kept to be checked.
    ``project_number`` and ``measure`` are patterns that warn, never block; the two
    ``normalise_…`` write an unusual spelling the usual way, or leave it as it is.
    ``measure_example`` shows the usual one. ``grants`` has the shares of a usual grant;
    None: what is usual is not known, so nothing is unusual.
    ``authority`` stands in the privacy notice; None: readers get the list of all.

    Where there are no ``municipalities``, a place is any text.

    ``…_spellings`` map a folded name to a code; ``name_key`` makes of an organisation's
    name what is equal for possible duplicates.
    """

    code: str
    names: Mapping[str, str]
    currency: str
    counties: Mapping[str, Place]
    municipalities: Mapping[str, Place]
    action_groups: Mapping[str, ActionGroup]
    legal_forms: Mapping[str, LegalForm]
    organisation_code_is_valid: Callable[[str], bool]
    organisation_code_rule: str
    organisation_code_is_former: Callable[[str], bool] = never
    organisation_code_is_numeric: bool = True
    project_number: re.Pattern[str] = ANYTHING
    measure: re.Pattern[str] = ANYTHING
    measure_example: str = ""
    normalise_project_number: Callable[[str], str] = _as_written
    normalise_measure: Callable[[str], str] = _as_written
    grants: Grants | None = None
    authority: Authority | None = None
    numbers: NumberFormat = field(default_factory=NumberFormat)
    fold: Callable[[str], str] = str.casefold
    name_key: Callable[[str], str] = str.casefold
    county_spellings: Mapping[str, str] = field(default_factory=dict)
    municipality_spellings: Mapping[str, str] = field(default_factory=dict)
    action_group_spellings: Mapping[str, str] = field(default_factory=dict)
    legal_form_spellings: Mapping[str, str] = field(default_factory=dict)

    def county_of(self, municipality: str) -> Place | None:
        """Find the county of a municipality's code; None where there is none."""
        place = self.municipalities.get(municipality)
        return self.counties.get(place.parent) if place else None

    def is_place(self, municipality: str) -> bool:
        """Tell whether ``municipality`` is a code of the tree, or there is no tree."""
        return not self.municipalities or municipality in self.municipalities

    def place_name(self, municipality: str) -> str:
        """Name a municipality; a place that was written freely names itself.

        Empty for a code that the tree does not have (any more).
        """
        if not self.municipalities:
            return municipality
        place = self.municipalities.get(municipality)
        return place.name if place else ""

    def county_name(self, municipality: str) -> str:
        """Name the county of a municipality; empty where there is none."""
        county = self.county_of(municipality)
        return county.name if county else ""

    def municipalities_of(self, county: str) -> list[str]:
        """List the codes of a county's municipalities."""
        return [p.code for p in self.municipalities.values() if p.parent == county]

    def municipalities_by_name(self) -> list[Place]:
        """List all municipalities as a reader looks for them."""
        return sorted(self.municipalities.values(), key=lambda p: sort_key(p.name))

    def find_county(self, text: str) -> Place | None:
        """Find a county by its code or a spelling of its name."""
        return _found(self.counties, self.county_spellings, text, self.fold)

    def find_municipality(self, text: str) -> Place | None:
        """Find a municipality by its code or a spelling of its name.

        Accents and case do not matter, short forms are known („Kelmės r. sav.“). A
        name that could be two of them („Vilnius“: city or district) finds neither.
        Without a tree every text is a place.
        """
        if not self.municipalities:
            written = " ".join(text.split())
            return Place(written, written) if written else None
        return _found(self.municipalities, self.municipality_spellings, text, self.fold)

    def find_action_group(self, text: str) -> ActionGroup | None:
        """Find a listed action group by a spelling of its name, words in any order."""
        key = " ".join(sorted(self.fold(text).split()))
        return self.action_groups.get(self.action_group_spellings.get(key, ""))

    def find_legal_form(self, text: str) -> LegalForm | None:
        """Find a legal form by its code, name or short form."""
        if found := self.legal_forms.get(text.strip()):
            return found
        return self.legal_forms.get(self.legal_form_spellings.get(self.fold(text), ""))

    def parse_money(self, text: str) -> Decimal:
        """Read an amount as it is written in the country; see ``money.parse_money``."""
        return money.parse_money(text, currency_words=self.numbers.currency_words)

    def format_money(self, amount: Decimal) -> str:
        """Write an amount as in the country: 18407 is „18 407,00 Eur“."""
        return money.format_money(
            amount,
            decimal=self.numbers.decimal,
            group=self.numbers.group,
            currency=self.numbers.currency,
        )


def _found(
    places: Mapping[str, Place],
    spellings: Mapping[str, str],
    text: str,
    fold: Callable[[str], str],
) -> Place | None:
    by_code = places.get(text.strip().upper())
    return by_code or places.get(spellings.get(fold(text), ""))
