"""Forms about entries beside their content (``submissions.pages.parts``)."""

from django import forms

from core.pages.forms import Form
from submissions.models import Submission


class EnterForm(Form):
    """For whom an entry is begun, and by whom it is prepared."""

    organisation = forms.UUIDField()
    entered_by = forms.ChoiceField(choices=Submission.EnteredBy.choices, required=False)
    prepared_by = forms.UUIDField(required=False)
