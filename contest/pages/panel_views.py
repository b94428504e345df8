"""The panel: who sits on it, as what, and what a coordinator does about a seat."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext_lazy

from contest import panel
from contest.models import Juror
from contest.pages import people_forms as forms
from contest.pages.bases import OfContest
from contest.rulebook import read_version
from core import clock
from core.pages.forms import Form
from core.pages.views import FormPage
from core.policy import allows

INVITED = "contest/invited.html"


class _WithGroups(OfContest, FormPage):
    @property
    def groups(self):
        """The panels that nominations of the contest have of their own."""
        return read_version(self.contest.rules_in_force).panels


class PanelPage(_WithGroups):
    """Every seat, and a form to invite for whoever may."""

    permission_map = {"get": "contest.view_jurors", "post": "contest.invite_juror"}
    form_class = forms.JurorForm
    template_name = "contest/panel.html"
    section = "contest:panel"

    def form_arguments(self):
        return {"groups": self.groups}

    def save(self, form):
        juror, invitation = panel.invite_juror(
            contest=self.contest, by=self.request.user, **form.cleaned_data
        )
        return invited(self, juror.person, invitation, back="contest:panel")

    def get_context_data(self, **kwargs):
        person, contest = self.request.user, self.contest
        return super().get_context_data(
            seats=contest.jurors.with_invitation(clock.now()),
            addresses=allows(person, "contest.view_addresses", contest),
            **kwargs,
        )


def invited(page, person, invitation, *, back):
    """Tell that a person was invited, with the code that is shown this once."""
    context = page.get_context_data(
        form=None,
        person=person,
        code=invitation.code,
        back=reverse(back, args=[page.contest.slug]),
    )
    page.template_name = INVITED
    return page.render_to_response(context)


class SeatPage(OfContest, FormPage):
    """Something done about one seat, on a page that says what it does."""

    template_name = "contest/seat.html"
    section = "contest:panel"
    form_class = forms.ReasonForm
    heading = ""
    does = ""
    done = ""

    @property
    def seat(self):
        """The seat of the address."""
        seats = Juror.objects.with_invitation(clock.now())
        return self.fetch(seats, contest=self.contest, pk=self.kwargs["pk"])

    def act(self, juror, values):
        """Call the service."""
        raise NotImplementedError

    def save(self, form):
        self.act(self.seat, form.cleaned_data)
        messages.success(self.request, self.done)

    def get_success_url(self):
        return reverse("contest:panel", args=[self.contest.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            seat=self.seat, heading=self.heading, does=self.does, **kwargs
        )


class InviteAgainPage(SeatPage):
    permission_map = {"get": "contest.invite_juror", "post": "contest.invite_juror"}
    form_class = Form
    heading = gettext_lazy("Send the invitation")
    does = gettext_lazy("The person gets a message with a link; an earlier code ends.")

    def save(self, form):  # noqa: ARG002 -- the form asks nothing
        juror, invitation = panel.invite_again(juror=self.seat, by=self.request.user)
        return invited(self, juror.person, invitation, back="contest:panel")


class RolePage(_WithGroups, SeatPage):
    permission_map = {"get": "contest.change_juror", "post": "contest.change_juror"}
    form_class = forms.RoleForm
    heading = gettext_lazy("Change the role")
    does = gettext_lazy("Once judging is open a vote is neither given nor taken here.")
    done = gettext_lazy("The role is changed.")

    def form_arguments(self):
        seat = self.seat
        known = {"role": seat.role, "groups": seat.groups}
        return {"initial": known, "groups": {*self.groups, *seat.groups}}

    def act(self, juror, values):
        panel.change_role(juror=juror, by=self.request.user, **values)


class ActivationPage(SeatPage):
    permission_map = {
        "get": "contest.activate_substitute",
        "post": "contest.activate_substitute",
    }
    form_class = forms.ActivationForm
    heading = gettext_lazy("Let the substitute vote")
    does = gettext_lazy("From now on the substitute scores as every juror does.")
    done = gettext_lazy("The substitute votes from now on.")

    def form_arguments(self):
        removed = self.contest.jurors.filter(
            removed_at__isnull=False, replaced_by__isnull=True
        )
        return {"removed": removed.select_related("person")}

    def act(self, juror, values):
        panel.activate_substitute(juror=juror, by=self.request.user, **values)


class RemovalPage(SeatPage):
    permission_map = {"get": "contest.remove_juror", "post": "contest.remove_juror"}
    form_class = forms.RemovalForm
    heading = gettext_lazy("Remove from the panel")
    does = gettext_lazy(
        "The person sees and scores nothing any more, from this moment."
    )
    done = gettext_lazy("Removed. The seat stays in the record and can be restored.")

    def act(self, juror, values):
        panel.remove_juror(juror=juror, by=self.request.user, **values)


class RestorationPage(SeatPage):
    permission_map = {"get": "contest.remove_juror", "post": "contest.remove_juror"}
    heading = gettext_lazy("Restore to the panel")
    does = gettext_lazy("The person gets the seat back, with the scores given there.")
    done = gettext_lazy("Restored.")

    def act(self, juror, values):
        panel.restore_juror(juror=juror, by=self.request.user, **values)
