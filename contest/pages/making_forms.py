"""What an organiser types to make an edition: anew, or from an earlier one."""

import re

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.cloning import PARTS, Wishes
from contest.pages.edition_forms import date_fields
from contest.pages.texts import first_of, gather, text_fields
from contest.rulebook import template_names
from contest.timetable import PLANNED
from core.pages.forms import Form, TextField

ZONE = "Europe/Vilnius"
_FIRST_YEAR = 1900  # a smaller number in an edition's name counts editions
_TEMPLATES = {
    "lkbs": gettext_lazy("Good practice: innovation, success, social responsibility"),
    "commission_100": gettext_lazy("A commission that gives up to 100 points"),
}
_PART_LABELS = {
    "rulebook": gettext_lazy("The rulebook"),
    "texts": gettext_lazy("The texts"),
    "logos": gettext_lazy("The logos"),
    "panel": gettext_lazy("The panel, not invited yet"),
    "coordinators": gettext_lazy("The coordinators"),
}


def template_choices():
    """List the rulebooks that come with Sumani, in words."""
    return [(name, _TEMPLATES.get(name, name)) for name in template_names()]


class NamedForm(Form):
    """An edition's name and address; the address follows from the name."""

    edition = TextField(
        label=gettext_lazy("Edition"),
        max_length=30,
        help_text=gettext_lazy("What tells it from others, such as 2027."),
    )
    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Letters, digits and hyphens; empty: made for you."),
    )


class NewContestForm(NamedForm):
    """The first edition of a series, by a template."""

    series = forms.ModelChoiceField(
        label=gettext_lazy("Contest that comes back"), queryset=None
    )
    template = forms.ChoiceField(
        label=gettext_lazy("Rulebook to begin with"), widget=forms.RadioSelect
    )

    def __init__(self, *args, series, **kwargs):
        super().__init__(*args, **kwargs)
        title = text_fields("title", _("Title"), required=True, max_length=300)
        self.fields["series"].queryset = series
        self.fields["template"].choices = template_choices()
        self.fields.update(title)
        self.fields.update(date_fields(("opens_at", "closes_at"), ZONE))
        self.order_fields(["series", *title, "edition", "slug", "template"])

    @property
    def values(self):
        """What the service takes, apart from the rulebook."""
        values = dict(self.cleaned_data)
        values.pop("template")
        made = slugify(f"{values['series'].slug}-{values['edition']}")[:60]
        title = gather("title", values)
        return values | {
            "slug": values["slug"] or made,
            "title": title,
            "languages": ["lt", "en"],
            "fallback_language": next(iter(title)),
            "time_zone": ZONE,
        }


class CloneForm(NamedForm):
    """The next edition: what is taken, and what is said anew."""

    take = forms.MultipleChoiceField(
        label=gettext_lazy("Take along"),
        choices=[(part, _PART_LABELS[part]) for part in PARTS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    template = forms.ChoiceField(
        label=gettext_lazy("Rulebook, where the earlier one is not taken"),
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def field_at(self, place):
        """The template and the title have other names here than in the service."""
        here = {"rulebook_template": "template", "title": first_of("title")}
        return super().field_at(here.get(place, place))

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.texts = text_fields("title", _("Title, where it changes"), max_length=300)
        self.dates = date_fields(PLANNED, zone)
        self.fields["template"].choices = [("", "–"), *template_choices()]
        self.fields.update(self.texts | self.dates)
        order = ["edition", "slug", "take", *self.dates, *self.texts]
        self.order_fields([*order, "template"])

    @property
    def main_fields(self):
        """What is asked first."""
        return [self[name] for name in ("edition", "take")]

    @property
    def date_fields(self):
        """When it takes place: proposed, and to be changed."""
        return [self[name] for name in self.dates]

    @property
    def advanced_fields(self):
        """What seldom differs."""
        return [self[name] for name in ("slug", *self.texts, "template")]

    def proposing(self, dates):
        """Spell proposed dates as the page would send them back."""
        return {
            name: field.prepare_value(dates[name]) or ""
            for name, field in self.dates.items()
        }

    def wishes_for(self, contest):
        """Say what the next edition is to be."""
        values = dict(self.cleaned_data)
        made = slugify(f"{contest.series.slug}-{values['edition']}")[:60]
        return Wishes(
            slug=values["slug"] or made,
            edition=values["edition"],
            take=frozenset(values["take"]),
            years=1,
            dates={name: values[name] for name in self.dates},
            title=gather("title", values) or None,
            template=values["template"] or None,
        )


def next_edition(edition, years=1):
    """Count the last number of an edition's name up: 2026 → 2027, III stays III.

    Only a year follows how many ``years`` later the next one is.
    """
    found = list(re.finditer(r"\d+", edition))
    if not found:
        return edition
    last = found[-1]
    counted = int(last[0])
    after = counted + (years if counted >= _FIRST_YEAR else 1)
    return f"{edition[: last.start()]}{after}{edition[last.end() :]}"
