"""Forms of the register: the shape; ``organisations.services`` decides."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.pages.forms import Form, TextField
from organisations.countries import country
from organisations.labels import KIND_LABELS
from organisations.models import Organisation

_LITHUANIA = "LT"
_EMAIL = {"autocomplete": "email"}
_PHONE = {"autocomplete": "tel", "inputmode": "tel"}


class ProfileForm(Form):
    """What an organisation says of itself; the country's places as choices."""

    name = TextField(label=_("Name of the organisation"), max_length=300)
    code = TextField(
        label=_("Registration code"),
        max_length=20,
        required=False,
        help_text=_("Nine digits from the register of legal entities, if it has one."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=KIND_LABELS.items())
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    eldership = TextField(label=_("Eldership"), max_length=100, required=False)
    action_group = TextField(
        label=_("Local action group"), max_length=200, required=False
    )
    address = TextField(label=_("Address"), max_length=300, required=False)
    email = forms.EmailField(
        label=_("E-mail of the organisation"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs=_EMAIL),
    )
    phone = TextField(
        label=_("Telephone of the organisation"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=_PHONE),
    )

    def __init__(self, *args, country_code=_LITHUANIA, **kwargs):
        super().__init__(*args, **kwargs)
        places = country(country_code).municipalities.values()
        named = sorted((place.name, place.code) for place in places)
        self.fields["municipality"].choices = [
            ("", _("– choose –")),
            *((code, name) for name, code in named),
        ]


class AddForm(ProfileForm):
    """A new row of the register: no more is asked than is needed to find it again."""

    eldership = action_group = address = email = phone = None
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=KIND_LABELS.items(),
        initial=Organisation.Kind.COMMUNITY,
    )


class ChangeForm(ProfileForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class InviteForm(Form):
    email = forms.EmailField(
        label=_("E-mail address of the person"),
        max_length=254,
        help_text=_("The person signs in with it and acts for the organisation."),
    )
    name = TextField(label=_("Name of the person"), max_length=200, required=False)
    role = TextField(
        label=_("Role in the organisation"), max_length=100, required=False
    )


class EndForm(Form):
    note = TextField(
        label=_("Note"),
        max_length=500,
        multiline=True,
        required=False,
        help_text=_("Asked of the last one: why, and whom to ask from now on."),
    )


class DecideForm(Form):
    approve = forms.ChoiceField(
        label=_("May this person act for the organisation?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    reason = TextField(
        label=_("Why?"),
        max_length=2000,
        multiline=True,
        required=False,
        help_text=_("The person is told."),
    )


class ClaimForm(Form):
    name = TextField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    role = TextField(
        label=_("Your role in the organisation"),
        max_length=100,
        help_text=_("Such as chairwoman, member of the board, accountant."),
    )
    message = TextField(
        label=_("How can we be sure that you act for it?"),
        max_length=2000,
        multiline=True,
        required=False,
        help_text=_("Such as who elected you and when, or whom we may ask."),
    )
