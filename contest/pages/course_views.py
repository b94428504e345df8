"""More time for all, or less: the one date that moves while entries come in."""

from datetime import timedelta

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from contest import course, rulebook
from contest.notices import preview_act
from contest.pages.bases import OfContest
from contest.pages.forms import DeadlineForm
from contest.phases import ActKind
from core.pages.views import FormPage


class DeadlinePage(OfContest, FormPage):
    permission_map = {"get": "contest.move_deadline", "post": "contest.move_deadline"}
    form_class = DeadlineForm
    template_name = "contest/deadline.html"
    section = "scoring:dashboard"

    def form_arguments(self):
        return {
            "zone": self.contest.time_zone,
            "initial": {"until": self.contest.deadline},
        }

    def save(self, form):
        course.move_deadline(
            contest=self.contest, by=self.request.user, **form.cleaned_data
        )
        messages.success(self.request, _("The new deadline holds for everybody."))

    def get_success_url(self):
        return reverse("scoring:dashboard", args=[self.contest.slug])

    def get_context_data(self, **kwargs):
        contest = self.contest
        rules = rulebook.read_version(contest.rules_in_force)
        days = timedelta(days=rules.collection_days_max)
        return super().get_context_data(
            latest=contest.opens_at + days if contest.opens_at else None,
            days=rules.collection_days_max,
            mailing=preview_act(contest, ActKind.MOVE_DEADLINE),
            **kwargs,
        )
