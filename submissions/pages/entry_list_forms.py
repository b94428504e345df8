from django import forms
from django.utils.translation import gettext_lazy as _

from core.pages.forms import Form, TextField
from submissions.models import Submission
from submissions.pages.entry_columns import COLUMNS

_ANY = [("", _("all"))]


class EntryFilterForm(Form):
    """What the list of entries is narrowed to; it changes nothing."""

    q = TextField(
        label=_("Reference, title or organisation"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[*_ANY, *Submission.State.choices], required=False
    )
    entered_by = forms.ChoiceField(
        label=_("Entered by"),
        choices=[*_ANY, *Submission.EnteredBy.choices],
        required=False,
    )


class ColumnsForm(Form):
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        choices=[(column.code, column.label) for column in COLUMNS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class TickedForm(Form):
    """The entries that were ticked in a list."""

    entry = forms.ModelMultipleChoiceField(
        queryset=Submission.objects.none(),
        error_messages={"required": _("Tick the entries first.")},
    )

    def __init__(self, *args, entries, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entry"].queryset = entries
