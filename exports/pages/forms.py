from django import forms
from django.utils.translation import gettext_lazy as _

from core.pages.forms import Form, TextField
from exports.models import Export

_WRITTEN_AS = [
    ("", _("as usual: Excel, files as an archive")),
    (Export.Format.XLSX, "Excel"),
    (Export.Format.CSV, "CSV"),
    (Export.Format.JSON, "JSON"),
]


class FileForm(Form):
    """A wish for a file; which kinds a person may have, the service decides."""

    kind = forms.ChoiceField(
        label=_("Kind of file"), choices=Export.Kind.choices, widget=forms.RadioSelect
    )
    file_format = forms.ChoiceField(
        label=_("Written as"), choices=_WRITTEN_AS, required=False
    )
    names_jurors = forms.BooleanField(
        label=_("With the names of the jurors"), required=False, initial=True
    )
    reason = TextField(
        label=_("What the contacts are needed for"),
        max_length=2000,
        multiline=True,
        required=False,
        help_text=_("Only for contacts; it is recorded."),
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget.choices = [(k, k.label) for k in kinds]
