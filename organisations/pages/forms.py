"""Forms of the register: the shape; ``organisations.services`` decides."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.collation import sort_key
from core.localized import localized
from core.pages.forms import Form, TextField
from organisations.countries import COUNTRY_CODES, country
from organisations.countries.pack import PLACE_LENGTH
from organisations.labels import KIND_LABELS
from organisations.models import Organisation

_EMAIL = {"autocomplete": "email"}
_PHONE = {"autocomplete": "tel", "inputmode": "tel"}


def countries():
    """List the countries as choices, by their names in the reader's language."""
    named = [(code, localized(country(code).names)) for code in COUNTRY_CODES]
    return sorted(named, key=lambda each: sort_key(each[1]))


class ProfileForm(Form):
    """What an organisation says of itself; the country's places as choices."""

    name = TextField(label=_("Name of the organisation"), max_length=300)
    code = TextField(
        label=_("Registration code"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
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

    def __init__(self, *args, country_code, **kwargs):
        super().__init__(*args, **kwargs)
        pack = country(country_code)
        code = self.fields["code"]
        code.help_text = gettext(
            "From the register of legal entities, if it has one: {rule}."
        ).format(rule=gettext(pack.organisation_code_rule))
        if pack.organisation_code_is_numeric:
            code.widget.attrs["inputmode"] = "numeric"
        if not pack.municipalities:
            self.fields["municipality"] = TextField(
                label=_("Municipality or place"),
                max_length=PLACE_LENGTH,
                required=False,
            )
            return
        self.fields["municipality"].choices = [
            ("", _("– choose –")),
            *((place.code, place.name) for place in pack.municipalities_by_name()),
        ]


class AddForm(ProfileForm):
    """A new row of the register: no more is asked than is needed to find it again.

    Another country is chosen before anything is typed (``organisations/country.html``):
    places and codes are asked for as they are there.
    """

    country = forms.ChoiceField(
        choices=countries, required=False, widget=forms.HiddenInput
    )
    eldership = action_group = address = email = phone = None
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=KIND_LABELS.items(),
        initial=Organisation.Kind.COMMUNITY,
    )

    def __init__(self, data=None, files=None, *, country_code, **kwargs):
        chosen = data.get("country") if data else country_code
        code = chosen if chosen in COUNTRY_CODES else country_code
        super().__init__(data, files, country_code=code, **kwargs)
        self.fields["country"].initial = self.country_code = code

    def clean_country(self):
        """Tell the country whose places and codes were asked for."""
        return self.country_code

    @property
    def country_name(self):
        """The chosen country in the reader's language."""
        return localized(country(self.country_code).names)


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
