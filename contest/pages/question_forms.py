"""The edition's own questions as forms: their order, and one of them in full."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.answers import (
    CONDITIONAL_ON,
    NO,
    NOMINATIONS,
    YES,
    code_of,
    with_defaults,
)
from contest.pages.order_forms import OrderForm
from contest.pages.question_fields import question_field
from contest.pages.rules_forms import SPARE, PartForm, code_for, whole_field
from contest.pages.texts import first_of, gather, spread, text_fields
from core.localized import localized
from core.pages.forms import Form, TextField

KINDS = {
    "text": gettext_lazy("a short text, on one line"),
    "long_text": gettext_lazy("a longer text"),
    "whole_number": gettext_lazy("a whole number"),
    "number": gettext_lazy("a number"),
    "money": gettext_lazy("an amount of money"),
    "date": gettext_lazy("a date"),
    "yes_no": gettext_lazy("yes or no"),
    "choice": gettext_lazy("one of several choices"),
    "choices": gettext_lazy("several of the choices"),
    "link": gettext_lazy("an address on the web"),
    "email": gettext_lazy("an e-mail address"),
    "phone": gettext_lazy("a telephone number"),
    "file": gettext_lazy("a file or several (photo or PDF)"),
}
GROUPS = {
    "organisation": gettext_lazy("Contact"),
    "project": gettext_lazy("Project"),
    "money": gettext_lazy("Money and dates"),
    "statements": gettext_lazy("Innovation, success, social responsibility"),
    "other": gettext_lazy("Questions of this contest"),
}
_SAID = {YES: gettext_lazy("yes"), NO: gettext_lazy("no")}
_NUMBERS = ("max_length", "min_choices", "max_choices")
_ENDS = ("minimum", "maximum")
_IS = "="  # between a question and its answer; no code has it
_MOST_CHOICES = 60


def answers_to_wait_for(document, before=None):
    """Name the answers that a question may depend on: ``question=answer``, in words.

    They are of the questions that stand before the question ``before``.
    """
    chosen = [n for n in document["nominations"] if n["entries"] == "chosen"]
    found = _answers_of(NOMINATIONS, _("Nominations"), chosen)
    for question in document["questions"]:
        if question["code"] == before:
            break
        if question["kind"] not in CONDITIONAL_ON:
            continue
        rows = question["choices"]
        if question["kind"] == "yes_no":
            rows = [{"code": code, "title": {"": _SAID[code]}} for code in _SAID]
        found += _answers_of(question["code"], localized(question["title"]), rows)
    return found


def _answers_of(code, title, rows):
    label = _("{question}: {answer}")
    return [
        (
            f"{code}{_IS}{row['code']}",
            label.format(question=title, answer=localized(row["title"])),
        )
        for row in rows
    ]


def _waited_for(when):
    """Write a condition as the ticks of its form."""
    if not when:
        return []
    return [f"{when['question']}{_IS}{code_of(value)}" for value in when["is"]]


def in_words(document):
    """Give each question with its words for a list, and its condition in words."""
    for given in document["questions"]:
        question = with_defaults(given)
        words = dict(answers_to_wait_for(document, question["code"]))
        ticks = _waited_for(question["when"])
        yield {
            "code": question["code"],
            "title": localized(question["title"]),
            "kind": KINDS[question["kind"]],
            "group": GROUPS[question["group"]],
            "required": question["required"],
            "when": ", ".join(str(words.get(tick, tick)) for tick in ticks),
        }


class QuestionsForm(OrderForm):
    """The order of the questions; one that is not in it any more is taken out."""

    takes_out = True

    @classmethod
    def in_words(cls, document, part):  # noqa: ARG003 -- as every order is asked
        return list(in_words(document))


class QuestionForm(PartForm):
    """One question in full; without ``code`` it is a new one, which comes last."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of answer"), choices=list(KINDS.items())
    )
    group = forms.ChoiceField(
        label=gettext_lazy("On which page of the entry form it stands"),
        choices=list(GROUPS.items()),
    )
    required = forms.BooleanField(
        label=gettext_lazy("An entry cannot be sent without an answer"), required=False
    )
    when = forms.MultipleChoiceField(
        label=gettext_lazy("Asked only where"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy(
            "Nothing ticked: always. Tick one or several answers of one question: one"
            " of them is enough."
        ),
    )
    max_length = whole_field(
        gettext_lazy("Characters of a text at most"), max_value=20_000
    )
    minimum = TextField(
        label=gettext_lazy("Lowest number or earliest date"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Such as 12,5 or 2024-05-31."),
    )
    maximum = TextField(
        label=gettext_lazy("Highest number or latest date"),
        max_length=20,
        required=False,
    )
    min_choices = whole_field(
        gettext_lazy("At least so many choices"),
        max_value=_MOST_CHOICES,
        required=False,
    )
    max_choices = whole_field(
        gettext_lazy("At most so many choices"), max_value=_MOST_CHOICES, required=False
    )

    def __init__(self, *args, code=None, **kwargs):
        self.code = code
        super().__init__(*args, **kwargs)

    def add_fields(self):
        """Add texts, the choices with some empty rows, and what it may depend on."""
        needs_first = self.code is None or bool(self.initial[first_of("title")])
        title = text_fields(
            "title", _("Question"), required=needs_first, max_length=300
        )
        help_ = text_fields(
            "help", _("Help beside it"), max_length=2000, multiline=True
        )
        for field in help_.values():
            field.widget.attrs["rows"] = 3
        self.texts = [*title, *help_]
        self.fields.update(title | help_)
        self.choices = []
        for number in range(1, len(self._given["choices"]) + SPARE + 2):
            label = _("Choice {number}").format(number=number)
            fields = text_fields(f"choice_{number}", label, max_length=300)
            self.fields.update(fields)
            self.choices += fields
        waiting = answers_to_wait_for(self.document, self.code)
        self.fields["when"].choices = waiting
        if not waiting:
            del self.fields["when"]

    @property
    def _given(self):
        found = (q for q in self.document["questions"] if q["code"] == self.code)
        return with_defaults(next(found, {}))

    @classmethod
    def shown(cls, document, *, code=None):
        found = (q for q in document["questions"] if q["code"] == code)
        question = with_defaults(next(found, {"kind": "text", "title": {}}))
        plain = ("kind", "group", "required", *_NUMBERS, *_ENDS)
        values = {name: question[name] for name in plain}
        for number, row in enumerate(question["choices"], start=1):
            values |= spread(f"choice_{number}", row["title"])
        return {
            **values,
            **spread("title", question["title"]),
            **spread("help", question["help"]),
            "when": _waited_for(question["when"]),
        }

    def sections(self):
        return [
            ("", self.section(*self.texts, "kind", "required", "group")),
            (_("Choices"), self.section(*self.choices, "min_choices", "max_choices")),
            (_("Limits of the answer"), self.section("max_length", *_ENDS)),
            (_("When it is asked"), self.section("when")),
        ]

    def clean_when(self):
        """Take answers of one question: the rules know no other conditions."""
        ticks = [tick.split(_IS) for tick in self.cleaned_data["when"]]
        if len({question for question, _answer in ticks}) > 1:
            raise forms.ValidationError(
                _("These are answers of several questions; tick those of one.")
            )
        given = self._given["when"]
        if not ticks:
            return None
        if sorted(_waited_for(given)) == sorted(self.cleaned_data["when"]):
            return given
        return {"question": ticks[0][0], "is": [answer for _q, answer in ticks]}

    def write(self, values, document):
        rows = document["questions"]
        codes = [row["code"] for row in rows]
        place = codes.index(self.code) if self.code in codes else len(rows)
        title = gather("title", values)
        question = {
            **self._given,
            "code": self.code or code_for(title, {*codes, NOMINATIONS}),
            "title": title,
            "help": gather("help", values),
            "when": values.get("when"),
            "choices": list(self._choices(values, f"questions.{place}")),
        }
        for name in ("kind", "group", "required", *_NUMBERS):
            question[name] = values[name]
        for name in _ENDS:
            question[name] = values[name] or None
        rows[place:] = [question, *rows[place + 1 :]]
        self.written = question
        at = f"questions.{place}"
        self.asked_at[at] = self.asked_at[f"{at}.title"] = first_of("title")
        self.asked_at[f"{at}.help"] = first_of("help")
        for name in ("kind", "group", "when", *_NUMBERS, *_ENDS):
            self.asked_at[f"{at}.{name}"] = name
        self.asked_at[f"{at}.choices"] = self.choices[0]

    def _choices(self, values, place):
        """Yield the choices that have a text; a known one keeps its code."""
        given = self._given["choices"]
        taken = {row["code"] for row in given}
        count = 0
        for number in range(1, len(given) + SPARE + 2):
            title = gather(f"choice_{number}", values)
            if not title:
                continue
            is_known = number <= len(given)
            code = given[number - 1]["code"] if is_known else code_for(title, taken)
            taken.add(code)
            self.asked_at[f"{place}.choices.{count}"] = first_of(f"choice_{number}")
            count += 1
            yield {"code": code, "title": title}


class LookForm(Form):
    """Questions as an entrant meets them, with nothing to send."""

    def __init__(self, *args, questions, **kwargs):
        kwargs.setdefault("prefix", "shown")
        super().__init__(*args, **kwargs)
        for question in questions:
            field = question_field(with_defaults(question))
            self.fields[question["code"]] = field
