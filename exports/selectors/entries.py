"""The columns of entries: what a file tells of each. No personal contact is here.

A further fact of an entry is one line in ``_facts`` (it stands in the ranking's sheet
*Entries* and in the export of entries) or in ``_texts`` (in the latter only).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from contest.answers import FILE, answer_in
from contest.models import Contest
from core.localized import localized
from exports.selectors.sent import Sent
from exports.workbooks.cells import Value
from exports.workbooks.spool import Spool
from exports.workbooks.styles import Style
from exports.workbooks.table import Heading, Table
from organisations.labels import KIND_LABELS
from submissions.models import Submission
from submissions.reading import open_names

Column = tuple[Heading, Callable[[Sent], Value]]

# Answers to questions of these kinds are contacts: they go to that export only.
CONTACT_QUESTIONS = frozenset({"email", "phone"})
TITLE_ON_HEAD = 60  # characters of a question that head its column


class Gathering:
    """A table that fills while the entries are read."""

    def __init__(self, columns: Sequence[Column]) -> None:
        """Begin without rows."""
        self._columns = columns
        self._rows = Spool()

    def add(self, entry: Sent) -> None:
        """Keep a row."""
        self._rows.append([value(entry) for _heading, value in self._columns])

    def table(self) -> Table:
        """What was gathered."""
        return Table([heading for heading, _value in self._columns], self._rows)


def facts_of_entries(contest: Contest) -> list[Column]:
    """What the ranking's sheet *Entries* tells."""
    return [*_facts(contest), *_receipts(contest)]


def everything_entered(contest: Contest) -> list[Column]:
    """What the export of entries tells: own questions too, one column each."""
    own = _questions(contest.rules_in_force.document["questions"], contest)
    return [*_facts(contest), *_texts(), *own, *_receipts(contest)]


def _facts(contest: Contest) -> list[Column]:
    nominations = titles(contest, "nominations")
    return [
        _text("reference", _("Reference"), 13, lambda e: e.reference, Style.LINE),
        _text("state", _("State"), 13, lambda e: state_label(e.state)),
        _text("title", _("Title"), 40, lambda e: e.text("title")),
        _text("organisation", _("Organisation"), 30, lambda e: e.shown_name),
        _text("kind", _("Kind of organisation"), 18, kind_label),
        _text("country", _("Country"), 14, lambda e: e.country_name),
        _text("municipality", _("Municipality"), 20, lambda e: e.municipality),
        _text("county", _("County"), 16, lambda e: e.county),
        _text("action_group", _("Action group"), 26, lambda e: e.action_group),
        _text("place", _("Place"), 20, lambda e: e.text("place")),
        _text("measure", _("Measure"), 18, lambda e: e.text("measure")),
        _text(
            *("project_number", _("Project number"), 26),
            lambda e: e.text("project_number"),
        ),
        _text(
            *("contract_number", _("Contract number"), 20),
            lambda e: e.text("contract_number"),
        ),
        _money("total", _("Total value"), contest),
        _money("grant_awarded", _("Grant awarded"), contest),
        _money("grant_paid", _("Grant paid"), contest),
        _day("started_on", _("Begun on")),
        _day("finished_on", _("Finished on")),
        _text(
            *("nominations", _("Nominations"), 24),
            lambda e: ", ".join(
                nominations.get(code, code)
                for code in e.document.get("nominations") or ()
            ),
        ),
    ]


def _texts() -> list[Column]:
    fields = {
        "summary": _("Summary of the project"),
        "innovation": _("Innovation"),
        "success": _("Success"),
        "social_responsibility": _("Social responsibility"),
    }
    links = _text(
        *("links", _("Links"), 40),
        lambda e: "\n".join(map(str, e.document.get("links") or ())),
    )
    return [
        *(_text(key, title, 60, _sent(key)) for key, title in fields.items()),
        links,
    ]


def _receipts(contest: Contest) -> list[Column]:
    zone = ZoneInfo(contest.time_zone)
    return [
        (
            Heading("submitted_at", _("Sent at"), 20, Style.MOMENT),
            lambda e: e.submitted_at.astimezone(zone),
        ),
        (Heading("version", _("Version"), 9, Style.COUNT), lambda e: e.version),
        _text("sha256", _("SHA-256 of the content"), 20, lambda e: e.sha256),
    ]


def _questions(
    questions: Iterable[Mapping[str, Any]], contest: Contest
) -> Iterable[Column]:
    fallback = contest.fallback_language
    for question in questions:
        if question["kind"] not in CONTACT_QUESTIONS:
            title = localized(question["title"], fallback=fallback) or question["code"]
            head = title[:TITLE_ON_HEAD]
            yield _text(f"answers.{question['code']}", head, 40, _answer(question))


def _answer(question: Mapping[str, Any]) -> Callable[[Sent], str]:
    if question["kind"] == FILE:
        return lambda entry: in_words(open_names(answer_in(entry.document, question)))
    return lambda entry: in_words(answer_in(entry.document, question))


def in_words(answer: object) -> str:
    """An answer as a cell shows it: several choices in one line each."""
    if answer is None:
        return ""
    if isinstance(answer, bool):
        return _("yes") if answer else _("no")
    if isinstance(answer, list):
        return "\n".join(map(in_words, answer))
    return str(answer)


def _sent(field: str) -> Callable[[Sent], str]:
    return lambda entry: entry.text(field)


def _text(
    key: str,
    title: str,
    width: float,
    value: Callable[[Sent], str],
    style: Style = Style.TEXT,
) -> Column:
    return Heading(key, title, width, style), value


def _money(field: str, title: str, contest: Contest) -> Column:
    def amount(entry: Sent) -> Decimal | None:
        return entry.amount(field)

    return Heading(field, f"{title}, {contest.currency}", 15, Style.MONEY), amount


def _day(field: str, title: str) -> Column:
    return Heading(field, title, 12, Style.DAY), lambda entry: entry.day(field)


def titles(contest: Contest, part: str) -> dict[str, str]:
    """The titles of criteria or nominations by code, in the reader's language."""
    rows = contest.rules_in_force.document[part]
    fallback = contest.fallback_language
    return {row["code"]: localized(row["title"], fallback=fallback) for row in rows}


def state_label(state: str) -> str:
    """The state of an entry in words."""
    return str(Submission.State(state).label)


def kind_label(entry: Sent) -> str:
    """The kind of organisation in words."""
    return str(KIND_LABELS.get(entry.organisation_kind, entry.organisation_kind))
