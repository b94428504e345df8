"""Who may make editions, and of what: organisers, their members, contests that return.

These pages stand outside any edition: they are what there is before the first one.
"""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest import services
from contest.models import Organiser
from contest.pages.bases import Versioned
from contest.pages.edition_forms import OrganiserForm
from contest.pages.organiser_forms import NewOrganiserForm, SeriesForm
from contest.pages.people_forms import InvitationForm
from core.pages.views import FormPage


class NewSeriesPage(FormPage):
    """For members of an organiser: name what comes back every year."""

    permission_map = {"get": "contest.create_any", "post": "contest.create_any"}
    form_class = SeriesForm
    template_name = "contest/organiser_form.html"
    heading = gettext_lazy("New contest that comes back")
    does = gettext_lazy(
        "The name under which it comes back every year, without the year. Its editions"
        " are made next."
    )

    def form_arguments(self):
        mine = Organiser.objects.filter(members__person=self.request.user)
        return {"organisers": mine}

    def save(self, form):
        services.create_series(by=self.request.user, **form.values)
        messages.success(self.request, _("Made. Now begin its first edition."))
        return redirect("contest:new")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=self.heading, does=self.does, back=reverse("contest:new"), **kwargs
        )


class NewOrganiserPage(FormPage):
    """For administrators: a tenant, whose members are let in next."""

    permission_map = {
        "get": "contest.create_organiser",
        "post": "contest.create_organiser",
    }
    form_class = NewOrganiserForm
    template_name = "contest/organiser_form.html"
    heading = gettext_lazy("New organiser")
    does = gettext_lazy(
        "Whom entrants call stands on every page of its contests. Next you let in who"
        " makes them."
    )

    def save(self, form):
        made = services.create_organiser(by=self.request.user, **form.values)
        messages.success(self.request, _("Made. Now let in who makes its contests."))
        return redirect("contest:organiser-details", made.slug)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=self.heading, does=self.does, back=reverse("contest:new"), **kwargs
        )


class OfOrganiser:
    """A page of the organiser that its address names."""

    def find(self):
        return self.fetch(Organiser.objects.all(), slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(organiser=self.subject, **kwargs)


class DetailsPage(OfOrganiser, Versioned, FormPage):
    """Whom entrants call, also before there is an edition."""

    permission_map = {
        "get": "contest.change_organiser",
        "post": "contest.change_organiser",
    }
    form_class = OrganiserForm
    template_name = "contest/organiser_details.html"

    def thing(self):
        return self.subject

    def change(self, form, version):
        services.change_organiser(
            organiser=self.subject,
            expected_version=version,
            by=self.request.user,
            **form.changes,
        )

    def get_context_data(self, **kwargs):
        members = self.subject.members.select_related("person")
        return super().get_context_data(members=members, **kwargs)


class AddMemberPage(OfOrganiser, FormPage):
    """Let a person make and prepare the contests of an organiser."""

    permission_map = {
        "get": "contest.add_organiser_member",
        "post": "contest.add_organiser_member",
    }
    form_class = InvitationForm
    template_name = "contest/organiser_form.html"
    heading = gettext_lazy("Let a person make contests")
    does = gettext_lazy(
        "The person makes contests of this organiser and prepares its editions, from"
        " this moment."
    )

    def save(self, form):
        invitation = services.add_organiser_member(
            organiser=self.subject, by=self.request.user, **form.cleaned_data
        )
        self.template_name = "contest/member_invited.html"
        context = self.get_context_data(
            form=None, person=invitation.person, code=invitation.code
        )
        return self.render_to_response(context)

    def get_context_data(self, **kwargs):
        back = reverse("contest:organiser-details", args=[self.subject.slug])
        return super().get_context_data(
            heading=self.heading, does=self.does, back=back, **kwargs
        )
