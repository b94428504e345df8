from django import forms
from django.utils.translation import gettext_lazy as _

from core.pages.forms import Form, TextField


class TelephoneCodeForm(Form):
    email = forms.EmailField(
        label=_("The address with which the representative signs in"), max_length=254
    )
    reason = TextField(
        label=_("Reason"),
        max_length=2000,
        multiline=True,
        help_text=_("How you know who is calling, and why no mail arrives."),
    )
