"""Who won in which edition of the series, whom the rules of a later one may bar."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from contest.pages.bases import OfContest
from contest.rulebook import OVERALL, read_version
from core.localized import localized
from core.pages.paging import page_of
from core.pages.views import FormPage, Page
from core.policy import allows
from organisations.models import Organisation
from submissions import awarding
from submissions.models import Award
from submissions.pages.award_forms import AwardForm

_HERE = "submissions:awards"


class AwardsPage(OfContest, FormPage):
    """The awards of the series, the newest first, and the form for an earlier one."""

    permission_map = {"get": "submissions.view_awards", "post": "submissions.add_award"}
    template_name = "submissions/awards.html"
    form_class = AwardForm
    section = "submissions:manage-entries"

    def form_arguments(self):
        return {
            "organisations": Organisation.objects.standing(),
            "nominations": self._nominations(),
        }

    def save(self, form):
        made = awarding.add_award(
            contest=self.contest, by=self.request.user, **form.cleaned_data
        )
        messages.success(
            self.request,
            _("The award of {organisation} is recorded.").format(
                organisation=made.organisation.name
            ),
        )

    def get_success_url(self):
        return reverse(_HERE, args=[self.contest.slug])

    def get_context_data(self, **kwargs):
        awards = Award.objects.filter(series=self.contest.series_id)
        page = page_of(self.request, awards.select_related("organisation"))
        titles = dict(self._nominations())
        bar = read_version(self.contest.rules_in_force).limits.bar_winners
        return super().get_context_data(
            page=page,
            rows=[
                (each, titles.get(each.nomination, each.nomination)) for each in page
            ],
            bar=bar,
            adds=allows(self.request.user, "submissions.add_award", self.contest),
            **kwargs,
        )

    def _nominations(self):
        fallback = self.contest.fallback_language
        nominations = [
            (each.code, localized(each.title, fallback=fallback) or each.code)
            for each in read_version(self.contest.rules_in_force).nominations
        ]
        return [(OVERALL, _("Overall")), *nominations]


class RemoveAwardPage(OfContest, Page):
    """Takes back an award that was recorded by mistake."""

    permission_map = {"post": "submissions.add_award"}

    def post(self, request, slug, award_pk):
        awards = Award.objects.filter(series=self.contest.series_id)
        award = self.fetch(awards, pk=award_pk)
        awarding.remove_award(contest=self.contest, award=award, by=request.user)
        messages.success(request, _("The award is taken back."))
        return redirect(_HERE, slug)
