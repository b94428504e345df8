"""What the rows of a file would do to the register, and why some may not.

Rules: a row whose code the register has changes that organisation, and an empty cell
changes nothing. Another row is new, unless an organisation in the same municipality has
a name that says the same: equal ones are the same, others are possible duplicates,
which a person must look at. Two that have codes of their own are no duplicates unless
their names are equal to the letter. In the file the first of two rows counts.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from core.collation import search_key
from organisations.countries.pack import CountryPack
from organisations.imports.cells import Doubtful, read, visible
from organisations.imports.columns import Table

DEFAULT_KIND = "community"  # of a new organisation whose file has no kind
NAME_KEY = 300  # characters of the key of a name that the register keeps
_SHOWN = 200  # characters of a received value that are kept

PlaceKey = tuple[str, str]  # what the name says, municipality


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DUPLICATE = "duplicate"
    ERROR = "error"


WRITTEN = frozenset({Outcome.NEW, Outcome.CHANGED})
REJECTED = frozenset({Outcome.DUPLICATE, Outcome.ERROR})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to look at: where, what came, and the code of the reason."""

    row: int
    field: str
    column: str
    code: str
    received: str = ""
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    is_error: bool = True


@dataclass(slots=True)
class Line:
    """A row of the file, read: values by field, empty ones left out."""

    row: int
    values: dict[str, str]
    problems: list[Problem]

    @property
    def is_wrong(self) -> bool:
        """Whether anything in it is an error rather than a note."""
        return any(problem.is_error for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation of the register: its id, and its values by field."""

    pk: UUID
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Register:
    """What of the register the file's codes and names meet."""

    by_code: Mapping[str, Known]
    by_place: Mapping[PlaceKey, Sequence[Known]]
    merged: Mapping[
        str, str
    ]  # code of a merged duplicate -> name of what stands for it


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one row: for `CHANGED`, ``values`` are the changes alone."""

    row: int
    outcome: Outcome
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    pk: UUID | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One decision a row, in the file's order, and all there is to look at."""

    decisions: Sequence[Decision]
    problems: Sequence[Problem]

    def counts(self) -> dict[str, int]:
        """Rows by outcome, and how many single errors there are in them."""
        found = dict.fromkeys(Outcome, 0)
        for decision in self.decisions:
            found[decision.outcome] += 1
        errors = sum(problem.is_error for problem in self.problems)
        return {
            "rows": len(self.decisions),
            "new": found[Outcome.NEW],
            "changed": found[Outcome.CHANGED],
            "same": found[Outcome.SAME],
            "duplicates": found[Outcome.DUPLICATE],
            "errors": found[Outcome.ERROR],
            "problems": errors,
        }

    def rejected_rows(self) -> frozenset[int]:
        """The rows that are not written."""
        return frozenset(d.row for d in self.decisions if d.outcome in REJECTED)


def place_key(values: Mapping[str, str], pack: CountryPack) -> PlaceKey:
    """Make the key under which organisations meet that may be the same."""
    return pack.name_key(values["name"])[:NAME_KEY], values.get("municipality", "")


def read_lines(
    rows: Iterable[tuple[int, Sequence[str], Mapping[str, str]]],
    table: Table,
    merges: Sequence[Sequence[int]],
    pack: CountryPack,
) -> list[Line]:
    """Read the rows below the header; ``merges`` as (column, row, column, row)."""
    below = [m for m in merges if m[3] > table.header_row]
    reader = _Reader(table, below, pack)
    return [reader.line(*row) for row in rows if row[0] > table.header_row]


class _Reader:
    def __init__(
        self, table: Table, merges: Sequence[Sequence[int]], pack: CountryPack
    ) -> None:
        self._table, self._merges, self._pack = table, merges, pack

    def line(self, row: int, cells: Sequence[str], marks: Mapping[str, str]) -> Line:
        """Read one row, all its problems named."""
        line = Line(row, {}, [])
        for position, name in self._table.fields.items():
            text = cells[position] if position < len(cells) else ""
            mark = marks.get(str(position), "")
            if not mark and not text.strip() and self._is_merged_away(row, position):
                mark = "merged"
            self._cell(line, name, text, mark)
        self._whole(line)
        return line

    def _cell(self, line: Line, name: str, text: str, mark: str) -> None:
        if mark:
            is_error = mark != "formula"
            self._tell(line, name, mark, shown(text), is_error=is_error)
            if is_error:
                return
        try:
            value = read(name, text, self._pack)
        except Doubtful as exc:
            self._tell(line, name, exc.code, shown(text), **exc.facts)
            return
        if value:
            line.values[name] = value

    def _whole(self, line: Line) -> None:
        """Check what several cells say together."""
        wrong = {problem.field for problem in line.problems if problem.is_error}
        if "name" not in line.values and "name" not in wrong:
            self._tell(line, "name", "name_missing")
        code = line.values.get("code", "")
        if code and not self._pack.organisation_code_is_valid(code):
            self._tell(line, "code", "code_to_check", code, is_error=False)
        county = line.values.pop("county", "")
        place = self._pack.county_of(line.values.get("municipality", ""))
        if county and place and place.code != county:
            received = self._pack.counties[county].name
            self._tell(line, "county", "county_disagrees", received, county=place.name)

    def _tell(
        self,
        line: Line,
        name: str,
        reason: str,
        received: str = "",
        *,
        is_error: bool = True,
        **facts: Any,
    ) -> None:
        title = self._table.title_of(name)
        line.problems.append(
            Problem(line.row, name, title, reason, received, facts, is_error)
        )

    def _is_merged_away(self, row: int, position: int) -> bool:
        column = position + 1
        return any(
            left <= column <= right and top <= row <= bottom
            for left, top, right, bottom in self._merges
        )


def make_plan(
    lines: Sequence[Line], register: Register, table: Table, pack: CountryPack
) -> Plan:
    """Decide about every line; the same lines and register give the same plan."""
    planner = _Planner(register, table, pack)
    decisions = [planner.decide(line) for line in lines]
    problems = [problem for line in lines for problem in line.problems]
    return Plan(decisions, sorted([*problems, *planner.problems], key=_in_order))


def _in_order(problem: Problem) -> int:
    return problem.row


class _Planner:
    def __init__(self, register: Register, table: Table, pack: CountryPack) -> None:
        self.problems: list[Problem] = []
        self._register, self._table, self._pack = register, table, pack
        self._codes: dict[str, int] = {}
        self._places: dict[PlaceKey, list[tuple[int, Mapping[str, str]]]] = {}

    def decide(self, line: Line) -> Decision:
        """Errors first, then twins in the file, then the register."""
        doubt = self._twin_in_file(line)
        if line.is_wrong:
            return Decision(line.row, Outcome.ERROR)
        if doubt is not None:
            return self._duplicate(doubt)
        code = line.values.get("code", "")
        if stands := self._register.merged.get(code):
            return self._duplicate(
                self._doubt(line, "code", "merged_away", name=stands)
            )
        known = self._register.by_code.get(code)
        return self._compared(line, known) if known else self._by_place(line)

    def _twin_in_file(self, line: Line) -> Problem | None:
        """Remember the line's code and name; tell the earlier row that has them."""
        if "name" not in line.values:
            return None
        code = line.values.get("code")
        first = self._codes.setdefault(code, line.row) if code else line.row
        namesakes = self._places.setdefault(place_key(line.values, self._pack), [])
        alike = [row for row, values in namesakes if _are_alike(line.values, values)]
        namesakes.append((line.row, line.values))
        if first != line.row:
            return self._doubt(line, "code", "code_twice_in_file", row=first)
        if alike:
            return self._doubt(line, "name", "name_twice_in_file", row=alike[0])
        return None

    def _by_place(self, line: Line) -> Decision:
        namesakes = [
            known
            for known in self._register.by_place.get(
                place_key(line.values, self._pack), ()
            )
            if _are_alike(line.values, known.values)
        ]
        if not namesakes:
            values = {"kind": DEFAULT_KIND, **line.values}
            return Decision(line.row, Outcome.NEW, values)
        same = [known for known in namesakes if not _changes(line, known)]
        if same:
            return Decision(line.row, Outcome.SAME, pk=same[0].pk)
        only = namesakes[0].values
        code = only.get("code", "")
        reason = "possible_duplicate_with_code" if code else "possible_duplicate"
        facts = {"name": only["name"], "code": code}
        return self._duplicate(self._doubt(line, "name", reason, **facts))

    def _duplicate(self, doubt: Problem) -> Decision:
        self.problems.append(doubt)
        return Decision(doubt.row, Outcome.DUPLICATE)

    def _compared(self, line: Line, known: Known) -> Decision:
        changes = _changes(line, known)
        outcome = Outcome.CHANGED if changes else Outcome.SAME
        return Decision(line.row, outcome, changes, known.pk)

    def _doubt(self, line: Line, field: str, reason: str, **facts: Any) -> Problem:
        received = shown(line.values.get(field, ""))
        title = self._table.title_of(field)
        return Problem(line.row, field, title, reason, received, facts)


def _are_alike(values: Mapping[str, str], others: Mapping[str, str]) -> bool:
    """Whether two whose names say the same may be one organisation."""
    codes = values.get("code", ""), others.get("code", "")
    if not all(codes):
        return True
    return search_key(values["name"]) == search_key(others["name"])


def _changes(line: Line, known: Known) -> dict[str, str]:
    return {
        name: value
        for name, value in line.values.items()
        if known.values.get(name, value) != value
    }


def shown(text: str) -> str:
    """As much of a stranger's text as is repeated to people."""
    text = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return visible(text)
