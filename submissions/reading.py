"""An entry as it is read: what was sent, in words, without contacts.

For everybody who judges or looks at what was entered. A further fact is one line here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contest.answers import FILE, answer_in, is_empty
from core.localized import localized, localized_money
from core.text import Passage
from organisations.countries import country
from submissions.models import Attachment, Submission

_CONTACT_QUESTIONS = frozenset({"email", "phone"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What was sent: statements to read one after the other, facts to look up."""

    title: str
    statements: list[Passage]
    facts: list[Passage]
    links: list[str]


def reading_of(entry: Submission) -> Reading:
    """Put what is entered into words; its contest and version are loaded.

    Answers to questions that ask for a contact are left out.
    """
    document = entry.sent_document
    long: list[Passage] = []
    short: list[Passage] = []
    for passage, is_long in _answers(entry, document):
        (long if is_long else short).append(passage)
    return Reading(
        title=document["title"],
        statements=[*_given(_statements(document)), *long],
        facts=[*_given(_facts(entry, document)), *short],
        links=list(map(str, document.get("links") or ())),
    )


def _statements(document: Mapping[str, Any]) -> Iterator[Passage]:
    yield Passage(_("Summary of the project"), document["summary"])
    yield Passage(_("Innovation"), document["innovation"])
    yield Passage(_("Success"), document["success"])
    yield Passage(_("Social responsibility"), document["social_responsibility"])
    yield Passage(_("Partners"), document.get("partners") or "")


def _facts(entry: Submission, document: Mapping[str, Any]) -> Iterator[Passage]:
    pack = country(entry.organisation.country)
    yield Passage(_("Place"), document["place"])
    yield Passage(_("Eldership"), document.get("eldership") or "")
    yield Passage(_("Municipality"), pack.place_name(document["municipality"]))
    yield Passage(_("Action group"), document["action_group"])
    yield Passage(_("Measure"), document["measure"])
    yield Passage(_("Project number"), document["project_number"])
    for field, label in (
        ("total", _("Total value")),
        ("grant_awarded", _("Grant awarded")),
        ("grant_paid", _("Grant paid")),
    ):
        yield Passage(label, _money(document.get(field), document["currency"]))
    yield Passage(_("Begun on"), day_in_words(document["started_on"]))
    yield Passage(_("Finished on"), day_in_words(document["finished_on"]))
    titles = {
        n["code"]: localized(n["title"], fallback=entry.contest.fallback_language)
        for n in entry.contest.rules_in_force.document["nominations"]
    }
    chosen = [titles.get(code, code) for code in document.get("nominations") or ()]
    yield Passage(_("Nominations"), ", ".join(chosen))


def _answers(
    entry: Submission, document: Mapping[str, Any]
) -> Iterator[tuple[Passage, bool]]:
    fallback = entry.contest.fallback_language
    for question in entry.form.document["questions"]:
        answer = answer_in(document, question)
        if question["kind"] == FILE:
            answer = open_names(answer)
        if question["kind"] in _CONTACT_QUESTIONS or is_empty(answer):
            continue
        title = localized(question["title"], fallback=fallback) or question["code"]
        text = answer_in_words(question, answer, document["currency"], fallback)
        yield Passage(title, text), question["kind"] == "long_text"


def open_names(files: Iterable[Mapping[str, Any]]) -> list[str]:
    """Name files, but for papers that are shown to few."""
    return [f["name"] for f in files if f["kind"] not in Attachment.PRIVATE_KINDS]


def answer_in_words(
    question: Mapping[str, Any], answer: Any, currency: str, fallback: str = ""
) -> str:
    """Write an answer to a question of the edition as a reader expects it."""
    titles: dict[str, str] = {
        choice["code"]: localized(choice["title"], fallback=fallback)
        for choice in question.get("choices") or ()
    }
    if isinstance(answer, bool):
        return _("yes") if answer else _("no")
    if isinstance(answer, list):
        return "\n".join(titles.get(str(code), str(code)) for code in answer)
    if question["kind"] == "date":
        return day_in_words(answer)
    if question["kind"] == "money":
        return _money(answer, currency)
    return titles.get(str(answer), str(answer))


def _given(passages: Iterable[Passage]) -> list[Passage]:
    return [passage for passage in passages if passage.text]


def day_in_words(text: str | None) -> str:
    """Write a stored date in the reader's language."""
    return date_format(date.fromisoformat(text), "DATE_FORMAT") if text else ""


def _money(text: str | None, currency: str) -> str:
    return localized_money(Decimal(text), currency) if text else ""
