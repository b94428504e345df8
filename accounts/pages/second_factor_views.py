"""The second factor: asked for when signing in, set up and removed in the account."""

import json

from allauth.account.stages import LoginStageController
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from accounts import second_factor
from accounts.pages.forms import (
    AppForm,
    KeyForm,
    SecondFactorCodeForm,
    SecondFactorForm,
)
from accounts.pages.pictures import code_picture
from accounts.stages import SecondFactorStage
from core.errors import Conflict, Invalid
from core.pages.signing_in import NEXT, way_back
from core.pages.views import FormPage, Page

_NEW_APP = "new_app"  # key of the session, for its secret


class SecondFactorPage(FormPage):
    """Asks whoever has shown a code of ours for the second factor."""

    permission_map = {"get": "accounts.redeem_code", "post": "accounts.redeem_code"}
    template_name = "accounts/second_factor.html"
    form_class = SecondFactorForm
    throttle_scope = "sign_in"
    keeps_drafts = False

    def admit(self, request, action):
        """Find who is halfway in; that is no object of the matrix."""
        super().admit(request, action)
        self.subject = LoginStageController.enter(request, SecondFactorStage.key)
        if self.subject is None:
            raise Conflict(_("Nobody is signing in here, or it took too long."))

    def save(self, form):
        person, values = self.subject.login.user, form.cleaned_data
        if values["credential"]:
            check, given = second_factor.check_key, values["credential"]
            factor = check(person=person, credential=given)
        elif values["code"]:
            factor = second_factor.check_code(person=person, code=values["code"])
        else:
            raise Invalid.field("code", _("Type a code, or use a key."))
        factor.user = person
        post_authentication(self.request, factor)
        return self.subject.exit()

    def get_context_data(self, **kwargs):
        person = self.subject.login.user
        kinds = {factor.type for factor in second_factor.factors_of(person)}
        options = None
        if "webauthn" in kinds:
            options = json.dumps(second_factor.begin_check_of_key(person))
        return super().get_context_data(options=options, **kwargs)


class SecurityPage(Page):
    """What guards the account: app, keys, recovery codes."""

    permission_map = {"get": "accounts.view_self"}
    template_name = "accounts/security.html"

    def get_context_data(self, **kwargs):
        person = self.request.user
        factors = list(second_factor.factors_of(person))
        return super().get_context_data(
            factors=factors,
            has_app=any(factor.type == "totp" for factor in factors),
            codes_left=second_factor.recovery_codes_left(person),
            is_required=person.lacks_second_factor and NEXT in self.request.GET,
            next=self.request.GET.get(NEXT, ""),
            **kwargs,
        )


class _SecurityFormPage(FormPage):
    permission_map = {
        "get": "accounts.view_self",
        "post": "accounts.change_security",
    }
    success_url = reverse_lazy("accounts:security")
    keeps_drafts = False

    def told_once(self, codes, sentence):
        """Show recovery codes, once; where there are none, lead back."""
        if not codes:
            messages.success(self.request, sentence)
            return redirect(way_back_or(self.request, self.success_url))
        context = {"codes": codes, "sentence": sentence}
        context["next"] = way_back_or(self.request, self.success_url)
        return TemplateResponse(
            self.request, "accounts/recovery_codes_told.html", context
        )

    def get_context_data(self, **kwargs):
        here = self.request.POST.get(NEXT) or self.request.GET.get(NEXT, "")
        return super().get_context_data(next=here, **kwargs)


class AppPage(_SecurityFormPage):
    """Binds an app; its secret waits in the session until a code proves it."""

    template_name = "accounts/app.html"
    form_class = AppForm

    def save(self, form):
        secret = self.request.session.get(_NEW_APP, "")
        if not secret:
            raise Invalid(_("This took too long. Scan the new picture."))
        codes = second_factor.add_app(
            secret=secret, code=form.cleaned_data["code"], by=self.request.user
        )
        del self.request.session[_NEW_APP]
        return self.told_once(codes, _("The app is set up."))

    def get_context_data(self, **kwargs):
        session = self.request.session
        secret = session.setdefault(_NEW_APP, generate_totp_secret())
        address = second_factor.app_address(self.request.user, secret)
        return super().get_context_data(
            picture=code_picture(address), address=address, secret=secret, **kwargs
        )


class KeyPage(_SecurityFormPage):
    """Binds a key: of this device, or one that is plugged in."""

    template_name = "accounts/key.html"
    form_class = KeyForm

    def save(self, form):
        codes = second_factor.add_key(**form.cleaned_data, by=self.request.user)
        return self.told_once(codes, _("The key is added."))

    def get_context_data(self, **kwargs):
        options = json.dumps(second_factor.begin_adding_key(self.request.user))
        return super().get_context_data(options=options, **kwargs)


class FactorRemovalPage(_SecurityFormPage):
    """Removes an app or a key against a code."""

    template_name = "accounts/factor_removal.html"
    form_class = SecondFactorCodeForm

    def find(self):
        mine = second_factor.factors_of(self.request.user)
        return self.fetch(mine, pk=self.kwargs["pk"])

    def admit(self, request, action):
        """Ask for the account: a factor is found among one's own only."""
        factor, self.subject = self.subject, None
        super().admit(request, action)
        self.subject = factor

    def save(self, form):
        second_factor.remove(
            factor_id=self.subject.pk,
            code=form.cleaned_data["code"],
            by=self.request.user,
        )
        messages.success(self.request, _("Removed."))

    def get_context_data(self, **kwargs):
        return super().get_context_data(factor=self.subject, **kwargs)


class RecoveryCodesPage(_SecurityFormPage):
    """Makes new recovery codes against a code; the old ones end."""

    template_name = "accounts/recovery_codes.html"
    form_class = SecondFactorCodeForm

    def save(self, form):
        codes = second_factor.renew_recovery_codes(
            code=form.cleaned_data["code"], by=self.request.user
        )
        return self.told_once(codes, _("The new recovery codes are made."))


def way_back_or(request, default):
    """Lead back to where a second factor was asked for, or to ``default``."""
    asked = request.POST.get(NEXT) or request.GET.get(NEXT)
    return way_back(request) if asked else str(default)
