"""Publishing in one go, taking it back, and what waits for a second person."""

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest import proposing
from contest.models import Proposal
from contest.pages.bases import OfContest
from contest.phases import ActKind, Phase
from core import clock
from core.pages.forms import Form
from core.pages.views import FormPage
from scoring.labels import action_label
from scoring.pages.bases import OfResults
from scoring.pages.course_views import ActPage
from scoring.pages.forms import ReasonForm
from scoring.progress import unconfirmed_conflicts, unsigned_jurors
from scoring.publication import preview_of

_LIFTING = Proposal.Kind.LIFT_CONFLICT
_PUBLIC = {Phase.PUBLISHED, Phase.ARCHIVED}


class PublicationPage(OfResults, ActPage):
    """Exactly what becomes public, then one button."""

    kind = ActKind.PUBLISH
    form_class = ReasonForm
    permission_map = {"get": "scoring.view_publication", "post": "contest.publish"}
    template_name = "scoring/publication.html"
    section = "scoring:publication"
    heading = gettext_lazy("Publication")
    button = gettext_lazy("Publish the result now")
    done = gettext_lazy("The result is published.")

    def facts(self):
        is_public = self.contest.state_at(clock.now()).phase in _PUBLIC
        if is_public:
            return {"is_public": True}
        return {
            "preview": preview_of(self.contest),
            "unconfirmed": unconfirmed_conflicts(self.contest),
            "unsigned": unsigned_jurors(self.contest),
        }


class UnpublishPage(ActPage):
    kind = ActKind.UNPUBLISH
    form_class = ReasonForm
    permission_map = {"get": "contest.unpublish", "post": "contest.unpublish"}
    section = "scoring:publication"
    heading = gettext_lazy("Take the result back")
    button = gettext_lazy("Take the result back now")
    done = gettext_lazy("The result is no longer public.")


class ProposalForm(Form):
    """Which proposal, and what becomes of it."""

    proposal = forms.UUIDField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=gettext_lazy("Answer"), choices=[("confirm", ""), ("withdraw", "")]
    )


class ProposalsPage(OfContest, FormPage):
    """What one proposed and another may confirm, the pending first."""

    permission_map = {
        "get": "contest.view_proposals",
        "post": "contest.confirm_proposal",
    }
    form_class = ProposalForm
    template_name = "scoring/proposals.html"
    section = "scoring:dashboard"

    def save(self, form):
        proposal = self.fetch(
            Proposal.objects.select_related("contest"),
            contest=self.contest,
            pk=form.cleaned_data["proposal"],
        )
        if form.cleaned_data["answer"] == "confirm":
            proposing.confirm(proposal=proposal, by=self.request.user)
            messages.success(self.request, _("Confirmed: it is done."))
        else:
            proposing.withdraw(proposal=proposal, by=self.request.user)
            messages.success(self.request, _("The proposal is off the table."))

    def get_success_url(self):
        return reverse("scoring:proposals", args=[self.contest.slug])

    def get_context_data(self, **kwargs):
        now = clock.now()
        found = self.contest.proposals.select_related("proposed_by", "decided_by")
        rows = [
            (each, action_label(_ACTIONS[each.kind]), each.state_at(now))
            for each in found.defer("details")
        ]
        return super().get_context_data(
            pending=[row for row in rows if row[2] == Proposal.State.PENDING],
            settled=[row for row in rows if row[2] != Proposal.State.PENDING],
            **kwargs,
        )


_ACTIONS = {
    kind: f"submissions.{kind}" if kind == _LIFTING else f"contest.{kind}"
    for kind in Proposal.Kind.values
}
