"""Lithuania: 10 counties, 60 municipalities, local action groups, code checks.

Sources: the CSV files in ``data/lt`` name theirs row by row. The check digit of a legal
entity's code is that of the VAT code's first nine digits, as in ``stdnum.lt.pvm``;
``pvm.validate`` itself cannot be used, since it wants the eighth digit to be 1 and so
refuses valid codes of legal entities.
"""

import csv
import re
from pathlib import Path

from stdnum.lt import pvm

from organisations.countries.pack import CountryPack, Place

_DATA = Path(__file__).parent / "data" / "lt"
_CODE_LENGTH = 9


def organisation_code_is_valid(code: str) -> bool:
    """Tell whether ``code`` is nine digits, the last being the check digit."""
    return (
        len(code) == _CODE_LENGTH
        and code.isascii()
        and code.isdigit()
        and pvm.calc_check_digit(code[:-1]) == code[-1]
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _counties() -> dict[str, Place]:
    rows = _rows("counties.csv")
    return {r["iso_3166_2"]: Place(r["iso_3166_2"], r["name_lt"]) for r in rows}


def _municipalities() -> dict[str, Place]:
    return {
        row["iso_3166_2"]: Place(
            row["iso_3166_2"], row["name_lt"], row["county_iso_3166_2"]
        )
        for row in _rows("municipalities.csv")
    }


PACK = CountryPack(
    code="LT",
    currency="EUR",
    counties=_counties(),
    municipalities=_municipalities(),
    action_groups=tuple(row["name_lt"] for row in _rows("action_groups.csv")),
    organisation_code_is_valid=organisation_code_is_valid,
    organisation_code_rule="nine digits, the last one a check digit",
    project_number=re.compile(
        r"[A-ZĄČĘĖĮŠŲŪŽ]{4}-(LEADER|EURI)-[1-6][A-C]-[A-Z]{1,4}-\d{1,2}-\d{1,3}-20\d{2}"
        r"(/42VS-[A-Z]{2}-\d{2}-\d-\d{5}-PR\d{3})?",
        re.IGNORECASE,
    ),
    measure=re.compile(
        r"LEADER-19\.2-(?:SAVA-\d{1,2}(?:\.\d)?|[67](?:\.\d)?)(?:-EURI)?"
    ),
)
