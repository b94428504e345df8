"""The fields of an edition's own questions, as the entry form asks them.

Nothing is required here: a draft may be anything, and what is missing is told on the
list of tasks.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contest.answers import FILE, NO, YES
from core.localized import localized

ACCEPTED = "image/*,.heic,.heif,application/pdf"
YES_NO = [(YES, _("Yes")), (NO, _("No"))]
LONG = 9  # rows
AMOUNT = {"inputmode": "decimal", "class": "short", "autocomplete": "off"}
INPUTS: Mapping[str, Mapping[str, str]] = {
    "date": {"type": "date", "class": "short"},
    "money": AMOUNT,
    "number": AMOUNT,
    "whole_number": {**AMOUNT, "inputmode": "numeric"},
    "email": {"type": "email"},
    "phone": {"type": "tel"},
    "link": {"type": "url"},
}


class AnyField(forms.Field):
    """A field whose text the serializer reads; ``limit`` is what its counter counts."""

    limit: int | None = None

    @property
    def counted(self) -> int | None:
        """The limit of a text that is long enough to be counted aloud."""
        return self.limit if isinstance(self.widget, forms.Textarea) else None


def question_field(question: Mapping[str, Any]) -> forms.Field:
    """Make the field of a question of the edition."""
    field = AnyField(
        label=localized(question["title"]),
        help_text=localized(question["help"]),
        widget=_widget(question),
        required=question["required"],
    )
    field.limit = question["max_length"]
    return field


def _widget(question: Mapping[str, Any]) -> forms.Widget:
    kind = question["kind"]
    choices = [(c["code"], localized(c["title"])) for c in question["choices"]]
    if kind == "yes_no":
        return forms.RadioSelect(choices=YES_NO)
    if kind == "choice":
        return forms.RadioSelect(choices=choices)
    if kind == "choices":
        return forms.CheckboxSelectMultiple(choices=choices)
    if kind == FILE:
        return forms.FileInput(attrs={"accept": ACCEPTED})
    if kind == "long_text":
        return forms.Textarea(attrs={"rows": LONG})
    return forms.TextInput(attrs=INPUTS.get(kind, {}))
