from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.pages.forms import Form, TextField

_NAMED = 5  # of those that a few words mean


class AwardForm(Form):
    """A winner of an edition that was held before, or elsewhere."""

    organisation = TextField(
        label=gettext_lazy("Name or registration code of the organisation"),
        max_length=300,
    )
    edition = TextField(
        label=gettext_lazy("Name of the edition"),
        max_length=30,
        help_text=gettext_lazy("As it was called, such as 2024."),
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        min_value=1990,
        max_value=2200,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    nomination = forms.ChoiceField(label=gettext_lazy("Nomination"))
    place = forms.IntegerField(
        label=gettext_lazy("Place"),
        min_value=1,
        max_value=1000,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )

    def __init__(self, *args, organisations, nominations, **kwargs):
        super().__init__(*args, **kwargs)
        self._organisations = organisations
        self.fields["nomination"].choices = nominations

    def clean_organisation(self):
        """Find the one that is meant; where several are, name some of them."""
        words = self.cleaned_data["organisation"]
        found = list(self._organisations.found_by(words)[: _NAMED + 1])
        alike = [one for one in found if words in {one.name, one.code}]
        if len(meant := alike or found) == 1:
            return meant[0]
        if not found:
            raise forms.ValidationError(
                _("Nothing is found. Try fewer words or the code.")
            )
        raise forms.ValidationError(
            _("Several are found: {names}. Give the code of the one you mean.").format(
                names="; ".join(f"{o.name} ({o.code or '–'})" for o in found[:_NAMED])
            )
        )
