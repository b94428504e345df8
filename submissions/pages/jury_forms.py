from django import forms
from django.utils.translation import gettext_lazy as _

from core.pages.forms import Form, TextField


class ReasonForm(Form):
    """Why somebody does what is recorded with its reason."""

    reason = TextField(label=_("Reason"), max_length=2000, multiline=True)


class SignatureForm(Form):
    """One's name under a text of a version."""

    signed_by = TextField(
        label=_("Your first name and surname"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    text_version = TextField(max_length=20, widget=forms.HiddenInput())


class MoreTimeForm(Form):
    """Until when somebody has more time, and why."""

    until = forms.DateTimeField(
        label=_("Until"),
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M",
            attrs={"type": "datetime-local", "class": "short"},
        ),
    )
    reason = TextField(label=_("Reason"), max_length=2000, multiline=True)
