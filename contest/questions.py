"""What is wrong with questions and with answers to them, in sentences. Pure otherwise.

The answers themselves are read by ``contest.answers``; its functions are had from here
too, so that others need one door.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from contest.answers import (
    CHOOSING,
    CONDITIONAL_ON,
    COUNTING,
    NO,
    NOMINATIONS,
    YES,
    Answers,
    Question,
    Unreadable,
    asked,
    code_of,
    is_empty,
    missing_answers,
    normalised,
    read_answer,
    with_defaults,
)
from core.errors import FieldError

__all__ = [
    "answer_problems",
    "asked",
    "missing_answers",
    "normalised",
    "question_problems",
]

_ENDS = ("minimum", "maximum")
_SHOWN = 60  # characters of an answer that are repeated
_SENTENCES: Mapping[str, str] = {
    "text": gettext_noop("Answer with a text; received: {received}."),
    "one_line": gettext_noop("This answer must stand on one line."),
    "character": gettext_noop(
        "The character {character} at position {position} is not allowed in text;"
        " delete it there."
    ),
    "long": gettext_noop(
        "The answer is {length} characters long; the limit is {limit}."
    ),
    "number": gettext_noop(
        "“{received}” is not a number; write it such as 12 or 12,5."
    ),
    "whole_number": gettext_noop(
        "“{received}” is not a whole number; write it such as 120."
    ),
    "money": gettext_noop(
        "“{received}” is not an amount; write it such as 18 407,00, with two digits"
        " after the comma at most."
    ),
    "date": gettext_noop(
        "“{received}” is not a date; write year, month and day such as 2024-05-31."
    ),
    "low": gettext_noop("“{received}” is below {limit}, the least that is allowed."),
    "high": gettext_noop("“{received}” is above {limit}, the most that is allowed."),
    "yes_no": gettext_noop("Answer yes or no (true or false); received: {received}."),
    "choice": gettext_noop(
        "“{received}” is not among the choices; there are: {allowed}."
    ),
    "choices": gettext_noop("Send a list of choices; received: {received}."),
    "twice": gettext_noop("One choice stands here twice: {received}."),
    "many": gettext_noop("Chosen are {count}, the limit is {limit}."),
    "link": gettext_noop(
        "“{received}” is not an address of the web; write it such as"
        " https://example.org/."
    ),
    "email": gettext_noop(
        "“{received}” is not an e-mail address; write it such as name@example.org."
    ),
    "file": gettext_noop("This question is answered with a file: attach one to it."),
    "phone": gettext_noop(
        "“{received}” is not a telephone number; write it such as +370 600 00000."
    ),
}


def answer_problems(
    questions: Iterable[Question], answers: Answers
) -> Iterator[FieldError]:
    """Find the answers that nobody asked for or that their question cannot take.

    Every answer given is read, asked now or not; empty ones are no answers.
    """
    known = {question["code"]: question for question in questions}
    if unknown := sorted(answers.keys() - known.keys()):
        yield FieldError(
            "answers",
            _("There is no question “{code}”; there are: {allowed}.").format(
                code=unknown[0][:_SHOWN], allowed=", ".join(sorted(known)) or "–"
            ),
        )
    for code, question in known.items():
        value = answers.get(code)
        if is_empty(value):
            continue
        try:
            read_answer(question, value)
        except Unreadable as exc:
            received = _shortly(value)
            sentence = _(_SENTENCES[exc.why]).format(received=received, **exc.facts)
            yield FieldError(f"answers.{code}", sentence, received=received)


def question_problems(
    questions: Sequence[Question], nominations: Collection[str]
) -> Iterator[FieldError]:
    """Find what contradicts itself in the questions of a rulebook's document.

    ``nominations`` are those that entrants choose among.
    """
    possible: dict[str, Collection[str]] = {NOMINATIONS: nominations}
    for index, given in enumerate(questions):
        where, question = f"questions.{index}", with_defaults(given)
        if question["code"] in possible:
            yield FieldError(
                f"{where}.code",
                _("The code {code} is taken; each question has its own.").format(
                    code=question["code"]
                ),
            )
        yield from _choice_problems(question, where)
        yield from _limit_problems(question, where)
        if question["when"]:
            yield from _condition_problems(question["when"], possible, where)
        possible.setdefault(question["code"], _possible_answers(question))


def _shortly(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _possible_answers(question: Question) -> Collection[str]:
    """List the answers that a condition can wait for; none where it cannot."""
    if question["kind"] == "yes_no":
        return (YES, NO)
    return [choice["code"] for choice in question["choices"]]


def _choice_problems(question: Question, where: str) -> Iterator[FieldError]:
    codes = [choice["code"] for choice in question["choices"]]
    if question["kind"] not in CHOOSING:
        if codes:
            yield FieldError(
                f"{where}.choices",
                _("Only questions of the kinds {kinds} have choices.").format(
                    kinds=", ".join(CHOOSING)
                ),
                code="choices_of_other_kind",
            )
    elif not codes:
        yield FieldError(f"{where}.choices", _("Give the choices of this question."))
    for index, code in enumerate(codes):
        if code in codes[:index]:
            yield FieldError(
                f"{where}.choices.{index}.code",
                _("There are two choices with the code {code}.").format(code=code),
            )
    least, most = question["min_choices"], question["max_choices"]
    if (least or most) and question["kind"] != "choices":
        yield FieldError(
            f"{where}.{'min_choices' if least else 'max_choices'}",
            _("Only questions of the kinds {kinds} have a number of choices.").format(
                kinds="choices"
            ),
            code="count_of_other_kind",
        )
    elif (least or 0) > (most or len(codes)) or (least or 0) > len(codes):
        yield FieldError(
            f"{where}.min_choices",
            _(
                "At least {least} of {count} choices, at most {most}: nobody can."
            ).format(least=least, most=most or len(codes), count=len(codes)),
        )


def _limit_problems(question: Question, where: str) -> Iterator[FieldError]:
    """Read the limits as answers without limits: they have the question's kind."""
    free = {**question, "minimum": None, "maximum": None}
    read: dict[str, Any] = {}
    for end in _ENDS:
        if question[end] is None:
            continue
        if question["kind"] not in COUNTING:
            yield FieldError(
                f"{where}.{end}",
                _(
                    "Only questions of the kinds {kinds} have a minimum or maximum."
                ).format(kinds=", ".join(COUNTING)),
                code="limits_of_other_kind",
            )
            return
        try:
            read[end] = read_answer(free, question[end])
        except Unreadable as exc:
            sentence = _(_SENTENCES[exc.why])
            yield FieldError(
                f"{where}.{end}",
                sentence.format(received=_shortly(question[end]), **exc.facts),
                received=_shortly(question[end]),
            )
    if len(read) == len(_ENDS) and _crossed(question["kind"], **read):
        yield FieldError(
            f"{where}.maximum",
            _("The maximum {maximum} is below the minimum {minimum}.").format(**read),
        )


def _crossed(kind: str, minimum: str, maximum: str) -> bool:
    if kind == "date":
        return minimum > maximum
    return Decimal(minimum) > Decimal(maximum)


def _condition_problems(
    when: Mapping[str, Any], possible: Mapping[str, Collection[str]], where: str
) -> Iterator[FieldError]:
    earlier = [code for code, answers in possible.items() if answers]
    if when["question"] not in earlier:
        yield FieldError(
            f"{where}.when.question",
            _(
                "A condition looks at an earlier question of the kinds {kinds}, or at"
                " “nominations” to choose; “{code}” is none. There are: {allowed}."
            ).format(
                kinds=", ".join(CONDITIONAL_ON),
                code=when["question"],
                allowed=", ".join(earlier) or "–",
            ),
            code="condition_elsewhere",
            received=when["question"],
        )
        return
    allowed = possible[when["question"]]
    for index, value in enumerate(when["is"]):
        if code_of(value) not in allowed:
            yield FieldError(
                f"{where}.when.is.{index}",
                _(
                    "“{code}” is never answered “{value}”; possible are: {allowed}."
                ).format(
                    code=when["question"],
                    value=_shortly(value),
                    allowed=", ".join(allowed),
                ),
                code="condition_never",
                received=value,
            )
