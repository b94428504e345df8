from django import forms
from django.utils.translation import gettext_lazy as _

from core.pages.forms import Form, TextField


class AddressForm(Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We will e-mail you a six-digit code. You do not need a password."),
    )


class CodeForm(Form):
    email = forms.EmailField(
        label=_("The e-mail address that the code was sent to"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    code = TextField(
        label=_("Code"),
        max_length=64,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "short",
            }
        ),
        help_text=_("Six digits from the message, or the code of an invitation."),
    )
    own_device = forms.BooleanField(
        label=_("This is my own device: keep me signed in for 60 days"), required=False
    )


class InvitationForm(Form):
    email = forms.EmailField(
        label=_("The e-mail address that was invited"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    code = TextField(
        label=_("Code of the invitation"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )
    own_device = forms.BooleanField(
        label=_("This is my own device: keep me signed in for 60 days"), required=False
    )


class SecondFactorForm(Form):
    code = TextField(
        label=_("Code of your app, or a recovery code"),
        max_length=20,
        required=False,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "short",
            }
        ),
    )
    credential = forms.JSONField(required=False, widget=forms.HiddenInput)


class SecondFactorCodeForm(Form):
    code = TextField(
        label=_("Code of your app, or a recovery code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "class": "short"}
        ),
    )


class AppForm(Form):
    code = TextField(
        label=_("The code that the app shows now"),
        max_length=10,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "short",
            }
        ),
    )


class KeyForm(Form):
    name = TextField(
        label=_("A name for it"),
        max_length=60,
        required=False,
        help_text=_("For example: telephone, office computer."),
    )
    credential = forms.JSONField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("The browser made no key. It needs JavaScript for that.")
        },
    )


class PasswordForm(Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    own_device = forms.BooleanField(
        label=_("This is my own device: keep me signed in for 60 days"), required=False
    )


class RemovePasswordForm(Form):
    current = forms.CharField(
        label=_("Your password until now"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPasswordForm(RemovePasswordForm):
    new = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters; a few words in a row are good."),
    )

    def __init__(self, *args, has_one, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["current"].required = has_one
        if not has_one:
            self.fields["current"].widget = forms.HiddenInput()


class FurtherAddressForm(Form):
    email = forms.EmailField(
        label=_("Further e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send a code of six digits to it."),
    )


class AddressCodeForm(Form):
    code = TextField(
        label=_("Code"),
        max_length=10,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "short",
            }
        ),
    )


class ProfileForm(Form):
    name = TextField(label=_("Your name"), max_length=200, required=False)
