"""What a coordinator types on the pages of a contest's course."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.pages.forms import Form, TextField

REASON_LENGTH = 2000
_PLACE = "place_"


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


class TieForm(Form):
    """A place within the tie for each of its entries, and why."""

    reason = TextField(
        label=_("Reason"),
        help_text=_("Whoever may see the ranking reads it, also in files made of it."),
        max_length=REASON_LENGTH,
        multiline=True,
    )

    def __init__(self, *args, tie, named, **kwargs):
        super().__init__(*args, **kwargs)
        places = range(tie.place, tie.place + len(tie.entries))
        # By the entry, not its number: the tie may be another one when it is sent.
        self.asked = {f"{_PLACE}{entry}": entry for entry in tie.entries}
        for name, entry in self.asked.items():
            decided = places[tie.in_order.index(entry)] if tie.decision else None
            self.fields[name] = forms.TypedChoiceField(
                label=f"{entry} {named[entry].title} ({named[entry].organisation})",
                choices=[("", "–"), *((place, place) for place in places)],
                coerce=int,
                initial=decided,
            )
        self.order_fields([*self.asked, "reason"])

    def clean(self):
        """See that it is this tie that was put in order, each place given once."""
        values = super().clean()
        if {name for name in self.data if name.startswith(_PLACE)} != {*self.asked}:
            self.add_error(
                None,
                gettext(
                    "Meanwhile the tie has changed, so nothing is recorded: put these"
                    " entries in order anew."
                ),
            )
        given = [values[name] for name in self.asked if name in values]
        for name in self.asked:
            if name in values and given.count(values[name]) > 1:
                self.add_error(name, gettext("Another entry has this place, too."))
        return values

    def in_order(self):
        """Name the entries, the best first."""
        return [
            self.asked[name] for name in sorted(self.asked, key=self.cleaned_data.get)
        ]

    def field_at(self, place):
        """Tell what is wrong with the order at the top."""
        return place if place == "reason" else None


class CitationForm(Form):
    """The jury's words of praise; empty takes them back."""

    text = TextField(
        label=_("What the award is for"),
        help_text=_("Published with the result, as it stands here."),
        max_length=REASON_LENGTH,
        multiline=True,
        required=False,
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class SpecialAwardForm(Form):
    """Which award, to which entry, and what for."""

    award = forms.ChoiceField(label=_("Special award"), choices=[])
    reference = TextField(
        label=_("Reference of the entry"),
        help_text=_("As it stands in the list of entries."),
        max_length=60,
    )
    citation = TextField(
        label=_("What the award is for"),
        help_text=_("Published with the result, as it stands here."),
        max_length=REASON_LENGTH,
        multiline=True,
        required=False,
    )

    def __init__(self, *args, awards, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["award"].choices = awards
