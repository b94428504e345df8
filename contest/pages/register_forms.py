"""What a coordinator types about the register: a search, a file, a correction."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from contest.pages.forms import REASON_LENGTH
from core.api.uploads import too_large
from core.pages.forms import Form, TextField, VersionedForm
from organisations.countries import country
from organisations.labels import FIELD_LABELS
from organisations.models import ImportRun, Organisation
from organisations.pages.forms import ProfileForm

_States = Organisation.CodeState
_MEGABYTE = 1024 * 1024


class RegisterSearchForm(Form):
    """Which rows of the register are shown."""

    ALL, TO_CHECK, TWICE = "", "to_check", "twice"
    q = TextField(label=gettext_lazy("Name or code"), max_length=200, required=False)
    show = forms.ChoiceField(
        label=gettext_lazy("Which ones"),
        choices=[
            (ALL, gettext_lazy("all")),
            (TO_CHECK, gettext_lazy("with a code to check")),
            (TWICE, gettext_lazy("perhaps twice in the register")),
        ],
        required=False,
    )


class ImportForm(Form):
    """A file to bring in; what it is, the service looks at itself."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=255,
        allow_empty_file=True,  # told as what it is, with what is allowed
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "Excel (.xlsx) or text with separators (.csv), at most {megabytes} MB and"
            " {rows} rows. One column must be called “Pavadinimas” or “Name”."
        ).format(
            megabytes=settings.IMPORT_MAX_BYTES // _MEGABYTE,
            rows=settings.IMPORT_MAX_ROWS,
        )

    def clean_file(self):
        """Refuse what is more than is read, as the interface for programs does."""
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            refusal = too_large(file.size, settings.IMPORT_MAX_BYTES)
            raise forms.ValidationError(refusal.message)
        return file


class ApplyForm(Form):
    """How a checked file is written: each way is a button."""

    mode = forms.ChoiceField(choices=ImportRun.Mode.choices)


class RegisterFileForm(Form):
    """A wish for the register as a file."""

    with_contacts = forms.BooleanField(
        label=gettext_lazy("With addresses, e-mail and telephone"),
        required=False,
        help_text=gettext_lazy("Asking for them and fetching them is recorded."),
    )

    def __init__(self, *args, may_have_contacts, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_have_contacts:
            del self.fields["with_contacts"]


class OpenReasonForm(Form):
    """Something done to a row of the register, whose people may ask why."""

    reason = TextField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The people of the organisation can read it."),
        max_length=REASON_LENGTH,
        multiline=True,
    )


class CorrectionForm(OpenReasonForm, VersionedForm, ProfileForm):
    """What the register says of an organisation, put right, and why."""

    code_state = forms.ChoiceField(
        label=FIELD_LABELS["code_state"],
        choices=[
            (_States.VALID, gettext_lazy("checked: the code holds")),
            (_States.TO_CHECK, gettext_lazy("still to be checked")),
            (_States.MISSING, gettext_lazy("it has no code")),
        ],
        help_text=gettext_lazy(
            "A code whose check digit does not hold is valid on your word."
        ),
    )
    legal_form = forms.ChoiceField(label=FIELD_LABELS["legal_form"], required=False)
    website = forms.URLField(
        label=FIELD_LABELS["website"],
        max_length=300,
        required=False,
        assume_scheme="https",
    )
    field_order = (
        *("version", "name", "code", "code_state", "kind", "legal_form"),
        *("municipality", "eldership", "action_group"),
        *("address", "email", "phone", "website", "reason"),
    )

    def __init__(self, *args, country_code, **kwargs):
        super().__init__(*args, country_code=country_code, **kwargs)
        forms_of_law = country(country_code).legal_forms.values()
        language = get_language()
        self.fields["legal_form"].choices = [
            ("", _("– choose –")),
            *((f.code, f.names.get(language, f.names["en"])) for f in forms_of_law),
        ]

    @classmethod
    def values_of(cls, organisation):
        """Show what the register says now."""
        stated = set(cls.base_fields) - {"reason"}
        return {name: getattr(organisation, name) for name in stated}

    def clean(self):
        """Ask for a difference: a correction that corrects nothing is a slip."""
        cleaned = super().clean()
        if not self.errors and not self.changes:
            raise forms.ValidationError(
                _("This is what the register says already; nothing was saved.")
            )
        return cleaned

    @property
    def changes(self):
        """Give only what differs: a state of the code is a word about that code."""
        return {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name not in {"version", "reason"}
        }
