"""What is asked of a photo or a file; ``FactsSerializer`` has the same fields."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contest.answers import NO, YES
from contest.pages.question_fields import ACCEPTED, YES_NO
from core.pages.forms import Form, TextField
from submissions.consents import PHOTO_TEXT
from submissions.models import Attachment
from submissions.pages.sending_forms import SignedForm


class YesNoField(forms.TypedChoiceField):
    """A question that may stay without an answer: None is not said."""

    def __init__(self, *, required=False, **kwargs):
        super().__init__(
            choices=YES_NO,
            widget=forms.RadioSelect,
            required=required,
            coerce=lambda said: said == YES,
            empty_value=None,
            **kwargs,
        )

    def prepare_value(self, value):
        """Choose the answer that is stored."""
        return {True: YES, False: NO}.get(value, value)


class PeopleForm(Form):
    """Who is seen in a photo, and whether they agreed."""

    people_shown = YesNoField(label=_("Can people be recognised in it?"))
    minors_shown = forms.BooleanField(
        label=_("Some of them are under age"), required=False
    )
    consent = forms.BooleanField(label=_(PHOTO_TEXT), required=False)
    consent_holder = TextField(
        label=_("Who agreed, or who keeps the signed consents"),
        max_length=200,
        required=False,
    )


class FactsForm(PeopleForm):
    caption = TextField(label=_("What it shows"), max_length=500, required=False)
    author = TextField(
        label=_("Author of the photo"),
        max_length=200,
        required=False,
        help_text=_("Named wherever the photo is shown."),
    )
    people_shown = YesNoField(
        label=_("Can people be recognised in it?"),
        help_text=_(
            "Until you answer, the jury sees the photo, but it is not published."
        ),
    )
    field_order = ["caption", "author"]


class FileForm(FactsForm):
    """A file with what is said of it; the serializer of the interface reads both."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=Attachment.Kind.choices,
        initial=Attachment.Kind.PHOTO,
    )
    file = forms.Field(
        label=_("The file"),
        help_text=_("A photo (JPEG, PNG, WebP, HEIC) or a PDF."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    field_order = ["file", "kind", "caption", "author"]

    def _clean_fields(self):
        """Leave the reading to ``read_upload``."""


class DeclareForm(PeopleForm, SignedForm):
    """What was not said of a photo before it was sent, with the signature."""

    version = None
    people_shown = YesNoField(
        label=_("Can people be recognised in it?"),
        required=True,
        error_messages={"required": _("Say whether people can be recognised.")},
    )
    field_order = ["people_shown", "minors_shown", "consent", "consent_holder"]


class AnswerFileForm(Form):
    """A file that answers a question of the edition: nothing else is asked of it."""

    file = forms.Field(
        label=_("The file"),
        help_text=_("A photo (JPEG, PNG, WebP, HEIC) or a PDF."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    kind = forms.CharField(
        initial=Attachment.Kind.DOCUMENT, widget=forms.HiddenInput, required=False
    )
    question = forms.CharField(widget=forms.HiddenInput, required=False)

    def _clean_fields(self):
        """Leave the reading to ``read_upload``."""


class ChangeFileForm(FactsForm):
    is_main = forms.BooleanField(
        label=_("This is the main photo of the entry"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
