"""What is typed to say who scores what."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.pages.forms import Form, TextField

_LINES = 5_000
_APART = re.compile(r"[\s,;]+")


class EverythingForm(Form):
    """Nothing to choose: every entry goes to everybody who votes."""


class DistributeForm(Form):
    per_entry = forms.IntegerField(
        label=gettext_lazy("Jurors for each entry"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=gettext_lazy("Left empty: as many as the rulebook says."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    avoid_same_municipality = forms.BooleanField(
        label=gettext_lazy("Nobody scores entries of the own municipality"),
        required=False,
    )
    plan = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class ByListForm(Form):
    """Lines of a reference and the jurors who score it."""

    lines = TextField(
        label=gettext_lazy("Who scores what"),
        multiline=True,
        max_length=200_000,
        help_text=gettext_lazy("A line for each entry, such as: 2026-001 J01 J03"),
    )

    def __init__(self, *args, entries, jurors, **kwargs):
        super().__init__(*args, **kwargs)
        self._entries, self._jurors = entries, jurors

    def clean_lines(self):
        """Find the pairs; each word that names nothing is told with its line."""
        pairs, wrong = [], []
        lines = self.cleaned_data["lines"].splitlines()[:_LINES]
        for number, line in enumerate(lines, start=1):
            words = [word for word in _APART.split(line) if word]
            known = [self._entries.get(word) for word in words[:1]]
            known += [self._jurors.get(word.upper()) for word in words[1:]]
            wrong += [
                _("Line {number}: there is no “{word}” here.").format(
                    number=number, word=word[:40]
                )
                for word, found in zip(words, known, strict=True)
                if found is None
            ]
            if None not in known:
                pairs += [(known[0], juror) for juror in known[1:]]
        if wrong:
            raise forms.ValidationError(wrong[:10])
        return pairs


class RecordConflictForm(Form):
    """A conflict that a juror told, by telephone or otherwise."""

    juror = forms.ChoiceField(label=gettext_lazy("Juror"))
    reference = TextField(
        label=gettext_lazy("Reference of the entry"),
        max_length=30,
        help_text=gettext_lazy("Such as 2026-001."),
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    reason = TextField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        multiline=True,
        help_text=gettext_lazy("What the juror told, when and how."),
    )
    confirmed = forms.BooleanField(
        label=gettext_lazy("Confirm it at once: then only a lifting opens the entry"),
        required=False,
    )

    def __init__(self, *args, seats, entries, **kwargs):
        super().__init__(*args, **kwargs)
        self._entries = entries
        named = [(str(seat.pk), f"{seat.key} {seat.person.name}") for seat in seats]
        self.fields["juror"].choices = [("", "–"), *named]

    def clean_reference(self):
        """Find the entry among those that were sent to this contest."""
        reference = self.cleaned_data["reference"]
        entry = self._entries.filter(reference=reference).only("pk").first()
        if entry is None:
            raise forms.ValidationError(
                _("There is no entry “{reference}” here.").format(reference=reference)
            )
        return entry.pk


class WhoseForm(Form):
    """Whose assignments are listed: those of a juror, or of an entry."""

    juror = forms.ChoiceField(label=gettext_lazy("Juror"), required=False)
    reference = TextField(
        label=gettext_lazy("Reference"), max_length=30, required=False
    )

    def __init__(self, *args, seats, **kwargs):
        super().__init__(*args, **kwargs)
        named = [(str(seat.pk), f"{seat.key} {seat.person.name}") for seat in seats]
        self.fields["juror"].choices = [("", "–"), *named]
