"""Form fields made of what the interface and the rulebook say of an entry's content.

The fixed fields are those of ``ContentSerializer``, which also reads what is typed; the
edition's own questions are made by ``contest.pages.question_fields``. Nothing is
required here: a draft may be anything; what is missing is told on the list of tasks.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from contest.answers import NO, YES
from contest.pages.question_fields import (
    AMOUNT,
    INPUTS,
    LONG,
    YES_NO,
    AnyField,
)
from contest.rulebook import Rulebook
from core.api.fields import MoneyField, TextField
from core.localized import EURO, localized
from core.money import format_amount
from organisations.countries.pack import CountryPack
from submissions.api.content_serializers import ContentSerializer
from submissions.labels import FIELD_HELP, FIELD_LABELS

_NOTHING = ("", _("– choose –"))
_LINES = 3
_COMPLETED = {
    "contact_name": "name",
    "contact_phone": "tel",
}

_BY_SHAPE: Mapping[type[serializers.Field], Callable[[], forms.Widget]] = {
    serializers.BooleanField: lambda: forms.RadioSelect(choices=YES_NO),
    serializers.DateField: lambda: forms.TextInput(attrs=INPUTS["date"]),
    serializers.ListField: lambda: forms.Textarea(attrs={"rows": _LINES}),
    serializers.EmailField: lambda: forms.EmailInput(attrs={"autocomplete": "email"}),
    MoneyField: lambda: forms.TextInput(attrs=AMOUNT),
}


def fixed_field(name: str, rules: Rulebook, pack: CountryPack) -> forms.Field:
    """Make the field of a fixed fact."""
    shape = ContentSerializer().fields[name]
    field = AnyField(
        label=FIELD_LABELS[name],
        help_text=FIELD_HELP.get(name, ""),
        widget=_widget(name, shape, rules, pack),
        required=name in rules.required_fields,
    )
    if isinstance(shape, TextField):
        field.limit = rules.field_limits.get(name, shape.max_length)
    return field


def _widget(
    name: str, shape: serializers.Field, rules: Rulebook, pack: CountryPack
) -> forms.Widget:
    if name == "nominations":
        chosen = [n for n in rules.nominations if n.code in rules.chosen_nominations]
        choices = [(n.code, localized(n.title)) for n in chosen]
        return forms.CheckboxSelectMultiple(choices=choices)
    if name == "municipality" and pack.municipalities:
        places = [(p.code, p.name) for p in pack.municipalities_by_name()]
        return forms.Select(choices=[_NOTHING, *places])
    kinds = (kind for kind in _BY_SHAPE if isinstance(shape, kind))
    if kind := next(kinds, None):
        return _BY_SHAPE[kind]()
    if getattr(shape, "multiline", False):
        return forms.Textarea(attrs={"rows": LONG})
    return forms.TextInput(attrs={"autocomplete": _COMPLETED.get(name, "off")})


def shown(name: str, value: Any, pack: CountryPack) -> Any:
    """Write a stored value as its field shows it."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        return amount(value, pack)
    if isinstance(value, date):
        return value.isoformat()
    if name == "links":
        return "\n".join(value or ())
    return "" if value is None else value


def amount(value: Decimal, pack: CountryPack) -> str:
    """Write an amount as in the country, without its currency."""
    return format_amount(value, decimal=pack.numbers.decimal, group=pack.numbers.group)


def in_currency(help_text: str, currency: str) -> str:
    """Say before the help of a field in which currency its amount is."""
    told = _("In euros.") if currency == EURO else currency
    return f"{told} {help_text}".strip()


def meant(name: str, typed: Any) -> Any:
    """Turn what a widget gave into what the serializer reads."""
    if name == "links":
        return [line.strip() for line in (typed or "").splitlines() if line.strip()]
    shape = ContentSerializer().fields.get(name)
    if isinstance(shape, serializers.BooleanField):
        return {YES: True, NO: False}.get(typed)
    if isinstance(shape, (MoneyField, serializers.DateField)):
        return (typed or "").strip() or None
    return typed if typed is not None else ""
