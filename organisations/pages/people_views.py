"""An organisation's page, and who acts for it."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from core.pages.views import FormPage, Page
from organisations import representing, services
from organisations.models import Organisation
from organisations.pages.forms import DecideForm, EndForm, InviteForm


class _OfOrganisation:
    """A page of the organisation that its address names."""

    def find(self):
        return self.fetch(Organisation.objects.standing_for(self.kwargs["pk"]))

    def get_success_url(self):
        return reverse("organisations:organisation", args=[self.subject.pk])


class OrganisationPage(_OfOrganisation, Page):
    """Profile, people, and who asks to become one of them."""

    permission_map = {"get": "organisations.view_contacts"}
    template_name = "organisations/organisation.html"

    def get_context_data(self, **kwargs):
        organisation = self.subject
        people = organisation.representatives.acting().select_related("person")
        claims = organisation.claims.pending().select_related("person")
        return super().get_context_data(
            organisation=organisation, people=people, claims=claims, **kwargs
        )


class InvitePage(_OfOrganisation, FormPage):
    permission_map = {
        "get": "organisations.invite_representative",
        "post": "organisations.invite_representative",
    }
    template_name = "organisations/form.html"
    form_class = InviteForm

    def save(self, form):
        services.invite_representative(
            organisation=self.subject, by=self.request.user, **form.cleaned_data
        )
        messages.success(
            self.request,
            _("{email} may sign in now and act for the organisation.").format(
                email=form.cleaned_data["email"]
            ),
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=_("Invite a person"), button=_("Invite"), **kwargs
        )


class EndPage(_OfOrganisation, FormPage):
    """Ends that a person acts for the organisation: oneself or a colleague."""

    permission_map = {
        "get": "organisations.end_representative",
        "post": "organisations.end_representative",
    }
    template_name = "organisations/form.html"
    form_class = EndForm

    def link(self):
        links = self.subject.representatives.select_related("person")
        return self.fetch(links, pk=self.kwargs["link_pk"])

    def save(self, form):
        link = self.link()
        representing.end_representative(
            representative=link, by=self.request.user, **form.cleaned_data
        )
        messages.success(self.request, _("Saved."))

    def get_success_url(self):
        return reverse("scoring:desk")

    def get_context_data(self, **kwargs):
        link = self.link()
        return super().get_context_data(
            heading=_("End the representation"),
            about=f"{link.shown_name} ({link.person.email})",
            button=_("End it"),
            **kwargs,
        )


class DecidePage(_OfOrganisation, FormPage):
    """Answers a person who asks to act for the organisation."""

    permission_map = {
        "get": "organisations.view_claims",
        "post": "organisations.decide_claim",
    }
    template_name = "organisations/form.html"
    form_class = DecideForm

    def claim(self):
        claims = self.subject.claims.select_related("person", "organisation")
        return self.fetch(claims, pk=self.kwargs["claim_pk"])

    def save(self, form):
        representing.decide_claim(
            claim=self.claim(),
            approve=form.cleaned_data["approve"] == "yes",
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )
        messages.success(self.request, _("Saved."))

    def get_context_data(self, **kwargs):
        claim = self.claim()
        who = ", ".join(filter(None, [claim.name or claim.person.name, claim.role]))
        return super().get_context_data(
            heading=_("A person asks to act for the organisation"),
            about=f"{who} ({claim.person.email})",
            quote=claim.message,
            button=_("Answer"),
            **kwargs,
        )
