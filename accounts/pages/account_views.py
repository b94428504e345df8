"""Pages of one's own account: password, addresses, sign-ins, tokens."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import addresses, passwords, services, sessions
from accounts.models import ApiToken
from accounts.pages.devices import device
from accounts.pages.forms import (
    AddressCodeForm,
    FurtherAddressForm,
    NewPasswordForm,
    PasswordForm,
    RemovePasswordForm,
)
from accounts.pages.opening import open_session
from core import clock
from core.pages.signing_in import way_back
from core.pages.views import FormPage, Page

_CHANGES = {"get": "accounts.view_self", "post": "accounts.change_security"}


class PasswordSignInPage(FormPage):
    """Signs in by a password: the lesser way, for who has set one."""

    permission_map = {"get": "accounts.redeem_code", "post": "accounts.redeem_code"}
    template_name = "accounts/sign_in_password.html"
    form_class = PasswordForm
    throttle_scope = "sign_in"
    keeps_drafts = False

    def save(self, form):
        own_device = form.cleaned_data.pop("own_device")
        person = passwords.sign_in(**form.cleaned_data)
        return open_session(self.request, person, own_device=own_device)

    def get_context_data(self, **kwargs):
        return super().get_context_data(next=way_back(self.request), **kwargs)


class PasswordPage(FormPage):
    """Sets a password, or changes it."""

    permission_map = _CHANGES
    template_name = "accounts/password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("accounts:security")
    keeps_drafts = False

    def form_arguments(self):
        return {"has_one": self.request.user.has_usable_password()}

    def save(self, form):
        passwords.set_password(**form.cleaned_data, by=self.request.user)
        stay_signed_in(self.request)
        messages.success(self.request, _("The password is set."))


class PasswordRemovalPage(FormPage):
    """Removes the password: codes by e-mail are enough."""

    permission_map = _CHANGES
    template_name = "accounts/password_removal.html"
    form_class = RemovePasswordForm
    success_url = reverse_lazy("accounts:security")
    keeps_drafts = False

    def save(self, form):
        passwords.remove_password(**form.cleaned_data, by=self.request.user)
        stay_signed_in(self.request)
        messages.success(self.request, _("Removed."))


class AddressesPage(FormPage):
    """Lists one's addresses; asks for a further one and mails a code to it."""

    permission_map = _CHANGES
    template_name = "accounts/addresses.html"
    form_class = FurtherAddressForm
    success_url = reverse_lazy("accounts:address-code")
    throttle_scope = "sign_in"

    def save(self, form):
        addresses.send_address_code(**form.cleaned_data, by=self.request.user)

    def get_context_data(self, **kwargs):
        further = addresses.addresses_of(self.request.user)
        return super().get_context_data(further=further, **kwargs)


class AddressCodePage(FormPage):
    """Takes the code that was sent to a further address."""

    permission_map = _CHANGES
    template_name = "accounts/address_code.html"
    form_class = AddressCodeForm
    success_url = reverse_lazy("accounts:addresses")

    def save(self, form):
        added = addresses.add_address(**form.cleaned_data, by=self.request.user)
        sentence = _("{email} opens your account now, too.")
        messages.success(self.request, sentence.format(email=added.email))


class AddressRemovalPage(Page):
    permission_map = {"post": "accounts.change_security"}

    def post(self, request, pk):
        addresses.remove_address(address_id=pk, by=request.user)
        messages.success(request, _("Removed."))
        return redirect("accounts:addresses")


class SignInsPage(Page):
    """Where one is signed in."""

    permission_map = {"get": "accounts.view_self"}
    template_name = "accounts/sign_ins.html"

    def get_context_data(self, **kwargs):
        here = self.request.session.session_key
        found = [
            (session, device(session.user_agent), session.session_key == here)
            for session in sessions.sessions_of(self.request.user)
        ]
        return super().get_context_data(sign_ins=found, **kwargs)


class SignInEndPage(Page):
    permission_map = {"post": "accounts.end_session"}

    def post(self, request, pk):
        sessions.end_session(session_id=pk, by=request.user)
        messages.success(request, _("That browser is signed out."))
        return redirect("accounts:sign-ins")


class OtherSignInsEndPage(Page):
    permission_map = {"post": "accounts.end_session"}

    def post(self, request):
        here = request.session.session_key
        ended = sessions.end_other_sessions(kept=here, by=request.user)
        sentence = ngettext(
            "{count} other browser is signed out.",
            "{count} other browsers are signed out.",
            ended,
        )
        messages.success(request, sentence.format(count=ended))
        return redirect("accounts:sign-ins")


class TokensPage(Page):
    """The tokens that work, for programs that act in one's name."""

    permission_map = {"get": "accounts.manage_tokens"}
    template_name = "accounts/tokens.html"

    def get_context_data(self, **kwargs):
        mine = ApiToken.objects.valid(clock.now()).filter(person=self.request.user)
        return super().get_context_data(tokens=mine, **kwargs)


class TokenEndPage(Page):
    permission_map = {"post": "accounts.manage_tokens"}

    def post(self, request, pk):
        services.revoke_token(token_id=pk, by=request.user)
        messages.success(request, _("The token has ended."))
        return redirect("accounts:tokens")


def stay_signed_in(request):
    """Keep this one session, under a new key, when the password has changed."""
    update_session_auth_hash(request, request.user)
    UserSession.objects.create_from_request(request)
