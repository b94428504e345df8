"""What a coordinator types on the pages of a contest's course."""

from django.utils.translation import gettext_lazy as _

from core.pages.forms import Form, TextField

REASON_LENGTH = 2000


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
