"""What a coordinator types about an edition: texts, dates, whom to call, logos."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.logos import MAX_BYTES
from contest.pages.forms import ZonedDateTimeField
from contest.pages.texts import gather, spread, text_fields
from contest.timetable import PLANNED, REMINDERS
from core.pages.forms import Form, TextField, VersionedForm

TEXTS = ("title", "description", "funder_line", "sample_note")
_SETTINGS = ("languages", "fallback_language", "currency", "time_zone")
_DATE_LABELS = {
    "opens_at": gettext_lazy("Collection opens"),
    "closes_at": gettext_lazy("Collection closes"),
    "judging_opens_at": gettext_lazy("Judging is meant to open"),
    "judging_closes_at": gettext_lazy("Judging is meant to close"),
    "results_at": gettext_lazy("The result is meant to be published"),
}


def date_fields(names, zone):
    """Make a field for each date, told in the zone of the contest."""
    return {
        name: ZonedDateTimeField(zone=zone, label=_DATE_LABELS[name], required=False)
        for name in names
    }


def edition_texts():
    """Make the fields of the texts of an edition, in their order."""
    return {
        **text_fields("title", _("Title"), required=True, max_length=300),
        **text_fields(
            "description",
            _("About the contest"),
            max_length=20_000,
            multiline=True,
            help_text=_("Stands on the public page of the contest."),
        ),
        **text_fields(
            "funder_line",
            _("Funder’s line"),
            max_length=500,
            help_text=_("Who pays, in the words that the funder wants."),
        ),
    }


class EditionForm(VersionedForm):
    """Texts and dates; ``fixed`` leaves out the dates that no longer change."""

    edition = TextField(label=gettext_lazy("Edition"), max_length=30)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages of the contest"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    fallback_language = forms.ChoiceField(
        label=gettext_lazy("Shown where a text is missing in the reader’s language"),
        choices=settings.LANGUAGES,
    )
    time_zone = TextField(label=gettext_lazy("Time zone"), max_length=64)
    currency = forms.RegexField(
        r"^[A-Z]{3}\Z", label=gettext_lazy("Currency"), max_length=3
    )
    masks_organisations = forms.BooleanField(
        label=gettext_lazy("Rankings show masked names of organisations"),
        required=False,
    )

    ADVANCED = (*_SETTINGS, "masks_organisations")

    def __init__(self, *args, zone, fixed, **kwargs):
        super().__init__(*args, **kwargs)
        dates = [name for name in PLANNED if name not in fixed]
        note = text_fields(
            "sample_note",
            _("Note on a sample contest"),
            max_length=500,
            help_text=_("Said on every result, where the contest is a sample."),
        )
        self.main = [*edition_texts(), "edition", *dates]
        self.rest = [*note, *self.ADVANCED]
        self.fields.update(edition_texts() | note | date_fields(dates, zone))
        self.order_fields([*self.main, *self.rest])

    @property
    def main_fields(self):
        """What is asked first."""
        return [self[name] for name in self.main]

    @property
    def advanced_fields(self):
        """What seldom changes."""
        return [self[name] for name in self.rest]

    @property
    def advanced_wrong(self):
        """Whether something is wrong where nobody looks at first."""
        return any(field.errors for field in self.advanced_fields)

    @staticmethod
    def values_of(contest):
        """Give the values as the form shows them."""
        values = {"version": contest.version, "edition": contest.edition}
        for name in TEXTS:
            values |= spread(name, getattr(contest, name))
        names = (*PLANNED, *EditionForm.ADVANCED)
        return values | {name: getattr(contest, name) for name in names}

    @property
    def changes(self):
        """What the service takes: the texts put together again."""
        values = dict(self.cleaned_data)
        return {name: gather(name, values) for name in TEXTS} | values


class RemindersForm(VersionedForm):
    """When people mean to do what only their acts do."""

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.update(date_fields(REMINDERS, zone))

    @staticmethod
    def values_of(contest):
        """Give the values as the form shows them."""
        dates = {name: getattr(contest, name) for name in REMINDERS}
        return {"version": contest.version, **dates}


class OrganiserForm(VersionedForm):
    """Whom entrants call."""

    phone = TextField(label=gettext_lazy("Telephone"), max_length=40, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), max_length=254, required=False
    )
    website = forms.URLField(
        label=gettext_lazy("Website"),
        max_length=300,
        required=False,
        assume_scheme="https",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name = text_fields(
            "name", _("Name of the organiser"), required=True, max_length=300
        )
        self.fields.update(name)
        self.order_fields([*name, "phone", "email", "website"])

    @staticmethod
    def values_of(organiser):
        """Give the values as the form shows them."""
        facts = ("version", "phone", "email", "website")
        values = {name: getattr(organiser, name) for name in facts}
        return values | spread("name", organiser.name)

    @property
    def changes(self):
        """What the service takes."""
        values = dict(self.cleaned_data)
        return {"name": gather("name", values)} | values


class LogoFileForm(Form):
    """A picture to add."""

    file = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy("PNG, JPEG or WebP; at most 1 MB."),
    )

    def clean_file(self):
        """Refuse before the picture is opened."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The picture is too large; a logo has at most {limit} KB.").format(
                    limit=MAX_BYTES // 1024
                )
            )
        return file


class LogoForm(VersionedForm):
    """What is said of a logo, and its place in the row."""

    position = forms.IntegerField(
        label=gettext_lazy("Place in the row"), min_value=1, max_value=1000
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        alt = text_fields(
            "alt",
            _("Said to those who do not see the picture"),
            max_length=200,
        )
        self.fields.update(alt)
        self.order_fields([*alt, "position"])

    @staticmethod
    def values_of(logo):
        """Give the values as the form shows them."""
        values = {"version": logo.version, "position": logo.position}
        return values | spread("alt", logo.alt)

    @property
    def changes(self):
        """What the service takes."""
        values = dict(self.cleaned_data)
        return {"alt": gather("alt", values)} | values
