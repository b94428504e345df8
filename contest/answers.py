"""Answers to an edition's own questions: reading them, and which are asked. Pure.

An answer is stored as a JSON value that says the same in every language: texts in NFC,
numbers and dates as text (``"18407.00"``, ``"2024-05-31"``), yes and no as booleans,
choices by their codes. ``contest.questions`` says in sentences what cannot be read.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from core.text import ForbiddenCharacter, clean

# A question as the rulebook's document has it, with every key (see ``with_defaults``).
Question = Mapping[str, Any]
Answers = Mapping[str, Any]

CHOOSING = ("choice", "choices")
COUNTING = ("whole_number", "number", "money", "date")  # those that have limits
WRITING = ("text", "long_text")
CONDITIONAL_ON = ("yes_no", *CHOOSING)
FILE = "file"  # answered by files of the entry, not by what is written
KINDS = (*WRITING, *COUNTING, *CONDITIONAL_ON, "link", "email", "phone", FILE)
GROUPS = ("organisation", "project", "money", "statements", "other")
NOMINATIONS = "nominations"  # the fixed field that a condition may look at
YES, NO = "yes", "no"
MAX_LENGTH = 2000

_DEFAULTS: Question = {
    "help": {},
    "required": False,
    "max_length": MAX_LENGTH,
    "minimum": None,
    "maximum": None,
    "choices": (),
    "min_choices": None,
    "max_choices": None,
    "when": None,
    "group": "other",
}
_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,6})?", re.ASCII)
_WHOLE_NUMBER = re.compile(r"[+-]?\d{1,12}", re.ASCII)
_AMOUNT = re.compile(r"[+-]?\d{1,12}(\.\d{1,2})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_EMAIL = re.compile(r"[^@\s\"<>,;]{1,64}@[^@\s\"<>,;.]+(\.[^@\s\"<>,;.]+)+")
_PHONE = re.compile(r"\+?[\d ()./-]+", re.ASCII)
_PHONE_DIGITS = range(5, 16)
_CENT = Decimal("0.01")
_SIGNS = str.maketrans({"−": "-", ",": "."})
_SAID = {YES: True, NO: False, "true": True, "false": False}


class Unreadable(ValueError):
    """An answer that its question cannot take: why, and what a sentence needs."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why)
        self.why = why
        self.facts = facts


def with_defaults(question: Question) -> Question:
    """Fill the keys that a document may leave out."""
    return {**_DEFAULTS, **question}


def is_empty(value: Any) -> bool:
    """Tell whether nothing was answered; no is an answer."""
    return value in (None, "", []) or (isinstance(value, str) and not value.strip())


