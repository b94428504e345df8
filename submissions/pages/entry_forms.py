"""The forms by which those who run an edition handle one entry."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.pages.forms import ZonedDateTimeField
from core.localized import localized
from core.pages.forms import Form, TextField
from submissions.labels import FIELD_LABELS

_UNKNOWN, _MET, _UNMET = "", "yes", "no"
_FINDINGS = [
    (_MET, gettext_lazy("met")),
    (_UNMET, gettext_lazy("not met")),
    (_UNKNOWN, gettext_lazy("not known yet")),
]
_SAID = {_MET: True, _UNMET: False, _UNKNOWN: None}
_WORDS = {said: word for word, said in _SAID.items()}


def reason_field(**kwargs):
    """A reason in a few lines."""
    kwargs.setdefault("label", gettext_lazy("Reason"))
    return TextField(max_length=2000, multiline=True, **kwargs)


class ReasonForm(Form):
    reason = reason_field()


class UntilForm(Form):
    """A time in the zone of the contest, with the reason for it."""

    reason = reason_field()
    field_order = ("until", "reason")

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"] = ZonedDateTimeField(
            zone=zone,
            label=_("Until"),
            help_text=_("Date and time in the zone {zone}.").format(zone=zone),
        )
        self.order_fields(self.field_order)


class ReturnForm(UntilForm):
    fields_asked = forms.MultipleChoiceField(
        label=gettext_lazy("What may be corrected"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing ticked: everything."),
    )
    reason = reason_field(
        label=gettext_lazy("What is to be corrected"),
        help_text=gettext_lazy("The organisation reads this."),
    )
    field_order = ("reason", "fields_asked", "until")

    def __init__(self, *args, rules, **kwargs):
        super().__init__(*args, **kwargs)
        own = [(f"answers.{q['code']}", localized(q["title"])) for q in rules.questions]
        self.fields["fields_asked"].choices = [*FIELD_LABELS.items(), *own]


class DecisionForm(Form):
    eligible = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            (_MET, gettext_lazy("eligible")),
            (_UNMET, gettext_lazy("ineligible")),
        ],
        coerce=_SAID.get,
        widget=forms.RadioSelect,
    )
    reason = reason_field(
        required=False,
        help_text=gettext_lazy(
            "Needed for an entry that is not eligible; the organisation reads it."
        ),
    )


class PaperForm(Form):
    signed_by = TextField(label=gettext_lazy("Who signed"), max_length=200)
    signed_role = TextField(label=gettext_lazy("As what"), max_length=100)
    reason = reason_field(
        label=gettext_lazy("Why on paper, and where the paper is kept")
    )


class ChecklistForm(Form):
    """Each requirement with what was found of it and a note."""

    def __init__(self, *args, checks, **kwargs):
        super().__init__(*args, **kwargs)
        self.checks = checks
        for check in checks:
            self.fields[f"met_{check.requirement}"] = forms.ChoiceField(
                label=localized(check.text),
                choices=_FINDINGS,
                initial=_WORDS[check.met],
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"note_{check.requirement}"] = TextField(
                label=_("Note"),
                help_text=_("Told to the organisation if its entry is not eligible."),
                max_length=2000,
                multiline=True,
                required=False,
                initial=check.note,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def rows(self):
        """Each check with its two fields, for the template."""
        for check in self.checks:
            yield (
                check,
                self[f"met_{check.requirement}"],
                self[f"note_{check.requirement}"],
            )

    def changed(self):
        """What was found otherwise than it stood when the page was opened."""
        for check in self.checks:
            names = {f"met_{check.requirement}", f"note_{check.requirement}"}
            if names & set(self.changed_data):
                met = self.cleaned_data[f"met_{check.requirement}"]
                note = self.cleaned_data[f"note_{check.requirement}"]
                yield {
                    "requirement": check.requirement,
                    "met": _SAID[met],
                    "note": note,
                }
