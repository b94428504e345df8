"""What differs from country to country: territory, codes, money. Lithuania is first.

A further country is a module beside ``lithuania`` and a line in ``_PACKS``.
"""

from organisations.countries import lithuania
from organisations.countries.pack import CountryPack

_PACKS = {pack.code: pack for pack in (lithuania.PACK,)}
COUNTRY_CODES = tuple(sorted(_PACKS))


def country(code: str) -> CountryPack:
    """Find a country's pack by its ISO 3166-1 code; KeyError for an unknown one."""
    return _PACKS[code]
