"""Forms about entries beside their content (``submissions.pages.parts``)."""

from django import forms

from core.pages.forms import Form
from organisations.pages.forms import AddForm, InviteForm, ProfileForm
from submissions.models import Submission


class EnterForm(Form):
    """For whom an entry is begun, and by whom it is prepared."""

    organisation = forms.UUIDField()
    entered_by = forms.ChoiceField(choices=Submission.EnteredBy.choices, required=False)
    prepared_by = forms.UUIDField(required=False)


class EnterForForm(Form):
    """For whom the secretariat begins an entry."""

    organisation = forms.UUIDField()


class AddForForm(AddForm):
    """With what is needed to reach the organisation, for it is somebody else's."""

    email = ProfileForm.declared_fields["email"]
    phone = ProfileForm.declared_fields["phone"]


class InviteOwnerForm(InviteForm):
    """Who acts for the organisation of an entry, first of all."""
