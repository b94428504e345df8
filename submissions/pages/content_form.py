"""The form of one page of an entry."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError

from contest.answers import FILE, NOMINATIONS, asked, code_of, normalised
from contest.pages.question_fields import question_field
from contest.rulebook import read_version
from core.api.problems import field_errors
from core.pages.forms import Form
from organisations.countries import country
from submissions.api.content_serializers import ContentSerializer
from submissions.comparing import flat, mark, marks
from submissions.content import MONEY_FIELDS, freeze
from submissions.pages.content_fields import (
    amount,
    fixed_field,
    in_currency,
    meant,
    shown,
)
from submissions.pages.parts import ANSWER

THEIRS = "theirs"
_NOT_OURS = _("This form did not arrive whole. Nothing was saved; send it again.")


class ContentForm(Form):
    """Reads what was typed; ``typed`` are the values that have the right shape."""

    use_required_attribute = False

    def __init__(self, *args, entry, part, **kwargs):
        super().__init__(*args, **kwargs)
        self.entry, self.rules = entry, read_version(entry.form)
        self.pack = country(entry.organisation.country)
        self._asks = {f"{ANSWER}{q['code']}": q for q in part.questions(self.rules)}
        self._shown = part.names(self.rules)
        self.names = [name for name in self._shown if not self._is_file(name)]
        for name in self.names:
            self.fields[name] = self._field(name)
        self.typed: dict[str, Any] = {}
        self.told: set[str] = set()  # fields whose stored value is shown beside

    @property
    def marks(self):
        """What the form carries along: marks of the values that it goes by.

        A value that was changed elsewhere and not told here keeps its old mark: else
        the next save would write over it without a word.
        """
        stored = marks(flat(freeze(self.entry)), self.names)
        if not self.is_bound:
            return json.dumps(stored)
        same = {n for n, v in self.typed.items() if mark(v) == stored[n]} | self.told
        old = self.before
        return json.dumps(
            {n: m if n in same else old.get(n, m) for n, m in stored.items()}
        )

    @property
    def unsaved(self):
        """Name what was typed here and is not stored: refused, or changed elsewhere."""
        if not self.is_bound:
            return []
        now, before = marks(flat(freeze(self.entry)), self.names), self.before
        settled = {
            name
            for name, value in self.typed.items()
            if mark(value) in {now[name], before.get(name)}
        }
        return [n for n in self.names if self._is_sent(n) and n not in settled]

    @property
    def before(self):
        """The marks that came back: of what the form was filled with."""
        try:
            found = json.loads(self.data.get("marks", ""))
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def get_initial_for_field(self, field, field_name):  # noqa: ARG002 -- Django's signature
        """Fill a field with what is stored."""
        if question := self._asks.get(field_name):
            value = self.entry.answers.get(question["code"])
            if question["kind"] == "money" and value:
                return amount(Decimal(value), self.pack)
        else:
            value = getattr(self.entry, field_name)
        return shown(field_name, value, self.pack)

    def rows(self):
        """Give each field with the condition of its question and whether it holds.

        A question that is answered with files has these instead of a field.
        """
        content = {"answers": self.entry.answers, NOMINATIONS: self.entry.nominations}
        now = {f"{ANSWER}{q['code']}" for q in asked(self.rules.questions, content)}
        files = self.entry.attachments.in_working_copy()
        attached = list(files) if self.asks_files else []
        for name in self._shown:
            question = self._asks.get(name)
            when = question["when"] if question else None
            is_file = self._is_file(name)
            yield {
                "field": None if is_file else self[name],
                "files": [f for f in attached if f.question == question["code"]]
                if is_file
                else None,
                "question": question,
                "is_asked": question is None or name in now,
                "when": when and self._name_of(when["question"]),
                "is": " ".join(str(code_of(value)) for value in when["is"])
                if when
                else "",
            }

    @property
    def asks_files(self):
        """Whether a question stands here that is answered with files."""
        return len(self.names) < len(self._shown)

    def _is_file(self, name):
        return name in self._asks and self._asks[name]["kind"] == FILE

    def _name_of(self, question):
        return question if question == NOMINATIONS else f"{ANSWER}{question}"

    def _field(self, name):
        if question := self._asks.get(name):
            field, is_money = question_field(question), question["kind"] == "money"
        else:
            field = fixed_field(name, self.rules, self.pack)
            is_money = name in MONEY_FIELDS
        if is_money:
            field.help_text = in_currency(field.help_text, self.entry.currency)
        return field

    def _clean_fields(self):
        """Let the serializer read; a field that it refuses costs the others nothing."""
        if not self.before:
            self.add_error(None, _NOT_OURS)
            return
        given = {n: self[n].data for n in self.names if self._is_sent(n)}
        wanted = {n: meant(n, v) for n, v in given.items() if n not in self._asks}
        codes = {n: n.removeprefix(ANSWER) for n in given if n in self._asks}
        wanted["answers"] = {code: given[name] for name, code in codes.items()}
        self.typed = self._read(wanted, codes)

    def _is_sent(self, name):
        """Whether this field came with the form, and is not given up for the stored."""
        widget = self.fields[name].widget
        is_there = not widget.value_omitted_from_data(self.data, self.files, name)
        return is_there and self.data.get(f"choice.{name}") != THEIRS

    def _read(self, wanted: Mapping[str, Any], codes: Mapping[str, str]):
        reader = ContentSerializer(data=wanted, partial=True)
        try:
            reader.is_valid(raise_exception=True)
        except ValidationError as refusal:
            wrong = {_named(error.field): error for error in field_errors(refusal)}
            for name, error in wrong.items():
                self.add_error(name if name in self.fields else None, error.message)
            return self._read_rest(wanted, codes, wrong)
        values = dict(reader.validated_data)
        answers = normalised(self.rules.questions, values.pop("answers", {}))
        return values | {name: answers.get(code) for name, code in codes.items()}

    def _read_rest(self, wanted, codes, wrong):
        fields = {n: v for n, v in wanted.items() if n != "answers" and n not in wrong}
        left = {name: code for name, code in codes.items() if name not in wrong}
        answers = {code: wanted["answers"][code] for code in left.values()}
        if len(fields) + len(left) + 1 >= len(wanted) + len(codes):
            return {}  # whatever was refused has no field of ours
        return self._read({**fields, "answers": answers}, left)


def _named(dotted):
    """Name the field of a refusal: ``links.2`` is about ``links``."""
    first, _dot, rest = dotted.partition(".")
    return f"{ANSWER}{rest.partition('.')[0]}" if first == "answers" else first
