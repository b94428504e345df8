from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.http import urlencode
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _

from accounts import codes, services
from accounts.pages.forms import AddressForm, CodeForm, InvitationForm, ProfileForm
from accounts.pages.opening import asker_of, open_session, remember_language
from core.pages.signing_in import NEXT, way_back
from core.pages.views import FormPage, Page

_ASKED_FOR = "code_was_sent_to"  # key of the session


class SignInPage(FormPage):
    """Asks for the address; says the same whether it is known or not."""

    permission_map = {"get": "accounts.request_code", "post": "accounts.request_code"}
    template_name = "accounts/sign_in.html"
    throttle_scope = "sign_in"
    form_class = AddressForm

    def save(self, form):
        email = form.cleaned_data["email"]
        codes.send_code(email=email, asker=asker_of(self.request))
        self.request.session[_ASKED_FOR] = email
        if "again" in self.request.POST:
            messages.success(self.request, _("Another code is on its way."))
        query = urlencode({NEXT: way_back(self.request)})
        return redirect(f"{reverse('accounts:sign-in-code')}?{query}")

    def get_context_data(self, **kwargs):
        return super().get_context_data(next=way_back(self.request), **kwargs)


class CodePage(FormPage):
    """Takes the code, in whatever browser it is typed."""

    permission_map = {"get": "accounts.redeem_code", "post": "accounts.redeem_code"}
    template_name = "accounts/sign_in_code.html"
    throttle_scope = "sign_in"
    form_class = CodeForm

    def form_arguments(self):
        return {"initial": {"email": self.request.session.get(_ASKED_FOR, "")}}

    def save(self, form):
        values = form.cleaned_data
        person = codes.sign_in(
            email=values["email"],
            code=values["code"],
            asker=asker_of(self.request),
        )
        return open_session(self.request, person, own_device=values["own_device"])

    def get_context_data(self, **kwargs):
        sent_to = self.request.session.get(_ASKED_FOR, "")
        return super().get_context_data(
            next=way_back(self.request), sent_to=sent_to, **kwargs
        )


class InvitationPage(CodePage):
    """Takes the code of an invitation; the link to it uses nothing up.

    Where the code has ended the person asks for a fresh one on the same page.
    """

    template_name = "accounts/invitation.html"
    form_class = InvitationForm

    def form_arguments(self):
        asked = self.request.GET
        values = {"email": asked.get("email", ""), "code": asked.get("code", "")}
        return {"initial": values}

    def get_context_data(self, **kwargs):
        typed = self.request.POST.get("email") or self.request.GET.get("email", "")
        again = AddressForm(initial={"email": typed}, auto_id="again_%s")
        return super().get_context_data(again=again, **kwargs)


class SignOutPage(Page):
    permission_map = {"post": "accounts.sign_out"}

    def post(self, request):
        logout(request)
        response = redirect(settings.LOGOUT_REDIRECT_URL)
        response["Clear-Site-Data"] = '"cache", "storage"'  # with what was not saved
        return response


class AccountPage(FormPage):
    """One's own name; where further pages of the account lead from."""

    permission_map = {"get": "accounts.view_self", "post": "accounts.change_self"}
    template_name = "accounts/account.html"
    form_class = ProfileForm
    success_url = reverse_lazy("accounts:account")

    def form_arguments(self):
        return {"initial": {"name": self.request.user.name}}

    def save(self, form):
        services.change_self(by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Saved."))


class LanguagePage(Page):
    """Changes the language of this browser, and of the account that is signed in."""

    permission_map = {"post": "accounts.choose_language"}

    def post(self, request):
        language = request.POST.get("language", "")
        response = HttpResponseRedirect(way_back(request))
        if language in dict(settings.LANGUAGES) and check_for_language(language):
            remember_language(response, language)
            if request.user.is_authenticated and request.user.language != language:
                services.change_self(by=request.user, language=language)
        return response
