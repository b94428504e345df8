"""What an entry says, in words and in the groups of the form, for a page to show."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from contest.answers import FILE, answer_in, asked
from core.localized import localized, localized_money
from organisations.countries import country
from submissions.content import CONTACT_FIELDS, MONEY_FIELDS
from submissions.labels import FIELD_LABELS, GROUP_LABELS, GROUPS
from submissions.reading import answer_in_words, day_in_words, open_names

_DAYS = frozenset({"started_on", "finished_on"})
_PRIVATE = frozenset({"email", "phone"})  # kinds of questions that ask for contacts


@dataclass(frozen=True, slots=True)
class Item:
    """A field with what was said; ``links`` where it is a list of addresses."""

    label: str
    value: str = ""
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A group of the form; fields that were left empty are not in it."""

    title: str
    items: list[Item]


def sections_of(submission, document, rules, *, with_contacts):
    """Put a frozen content into words; contacts only where the reader may see them."""
    found = []
    for code, fields in GROUPS.items():
        items = [
            _item(submission, document, rules, field)
            for field in fields
            if document.get(field) not in (None, "", [])
            and (with_contacts or field not in CONTACT_FIELDS)
        ]
        items += _answers(
            submission, document, rules, code, with_contacts=with_contacts
        )
        if items:
            found.append(Section(str(GROUP_LABELS[code]), items))
    return found


def item_of(submission, document, rules, name):
    """Put one value into words: that of a field, or of ``answers.<code>``."""
    code = name.removeprefix("answers.")
    if code == name:
        return _item(submission, document, rules, name)
    question = next(q for q in rules.questions if q["code"] == code)
    return _answered(submission, question, document["answers"][code])


def _item(submission, document, rules, field):
    label, value = str(FIELD_LABELS[field]), document[field]
    if field == "links":
        return Item(label, links=tuple(value))
    if field in MONEY_FIELDS:
        currency = submission.contest.currency
        return Item(label, localized_money(Decimal(value), currency))
    if field in _DAYS:
        return Item(label, day_in_words(value))
    if field == "nominations":
        titles = {n.code: localized(n.title) for n in rules.nominations}
        return Item(label, ", ".join(titles.get(code, code) for code in value))
    if field == "municipality":
        pack = country(submission.organisation.country)
        return Item(label, pack.place_name(value) or value)
    return Item(label, _in_words(value))


def _answers(submission, document, rules, group, *, with_contacts):
    return [
        _answered(submission, question, given)
        for question in asked(rules.questions, document)
        if question["group"] == group
        and (with_contacts or question["kind"] not in _PRIVATE)
        and (given := _given(question, document, with_contacts)) not in (None, "", [])
    ]


def _answered(submission, question, answer):
    currency = submission.contest.currency
    words = answer_in_words(question, answer, currency)
    return Item(localized(question["title"]), words)


def _given(question, document, with_contacts):
    """Find the answer; of files their names, personal papers as contacts are."""
    found = answer_in(document, question)
    if question["kind"] != FILE:
        return found
    return [file["name"] for file in found] if with_contacts else open_names(found)


def _in_words(value):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
