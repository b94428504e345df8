"""What differs from country to country: territory, codes, names, money.

Lithuania is first, Latvia shows that it is no constant. A further country is a module
beside them and a line in ``_PACKS``.
"""

from organisations.countries import latvia, lithuania
from organisations.countries.pack import CountryPack

_PACKS = {pack.code: pack for pack in (lithuania.PACK, latvia.PACK)}
COUNTRY_CODES = tuple(sorted(_PACKS))


def country(code: str) -> CountryPack:
    """Find a country's pack by its ISO 3166-1 code; KeyError for an unknown one."""
    return _PACKS[code]


def county_members(county: str) -> list[str]:
    """List the codes of a county's municipalities, in whichever country it lies."""
    return [m for pack in _PACKS.values() for m in pack.municipalities_of(county)]