def read_answer(question: Question, value: Any) -> Any:
    """Turn what was sent into what is stored; ``Unreadable`` says why not.

    How many choices there must be at least is not asked here: a draft may have fewer.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    return _READERS[question["kind"]](question, value)


def asked(
    questions: Iterable[Question], content: Mapping[str, Any]
) -> tuple[Question, ...]:
    """Choose the questions whose conditions hold for what an entry says.

    ``content`` has ``answers`` and ``nominations``. An answer to a question that is
    itself not asked opens no other.
    """
    answers = content.get("answers") or {}
    said: dict[str, frozenset[str]] = {
        NOMINATIONS: frozenset(content.get(NOMINATIONS) or ())
    }
    found = []
    for question in questions:
        when = question["when"]
        if when and not said.get(when["question"], frozenset()) & _codes(when["is"]):
            continue
        found.append(question)
        said[question["code"]] = _codes(answers.get(question["code"]))
    return tuple(found)


def missing_answers(
    questions: Iterable[Question], content: Mapping[str, Any]
) -> list[str]:
    """List the codes of the questions that an entry must still answer to be sent.

    Those that are required, asked and empty; those with too few choices; and those
    whose stored answer does not fit the question any more, since the rules changed.
    ``content`` has ``files`` as well, each with the ``question`` that it answers.
    """
    return [
        question["code"]
        for question in asked(questions, content)
        if not _is_answered(question, answer_in(content, question))
    ]


def answer_in(content: Mapping[str, Any], question: Question) -> Any:
    """Find what an entry answers: a value, or the files attached to the question."""
    if question["kind"] == FILE:
        return files_for(question["code"], content)
    return (content.get("answers") or {}).get(question["code"])


def files_for(code: str, content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """List what is said of the files that answer a question, in their order."""
    files = content.get("files") or ()
    return [file for file in files if file.get("question") == code]


def normalised(questions: Iterable[Question], answers: Answers) -> dict[str, Any]:
    """Write answers as they are stored; empty ones go, unreadable ones stay as is."""
    known = {question["code"]: question for question in questions}
    found = {}
    for code, value in answers.items():
        if is_empty(value):
            continue
        try:
            found[code] = read_answer(known[code], value) if code in known else value
        except Unreadable:
            found[code] = value
    return found


def _is_answered(question: Question, value: Any) -> bool:
    if is_empty(value):
        return not question["required"]
    if question["kind"] == FILE:
        return True
    try:
        found = read_answer(question, value)
    except Unreadable:
        return False
    least = question["min_choices"]
    return question["kind"] != "choices" or not least or len(found) >= least


def code_of(value: Any) -> Any:
    """Give the code by which conditions know an answer."""
    if isinstance(value, bool):
        return YES if value else NO
    return value


def _codes(value: Any) -> frozenset[str]:
    values = value if isinstance(value, (list, tuple)) else [value]
    return frozenset(code_of(v) for v in values if isinstance(v, (str, bool)))


def _line(value: Any) -> str:
    text = _lines(value)
    if "\n" in text or "\t" in text:
        raise Unreadable("one_line")
    return text


def _lines(value: Any) -> str:
    if not isinstance(value, str):
        raise Unreadable("text")
    try:
        return clean(value.strip())
    except ForbiddenCharacter as exc:
        raise Unreadable(
            "character", character=exc.character, position=exc.position
        ) from exc


def _text(question: Question, value: Any) -> str:
    text = _lines(value) if question["kind"] == "long_text" else _line(value)
    if len(text) > question["max_length"]:
        raise Unreadable("long", length=len(text), limit=question["max_length"])
    return text


def _number(question: Question, value: Any) -> str:
    number = _within(question, _decimal(_NUMBER, value, "number"))
    return f"{number.normalize() + 0:f}"


def _whole_number(question: Question, value: Any) -> str:
    return f"{_within(question, _decimal(_WHOLE_NUMBER, value, 'whole_number')) + 0:f}"


def _money(question: Question, value: Any) -> str:
    amount = _decimal(_AMOUNT, value, "money").quantize(_CENT) + 0
    if question["minimum"] is None and amount < 0:
        raise Unreadable("low", limit="0")
    return f"{_within(question, amount):f}"


def _decimal(pattern: re.Pattern[str], value: Any, why: str) -> Decimal:
    """Read a number with a comma or a point, and with spaces between thousands."""
    text = _compact(value) if isinstance(value, str) else ""
    if not pattern.fullmatch(text):
        raise Unreadable(why)
    return Decimal(text)


def _compact(text: str) -> str:
    return "".join(text.split()).translate(_SIGNS)


def _within(question: Question, number: Decimal) -> Decimal:
    low, high = question["minimum"], question["maximum"]
    if low is not None and number < Decimal(_compact(low)):
        raise Unreadable("low", limit=low)
    if high is not None and number > Decimal(_compact(high)):
        raise Unreadable("high", limit=high)
    return number


def _date(question: Question, value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if not _DATE.fullmatch(text):
        raise Unreadable("date")
    try:
        found = date.fromisoformat(text).isoformat()
    except ValueError as exc:
        raise Unreadable("date") from exc
    low, high = question["minimum"], question["maximum"]
    if low is not None and found < low:  # years have four digits: text sorts as time
        raise Unreadable("low", limit=low)
    if high is not None and found > high:
        raise Unreadable("high", limit=high)
    return found


def _yes_no(_question: Question, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or value not in _SAID:
        raise Unreadable("yes_no")
    return _SAID[value]


def _choice(question: Question, value: Any) -> str:
    codes = [choice["code"] for choice in question["choices"]]
    if not isinstance(value, str) or value not in codes:
        raise Unreadable("choice", allowed=", ".join(codes))
    return value


def _choices(question: Question, value: Any) -> list[str]:
    if not isinstance(value, list):
        raise Unreadable("choices")
    chosen = [_choice(question, one) for one in value]
    if len(set(chosen)) < len(chosen):
        raise Unreadable("twice")
    limit = question["max_choices"]
    if limit is not None and len(chosen) > limit:
        raise Unreadable("many", count=len(chosen), limit=limit)
    return chosen


def _link(question: Question, value: Any) -> str:
    text = _text(question, value)
    try:
        parts = urlsplit(text)
    except ValueError as exc:
        raise Unreadable("link") from exc
    is_link = parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    if not is_link or any(character.isspace() for character in text):
        raise Unreadable("link")
    return text


def _email(question: Question, value: Any) -> str:
    text = _text(question, value)
    if not _EMAIL.fullmatch(text):
        raise Unreadable("email")
    return text


def _phone(question: Question, value: Any) -> str:
    text = _text(question, value)
    digits = sum(character.isdecimal() for character in text)
    if not _PHONE.fullmatch(text) or digits not in _PHONE_DIGITS:
        raise Unreadable("phone")
    return text


def _file(_question: Question, _value: Any) -> None:
    raise Unreadable("file")


_READERS: Mapping[str, Callable[[Question, Any], Any]] = {
    "text": _text,
    "long_text": _text,
    "number": _number,
    "whole_number": _whole_number,
    "money": _money,
    "date": _date,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "link": _link,
    "email": _email,
    "phone": _phone,
    FILE: _file,
}
