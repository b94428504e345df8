"""An edition as its coordinator keeps it: texts, dates, whom to call, logos."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from contest import logos, services, timetable
from contest.models import ContestLogo
from contest.pages.bases import OfContest, VersionedPage
from contest.pages.edition_forms import (
    EditionForm,
    LogoFileForm,
    LogoForm,
    OrganiserForm,
    RemindersForm,
)
from contest.phases import Phase
from core import clock
from core.pages.views import FormPage
from core.policy import allows


class PartOfEdition(VersionedPage):
    """A part of the edition that a form changes."""

    section = "contest:edition"
    template_name = "contest/edition_form.html"

    def get_success_url(self):
        return reverse("contest:edition", args=[self.contest.slug])


class EditionPage(PartOfEdition):
    """Everybody who prepares reads it; while it may be changed, it is a form."""

    permission_map = {"get": "contest.view_timetable", "post": "contest.change"}
    form_class = EditionForm
    template_name = "contest/edition.html"

    def form_arguments(self):
        phase = self.contest.state_at(clock.now()).phase
        # Once entries come in, the end of collection moves by an act.
        fixed = ("opens_at", "closes_at") if phase == Phase.OPEN else ()
        return {
            **super().form_arguments(),
            "zone": self.contest.time_zone,
            "fixed": fixed,
        }

    def change(self, form, version):
        services.change_contest(
            contest=self.contest,
            expected_version=version,
            by=self.request.user,
            **form.changes,
        )

    def get_context_data(self, **kwargs):
        contest, person = self.contest, self.request.user
        return super().get_context_data(
            changes=allows(person, "contest.change", contest),
            logos=contest.logos.shown(),
            **kwargs,
        )


class RemindersPage(PartOfEdition):
    permission_map = {
        "get": "contest.change_reminders",
        "post": "contest.change_reminders",
    }
    form_class = RemindersForm

    @property
    def heading(self):
        return _("Dates that remind")

    def form_arguments(self):
        return {**super().form_arguments(), "zone": self.contest.time_zone}

    def change(self, form, version):
        timetable.change_reminders(
            contest=self.contest,
            expected_version=version,
            by=self.request.user,
            **form.cleaned_data,
        )


class OrganiserPage(PartOfEdition):
    """Whom entrants call: of the organiser, so for every contest of theirs."""

    permission_map = {
        "get": "contest.change_organiser",
        "post": "contest.change_organiser",
    }
    form_class = OrganiserForm

    @property
    def heading(self):
        return _("Contact for entrants")

    def find(self):
        self.found = self.contest_of_address()
        return self.found.series.organiser

    @property
    def contest(self):
        return self.found

    def thing(self):
        return self.subject

    def change(self, form, version):
        services.change_organiser(
            organiser=self.subject,
            expected_version=version,
            by=self.request.user,
            **form.changes,
        )


class LogosPage(OfContest, FormPage):
    """The logos of an edition, and one more."""

    permission_map = {"get": "contest.change", "post": "contest.change"}
    form_class = LogoFileForm
    template_name = "contest/logos.html"
    section = "contest:edition"

    def save(self, form):
        logos.add_logo(
            contest=self.contest,
            content=form.cleaned_data["file"].read(),
            by=self.request.user,
        )
        messages.success(
            self.request,
            _("Added. Now say what it shows, for those who do not see it."),
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(logos=self.contest.logos.shown(), **kwargs)


class LogoPage(PartOfEdition):
    """One logo: its words and place, or taking it off."""

    permission_map = {"get": "contest.change", "post": "contest.change"}
    form_class = LogoForm
    template_name = "contest/logo.html"

    def thing(self):
        return self.fetch(
            ContestLogo.objects.shown(), contest=self.contest, pk=self.kwargs["pk"]
        )

    def post(self, request, *args, **kwargs):
        """Take it off where that button was pressed, else take the form."""
        if "remove" not in request.POST:
            return super().post(request, *args, **kwargs)
        if self.too_late:
            raise self.too_late
        logos.remove_logo(logo=self.thing(), by=request.user)
        messages.success(request, _("The logo is off the edition."))
        return redirect(self.get_success_url())

    def change(self, form, version):
        logos.change_logo(
            logo=self.thing(),
            expected_version=version,
            by=self.request.user,
            **form.changes,
        )

    def get_success_url(self):
        return reverse("contest:logos", args=[self.contest.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(logo=self.thing(), **kwargs)
