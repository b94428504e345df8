"""Forms that close something: sending, confirming, withdrawing, sharing."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.pages.forms import Form, TextField
from submissions import consents as boxes
from submissions.pages.parts import label_of

CONSENT = "consents."


class SignedForm(Form):
    """The acting person's typed name and role, and what was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    signed_by = TextField(
        label=gettext_lazy("Your name"),
        max_length=200,
        help_text=gettext_lazy("Typing your name counts as your signature."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    signed_role = TextField(
        label=gettext_lazy("Your role in the organisation"),
        max_length=100,
        help_text=gettext_lazy("Such as chairwoman, member of the board, accountant."),
    )


class SendForm(SignedForm):
    """With a box for each consent, none ticked beforehand."""

    field_order = ["version", *(f"{CONSENT}{c.code}" for c in boxes.CONSENTS)]

    def __init__(self, *args, rules, is_own, **kwargs):
        self.rules = rules
        super().__init__(*args, **kwargs)
        if not is_own:
            self.fields["signed_role"].label = _("Your role")
            self.fields["signed_role"].help_text = _("Such as coordinator.")
        for box in boxes.CONSENTS:
            self.fields[f"{CONSENT}{box.code}"] = forms.BooleanField(
                label=_(box.text), required=box.required
            )
        self.order_fields(self.field_order)

    @property
    def consents(self):
        """What was agreed to, by code."""
        return {
            name.removeprefix(CONSENT): given
            for name, given in self.cleaned_data.items()
            if name.startswith(CONSENT)
        }

    def refuse(self, refusal):
        """Say of each field of the entry by its words what is wrong with it."""
        elsewhere = [e for e in refusal.errors if e.field not in self.fields]
        for error in refusal.errors:
            if error in elsewhere:
                label = label_of(error.field, self.rules)
                self.add_error(None, f"{label}: {error.message}")
            else:
                self.add_error(error.field, str(error.message))
        if not refusal.errors:
            self.add_error(None, str(refusal.message))


class ReasonForm(Form):
    reason = TextField(label=gettext_lazy("Why?"), max_length=2000, multiline=True)


class RecallForm(Form):
    """Values of the register and of last year, to be taken over one by one."""

    take = forms.MultipleChoiceField(
        label=gettext_lazy("Take over"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, suggestions, **kwargs):
        super().__init__(*args, **kwargs)
        self.suggestions = suggestions
        numbers = range(len(suggestions))
        self.fields["take"].choices = [(str(n), str(n)) for n in numbers]

    @property
    def taken(self):
        """The chosen values by name; of two for one field the later one."""
        chosen = [self.suggestions[int(n)] for n in self.cleaned_data["take"]]
        return {one.field: one.value for one in chosen}


class ConsentForm(SignedForm):
    version = None
    publication = forms.BooleanField(
        label=gettext_lazy("The entry and its photos may be published"),
        required=False,
    )
