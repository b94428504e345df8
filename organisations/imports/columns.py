"""Which column of somebody's table is which field of the register."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.collation import search_key
from organisations.imports.refusals import Refusal

# Field -> headers, Lithuanian and English. Compared without case, accents and
# punctuation; the first two are what an export writes, in Lithuanian and in English.
HEADERS: dict[str, tuple[str, ...]] = {
    "name": (
        *("Pavadinimas", "Name", "Organizacija", "Organizacijos pavadinimas"),
        *("Bendruomenė", "Bendruomenės pavadinimas", "Juridinio asmens pavadinimas"),
        *("Organisation", "Organization", "Organisation name", "Title"),
        *("Bendruomenės organizacijos pavadinimas", "Asociacijos pavadinimas"),
        *("Kaimo bendruomenė", "Kaimo bendruomenės pavadinimas", "Vardas"),
    ),
    "code": (
        *("Kodas", "Code", "Įmonės kodas", "Juridinio asmens kodas", "JA kodas"),
        *("JAR kodas", "Registracijos kodas", "Organizacijos kodas", "Įm. kodas"),
        *("Registration code", "Registration number", "Legal entity code"),
        *("Company code", "Organisation code", "Reg. kodas", "Reg. code"),
    ),
    "kind": (
        *("Rūšis", "Kind", "Tipas", "Type", "Organizacijos tipas"),
        *("Organizacijos rūšis", "Organisation type", "Organisation kind"),
    ),
    "legal_form": ("Teisinė forma", "Legal form", "Teis. forma"),
    "municipality": (
        *("Savivaldybė", "Municipality", "Rajonas", "Sav.", "Savivaldybės kodas"),
        *("Savivaldybės pavadinimas", "District", "Municipality code"),
    ),
    "county": ("Apskritis", "County", "Apskr.", "Apskrities pavadinimas"),
    "eldership": ("Seniūnija", "Eldership", "Sen.", "Elderate", "Ward"),
    "address": (
        *("Adresas", "Address", "Buveinė", "Buveinės adresas", "Pašto adresas"),
        *("Registracijos adresas", "Registered address", "Postal address"),
    ),
    "email": (
        *("El. paštas", "E-mail", "Elektroninis paštas", "El. pašto adresas"),
        *("Email address", "Email", "El. p.", "Paštas", "E-paštas", "Epaštas"),
        *("E-mail address", "Kontaktinis el. paštas"),
    ),
    "phone": (
        *("Telefonas", "Phone", "Tel.", "Tel. nr.", "Telefono numeris"),
        *("Telephone", "Phone number", "Mob. tel.", "Mobilus telefonas", "Mobilusis"),
        *("Tel. numeris", "Mobile", "Kontaktinis telefonas"),
    ),
    "website": (
        *("Svetainė", "Website", "Interneto svetainė", "Tinklalapis", "Puslapis"),
        *("Interneto puslapis", "Web", "Url", "Interneto adresas", "WWW"),
    ),
    "action_group": (
        *("VVG", "Local action group", "Vietos veiklos grupė", "LAG"),
        *("Action group", "VVG pavadinimas", "Vietos veiklos grupės pavadinimas"),
    ),
}

_FIELD_OF = {search_key(title): name for name, ts in HEADERS.items() for title in ts}
_MEANT_FOR_PEOPLE = 60  # characters; a longer cell is no header
_LOOKED_AT = 20  # rows in which the header must stand


@dataclass(frozen=True, slots=True)
class Table:
    """Where the header stands and what its columns are."""

    header_row: int
    header: tuple[str, ...]
    fields: dict[int, str]  # position -> field, of the columns that were recognised

    @property
    def ignored(self) -> list[str]:
        """The headers of columns that nobody understood."""
        return [
            title
            for position, title in enumerate(self.header)
            if title and position not in self.fields
        ]

    def title_of(self, field: str) -> str:
        """Tell the header of a field's column; empty where there is none."""
        for position, name in self.fields.items():
            if name == field:
                return self.header[position]
        return ""


def header_of(field: str, language: str) -> str:
    """Tell the header under which an export writes a field."""
    return HEADERS[field][0 if language.startswith("lt") else 1]


def known_headers(cells: Sequence[str]) -> int:
    """Count the cells that are a header of some field."""
    return len({name for cell in cells if (name := _field(cell))})


def recognise(rows: Sequence[tuple[int, Sequence[str]]]) -> Table:
    """Find the header among the first rows; ``Refusal`` when there is none.

    It is the row that names most fields, and it must name the name.
    """
    looked_at = rows[:_LOOKED_AT]
    if not looked_at:
        raise Refusal("no_rows")
    number, cells = max(looked_at, key=lambda row: (known_headers(row[1]), -row[0]))
    header = tuple(" ".join(cell.split()) for cell in cells)
    fields: dict[int, str] = {}
    for position, title in enumerate(header):
        name = _field(title)
        if not name:
            continue
        if name in fields.values():
            first = next(header[p] for p, n in fields.items() if n == name)
            raise Refusal("column_twice", first=first, second=title)
        fields[position] = name
    if "name" not in fields.values():
        shown = [title for title in header if title][:12]
        raise Refusal("no_name_column", received=", ".join(shown), row=number)
    return Table(number, header, fields)


def _field(cell: str) -> str:
    if len(cell) > _MEANT_FOR_PEOPLE:
        return ""
    key = search_key(cell)
    return _FIELD_OF.get(key, "")
