"""What is typed of an organiser and of the contests that come back every year."""

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.pages.edition_forms import OrganiserForm
from contest.pages.texts import gather, text_fields
from core.localized import localized
from core.pages.forms import Form
from organisations.countries import HOME
from organisations.pages.forms import countries

_LONGEST = 60


class AddressedForm(Form):
    """Something with a name and an address; the address follows from the name."""

    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        max_length=_LONGEST,
        required=False,
        help_text=gettext_lazy("Letters, digits and hyphens; empty: made for you."),
    )

    def addressed(self, name, values):
        """Put the text ``name`` together, and the address where none was typed."""
        texts = gather(name, values)
        made = slugify(localized(texts))[:_LONGEST].strip("-")
        return values | {name: texts, "slug": values["slug"] or made or "c"}


class SeriesForm(AddressedForm):
    """A contest that comes back, of an organiser whose member one is."""

    organiser = forms.ModelChoiceField(
        label=gettext_lazy("Organiser"), queryset=None, empty_label=None
    )

    def __init__(self, *args, organisers, **kwargs):
        super().__init__(*args, **kwargs)
        title = text_fields("title", _("Title"), required=True, max_length=300)
        self.fields["organiser"].queryset = organisers
        self.fields.update(title)
        self.order_fields([*title, "organiser", "slug"])

    @property
    def values(self):
        """What the service takes."""
        return self.addressed("title", dict(self.cleaned_data))


class NewOrganiserForm(AddressedForm):
    """A tenant, with whom entrants call."""

    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        choices=countries,
        initial=HOME,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = OrganiserForm()
        told = {name: f for name, f in known.fields.items() if name != "version"}
        self.fields.update(told)
        self.order_fields([*told, "country", "slug"])

    @property
    def values(self):
        """What the service takes."""
        return self.addressed("name", dict(self.cleaned_data))
