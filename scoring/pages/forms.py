"""What a coordinator types on the pages of a contest's course."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.pages.forms import Form, TextField

REASON_LENGTH = 2000


class NoteForm(Form):
    """An act that the record may have a word about."""

    reason = TextField(
        label=_("Note for the record"),
        help_text=_("Whoever reads the audit trail sees it."),
        max_length=REASON_LENGTH,
        multiline=True,
        required=False,
    )


class ReasonForm(Form):
    """An act that the record must have a reason for."""

    reason = TextField(
        label=_("Reason"),
        help_text=_("Whoever reads the audit trail sees it."),
        max_length=REASON_LENGTH,
        multiline=True,
    )


class CitationForm(Form):
    """The jury's words of praise; empty takes them back."""

    text = TextField(
        label=_("What the jury praises"),
        help_text=_("Published with the result, as it stands here."),
        max_length=REASON_LENGTH,
        multiline=True,
        required=False,
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
