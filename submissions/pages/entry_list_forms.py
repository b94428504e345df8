from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.pages.forms import Form, TextField
from submissions.models import Submission
from submissions.narrowing import Narrowing
from submissions.pages.entry_columns import COLUMNS

_ANY = [("", _("all"))]
_USUAL = ("q", "state", "entered_by")
CHECKLIST = [
    ("complete", pgettext_lazy("checklist", "complete")),
    ("open", pgettext_lazy("checklist", "not complete")),
]


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
    nomination = forms.ChoiceField(label=_("Nomination"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    action_group = forms.ChoiceField(label=_("Action group"), required=False)
    checklist = forms.ChoiceField(label=_("Checklist"), required=False)
    few = forms.ChoiceField(label=_("Fewer than asked"), required=False)

    def __init__(self, *args, offered, **kwargs):
        """Offer what there is to choose among: by field, pairs of value and label."""
        super().__init__(*args, **kwargs)
        for name, choices in offered.items():
            if choices:
                self.fields[name].choices = [*_ANY, *choices]
            else:
                del self.fields[name]

    @property
    def is_narrowed(self):
        """Whether anything but the order was asked for."""
        return any(self.cleaned_data.values())

    @property
    def usual(self):
        """The fields that always stand there."""
        return [field for field in self if field.name in _USUAL]

    @property
    def further(self):
        """Those that are unfolded where somebody wants them."""
        return [field for field in self if field.name not in _USUAL]

    @property
    def is_narrowed_further(self):
        """Whether one of those says something."""
        return any(self.cleaned_data.get(field.name) for field in self.further)

    def narrowing(self):
        """Tell what is looked for beside words, state and who entered."""
        told = self.cleaned_data
        checklist = told.get("checklist")
        return Narrowing(
            nomination=told.get("nomination", ""),
            municipality=told.get("municipality", ""),
            action_group=told.get("action_group", ""),
            is_checked=checklist == "complete" if checklist else None,
            short_of=told.get("few", ""),
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
