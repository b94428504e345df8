"""Who runs an edition, who may look into it, who asks to speak for an organisation."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest import register, staff
from contest.models import Auditor, Coordinator
from contest.pages import people_forms as forms
from contest.pages.bases import OfContest
from contest.pages.panel_views import invited
from core import clock
from core.pages.views import FormPage, Page
from core.policy import allows

_ON_A_PAGE = 50


class PeoplePage(OfContest, Page):
    permission_map = {"get": "contest.view_coordinators"}
    template_name = "contest/people.html"
    section = "contest:people"

    def get_context_data(self, **kwargs):
        person, contest = self.request.user, self.contest
        return super().get_context_data(
            coordinators=contest.coordinators.select_related("person"),
            auditors=contest.auditors.select_related("person"),
            addresses=allows(person, "contest.view_addresses", contest),
            claims=self._claims(),
            now=clock.now(),
            **kwargs,
        )

    def _claims(self):
        """How many requests to represent wait; None for whoever may not see them."""
        if not allows(self.request.user, "contest.view_claims", self.contest):
            return None
        return register.claims_of(self.contest).pending().count()


class PersonPage(OfContest, FormPage):
    """Something done about one person, on a page that says what it does.

    ``whom`` gives the row that it is about; None where there is none yet.
    """

    template_name = "contest/person.html"
    section = "contest:people"
    form_class = forms.ReasonForm
    heading = ""
    does = ""
    back = "contest:people"
    whom = None

    def get_success_url(self):
        return reverse(self.back, args=[self.contest.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=self.heading,
            does=self.does,
            of=self.whom() if self.whom else None,
            **kwargs,
        )

    def part(self, people):
        """Find a row of this contest."""
        people = people.select_related("person")
        return self.fetch(people, contest=self.contest, pk=self.kwargs["pk"])


class AddCoordinatorPage(PersonPage):
    permission_map = {
        "get": "contest.add_coordinator",
        "post": "contest.add_coordinator",
    }
    form_class = forms.InvitationForm
    heading = gettext_lazy("Add a coordinator")
    does = gettext_lazy("The person runs the edition as you do, from this moment.")

    def save(self, form):
        invitation = staff.add_coordinator(
            contest=self.contest, by=self.request.user, **form.cleaned_data
        )
        return invited(self, invitation.person, invitation, back=self.back)


class RemoveCoordinatorPage(PersonPage):
    permission_map = {
        "get": "contest.remove_coordinator",
        "post": "contest.remove_coordinator",
    }
    heading = gettext_lazy("Remove a coordinator")
    does = gettext_lazy("The person can do nothing in this edition any more.")

    def whom(self):
        return self.part(Coordinator.objects.all())

    def save(self, form):
        staff.remove_coordinator(
            coordinator=self.whom(), by=self.request.user, **form.cleaned_data
        )
        messages.success(self.request, _("Removed."))


class AddAuditorPage(PersonPage):
    permission_map = {"get": "contest.add_auditor", "post": "contest.add_auditor"}
    form_class = forms.AuditorForm
    heading = gettext_lazy("Name an auditor")
    does = gettext_lazy(
        "The person reads the edition for a time; each reading is recorded."
    )

    def form_arguments(self):
        return {"zone": self.contest.time_zone}

    def save(self, form):
        auditor, invitation = staff.add_auditor(
            contest=self.contest, by=self.request.user, **form.cleaned_data
        )
        return invited(self, auditor.person, invitation, back=self.back)


class EndAuditorPage(PersonPage):
    permission_map = {"get": "contest.end_auditor", "post": "contest.end_auditor"}
    heading = gettext_lazy("End the audit")
    does = gettext_lazy("The person reads nothing any more, from this moment.")

    def whom(self):
        return self.part(Auditor.objects.all())

    def save(self, form):
        staff.end_auditor(
            auditor=self.whom(), by=self.request.user, **form.cleaned_data
        )
        messages.success(self.request, _("The audit has ended."))


class ClaimsPage(OfContest, Page):
    """Who asks to act for organisations that could enter, the waiting ones."""

    permission_map = {"get": "contest.view_claims"}
    template_name = "contest/claims.html"
    section = "contest:people"

    def get_context_data(self, **kwargs):
        waiting = register.claims_of(self.contest).pending()
        pages = Paginator(waiting.select_related("person", "organisation"), _ON_A_PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, **kwargs)


class ClaimPage(PersonPage):
    """One request, to be answered."""

    permission_map = {"get": "contest.decide_claim", "post": "contest.decide_claim"}
    form_class = forms.ClaimForm
    heading = gettext_lazy("Request to represent")
    template_name = "contest/claim.html"
    back = "contest:claims"

    def whom(self):
        claims = register.claims_of(self.contest)
        return self.fetch(
            claims.select_related("person", "organisation"), pk=self.kwargs["pk"]
        )

    def save(self, form):
        register.decide_claim(
            contest=self.contest,
            claim=self.whom(),
            by=self.request.user,
            **form.cleaned_data,
        )
        messages.success(
            self.request, _("The request is answered; the person is told.")
        )
