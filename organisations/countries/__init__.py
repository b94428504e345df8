"""What differs from country to country: territory, codes, names, money.

Lithuania is first; Latvia and Estonia are told in full as well. The other states of
the European Union and the EEA have what is general (``european``); one that
needs more becomes a module with its CSV files and a line in ``_PACKS``.
"""

from organisations.countries import estonia, european, latvia, lithuania
from organisations.countries.pack import CountryPack

_PACKS = {
    pack.code: pack
    for pack in (lithuania.PACK, latvia.PACK, estonia.PACK, *european.PACKS)
}
#: The country that is meant where none is named.
HOME = lithuania.PACK.code
COUNTRY_CODES = tuple(sorted(_PACKS))


def country(code: str) -> CountryPack:
    """Find a country's pack by its ISO 3166-1 code; KeyError for an unknown one."""
    return _PACKS[code]


def county_members(county: str) -> list[str]:
    """List the codes of a county's municipalities, in whichever country it lies."""
    return [m for pack in _PACKS.values() for m in pack.municipalities_of(county)]
