"""What a coordinator types about the people of an edition."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.labels import role_label
from contest.models import Juror
from contest.pages.forms import REASON_LENGTH, ZonedDateTimeField
from core.pages.forms import Form, TextField


def roles():
    """List the seats of a panel in words."""
    return [(role, role_label(role)) for role in Juror.Role.values]


class ReasonForm(Form):
    """Something that the record must have a reason for."""

    reason = TextField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Whoever reads the audit trail sees it."),
        max_length=REASON_LENGTH,
        multiline=True,
    )


class InvitationForm(Form):
    """A person to invite."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
    name = TextField(label=gettext_lazy("Name"), max_length=200, required=False)


class _Seated(Form):
    """A seat; its groups are asked for where nominations have panels of their own."""

    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Judges the nominations of the groups"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "An entry of such a nomination is given only to jurors of its group."
        ),
    )

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = [(code, code) for code in groups]
        if not groups:
            del self.fields["groups"]


class JurorForm(_Seated, InvitationForm):
    """A person to invite to the panel."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=roles, initial=Juror.Role.MEMBER
    )
    field_order = ["email", "name", "role", "groups"]


class AuditorForm(InvitationForm):
    """A person who may read for a time."""

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        until = ZonedDateTimeField(zone=zone, label=_("May read until"))
        self.fields["until"] = until
        self.fields["reason"] = ReasonForm.base_fields["reason"]


class RoleForm(_Seated, ReasonForm):
    """Another role for a juror, or other groups."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=roles)
    field_order = ["role", "groups", "reason"]


class ActivationForm(ReasonForm):
    """A substitute who votes from now on."""

    replaces = forms.ChoiceField(label=gettext_lazy("In the place of"), required=False)
    field_order = ["replaces", "reason"]

    def __init__(self, *args, removed, **kwargs):
        super().__init__(*args, **kwargs)
        beside = ("", _("nobody: a further vote"))
        seats = [(str(j.pk), f"{j.key} {j.person.name}") for j in removed]
        self.fields["replaces"].choices = [beside, *seats]

    def clean_replaces(self):
        """Give the seat's id, or None."""
        return self.cleaned_data["replaces"] or None


class RemovalForm(ReasonForm):
    """A juror who leaves, and what becomes of the scores."""

    exclude_scores = forms.TypedChoiceField(
        label=gettext_lazy("Scores that this juror has sent"),
        choices=[
            ("keep", gettext_lazy("go on counting")),
            ("exclude", gettext_lazy("count no more")),
        ],
        coerce=lambda value: value == "exclude",
        widget=forms.RadioSelect,
    )
    field_order = ["exclude_scores", "reason"]


class ClaimForm(Form):
    """Yes or no to a request to represent an organisation."""

    approve = forms.TypedChoiceField(
        label=gettext_lazy("Answer"),
        choices=[
            ("yes", gettext_lazy("Yes, this person may act for it")),
            ("no", gettext_lazy("No")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = TextField(
        label=gettext_lazy("Reason"),
        max_length=REASON_LENGTH,
        multiline=True,
        required=False,
    )
