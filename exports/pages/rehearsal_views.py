"""The rehearsal of a contest: made, played on and deleted on one page."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.models import Rehearsal
from contest.pages.bases import OfContest
from core.pages.views import FormPage, Page
from exports import rehearsing


class OfRehearsal(OfContest):
    section = "contest:edition"


class RehearsalPage(OfRehearsal, FormPage):
    """Of a contest: what a rehearsal is, and its making; of a rehearsal: its end."""

    permission_map = {"get": "contest.rehearse", "post": "contest.rehearse"}
    template_name = "exports/rehearsal.html"

    def save(self, form):  # noqa: ARG002 -- nothing is typed
        made = rehearsing.rehearse(contest=self.contest, by=self.request.user)
        messages.success(
            self.request, _("The rehearsal is made. Its letters come to you alone.")
        )
        return redirect("scoring:dashboard", made.slug)

    def get_context_data(self, **kwargs):
        rehearsals = Rehearsal.objects.select_related("of", "contest", "person")
        contest = self.contest
        role = {"contest": contest} if contest.is_rehearsal else {"of": contest}
        return super().get_context_data(
            rehearsal=rehearsals.filter(**role).first(),
            entries=rehearsing.SENT + rehearsing.DRAFTS,
            **kwargs,
        )


class RehearsalScorePage(OfRehearsal, Page):
    permission_map = {"post": "contest.play_rehearsal"}

    def post(self, request, slug):
        sent = rehearsing.let_jurors_score(contest=self.contest, by=request.user)
        said = ngettext(
            "The generated jurors sent {count} sheet.",
            "The generated jurors sent {count} sheets.",
            sent,
        )
        messages.success(request, said.format(count=sent))
        return redirect("scoring:progress", slug)


class RehearsalDeletePage(OfRehearsal, Page):
    permission_map = {"post": "contest.delete_rehearsal"}

    def post(self, request, slug):  # noqa: ARG002 -- Django's signature
        rehearsed = rehearsing.delete_rehearsal(contest=self.contest, by=request.user)
        messages.success(request, _("The rehearsal is deleted."))
        return redirect("scoring:dashboard", rehearsed.slug)
