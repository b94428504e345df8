"""The register: adding an organisation, asking to represent one, its profile."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.services import change_self
from core.errors import Conflict
from core.pages.signing_in import way_back
from core.pages.views import FormPage
from organisations.countries import COUNTRY_CODES, HOME
from organisations.models import Organisation
from organisations.pages.forms import AddForm, ChangeForm, ClaimForm
from organisations.representing import ask_to_represent
from organisations.services import add_organisation, change_organisation

_ANSWERED_ALREADY = {"already_represents", "claim_pending"}


class _OnTheWay(FormPage):
    """A page that somebody passes on the way to another one: ``?next=``."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(next=way_back(self.request), **kwargs)

    def go_on(self):
        return redirect(way_back(self.request))


def country_asked_for(request, default):
    """Tell which country ``?country=`` names, or the usual one."""
    wanted = request.GET.get("country", "")
    return wanted if wanted in COUNTRY_CODES else default


class AddPage(_OnTheWay):
    """Adds an organisation; who adds it acts for it at once."""

    permission_map = {"get": "organisations.create", "post": "organisations.create"}
    template_name = "organisations/add.html"
    form_class = AddForm

    def form_arguments(self):
        return {
            "initial": {"name": self.request.GET.get("name", "")[:300]},
            "country_code": country_asked_for(self.request, HOME),
        }

    def save(self, form):
        added = add_organisation(
            by=self.request.user, i_represent=True, **form.cleaned_data
        )
        messages.success(
            self.request,
            _("{organisation} is in the register now, and you act for it.").format(
                organisation=added.name
            ),
        )
        return self.go_on()


class ClaimPage(_OnTheWay):
    """Asks to act for an organisation; the entry can be written meanwhile."""

    permission_map = {"get": "organisations.claim", "post": "organisations.claim"}
    template_name = "organisations/claim.html"
    form_class = ClaimForm

    def find(self):
        return self.fetch(Organisation.objects.standing_for(self.kwargs["pk"]))

    def form_arguments(self):
        return {"initial": {"name": self.request.user.name}}

    def save(self, form):
        person = self.request.user
        try:
            ask_to_represent(organisation=self.subject, by=person, **form.cleaned_data)
        except Conflict as refusal:
            if refusal.code not in _ANSWERED_ALREADY:
                raise
        if not person.name:
            change_self(by=person, name=form.cleaned_data["name"])
        messages.success(
            self.request,
            _(
                "You have asked to represent {organisation}. Do not wait for the"
                " answer: begin the entry now."
            ).format(organisation=self.subject.name),
        )
        return self.go_on()


class ChangePage(FormPage):
    """What the register says of an organisation, for its people to keep up."""

    permission_map = {"get": "organisations.change", "post": "organisations.change"}
    template_name = "organisations/form.html"
    form_class = ChangeForm

    def find(self):
        return self.fetch(Organisation.objects.standing_for(self.kwargs["pk"]))

    def form_arguments(self):
        names = ChangeForm.base_fields
        return {
            "country_code": self.subject.country,
            "initial": {name: getattr(self.subject, name) for name in names},
        }

    def save(self, form):
        values = dict(form.cleaned_data)
        change_organisation(
            organisation=self.subject,
            expected_version=values.pop("version"),
            by=self.request.user,
            **values,
        )
        messages.success(self.request, _("Saved."))

    def get_success_url(self):
        return reverse("organisations:organisation", args=[self.subject.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=_("What the register says"), button=_("Save"), **kwargs
        )
