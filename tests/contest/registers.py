"""Registers of thousands, with errors planted where a test knows them."""

from random import Random

from tests.organisations.imports.corpus import code

HEADER = (
    *("Pavadinimas", "Kodas", "Rūšis", "Savivaldybė", "Apskritis", "Seniūnija"),
    *("Adresas", "El. paštas", "Telefonas", "Svetainė", "VVG", "Pastaba"),
)
_PLACES = (
    ("Kelmės rajono savivaldybė", "Šiaulių apskritis"),
    ("Ukmergės r. sav.", "Vilniaus apskritis"),
    ("Alytaus rajono", "Alytaus"),
    ("LT-18", "Kauno apskritis"),
)
# What is planted: the column, what stands there, the reason that must be told.
PLANTED = (
    ("Pavadinimas", "", "name_missing"),
    ("Pavadinimas", "Ilgas " * 60, "too_long"),
    ("Kodas", "123456789", "code_invalid"),
    ("Kodas", "30004756", "code_invalid"),
    ("Kodas", "3.00048E+08", "code_rounded"),
    ("Rūšis", "klubas", "kind_unknown"),
    ("Savivaldybė", "Kelmuvos rajonas", "municipality_unknown"),
    ("Apskritis", "Marijampolės apskritis", "county_disagrees"),
    ("Apskritis", "Kelmuvos apskritis", "county_unknown"),
    ("El. paštas", "ne adresas", "email_invalid"),
    ("El. paštas", "a@example.org, b@example.org", "email_invalid"),
    ("Telefonas", "nėra", "phone_invalid"),
    ("Svetainė", "nėra svetainės", "website_invalid"),
    ("Seniūnija", "K" * 101, "too_long"),
    ("Kodas", None, "code_twice_in_file"),
    ("Pavadinimas", None, "name_twice_in_file"),
)


def rows(count):
    """The header and so many good rows."""
    return [HEADER, *(_row(number) for number in range(1, count + 1))]


def _row(number):
    municipality, county = _PLACES[number % len(_PLACES)]
    return (
        f"Šešuolių {number} kaimo bendruomenė „Žibintas“",
        code(30_000_000 + number),
        "Bendruomenė",
        municipality,
        county,
        "Kražių sen.",
        f"Mokyklos g. {number}, Kražiai",
        f"bendruomene{number}@example.org",
        f"+370 600 {number:05}",
        "www.example.org",
        "Nežinoma VVG",
        "=HYPERLINK(1)",
    )


def plant(table, errors, *, seed=1):
    """Put errors of all kinds into the table; {row of the file: (column, reason)}."""
    random, planted = Random(seed), {}
    first_bad = len(table) // 3  # what a twin repeats stands before it and stays good
    places = random.sample(range(first_bad, len(table)), errors)
    for position, (column, value, reason) in zip(
        places, (PLANTED[i % len(PLANTED)] for i in range(errors)), strict=True
    ):
        row = list(table[position])
        where = HEADER.index(column)
        if reason == "name_twice_in_file":
            twin = table[random.randrange(1, first_bad)]
            row[where], row[3], row[4] = twin[where], twin[3], twin[4]
        elif value is None:
            row[where] = table[random.randrange(1, first_bad)][where]
        else:
            row[where] = value
        table[position] = tuple(row)
        planted[position + 1] = (column, reason)
    return planted
