"""The rulebook: its questions, a preview of the sheet, its versions, its weights."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from contest import proposing, rulebook, rulemaking
from contest.differences import differences
from contest.models import Proposal
from contest.pages.bases import OfContest
from contest.pages.rulebook_forms import RulebookForm
from contest.pages.rules_views import PartPage, RulesPage
from contest.pages.weights_forms import WeightsForm
from contest.pages.wording import told
from core.pages.views import Page
from core.policy import allows


class RulebookPage(PartPage):
    """The seven questions, and the ways to all other parts."""

    form_class = RulebookForm
    template_name = "contest/rulebook.html"

    def get_context_data(self, **kwargs):
        contest, person = self.contest, self.request.user
        return super().get_context_data(
            weighs=allows(person, "contest.change_weights", contest),
            rules=rulebook.read_version(contest.rules_in_force),
            versions=contest.rulebooks.defer("document"),
            **kwargs,
        )


class WeightsPage(RulesPage):
    """Weights, places and the minimum score once judging has begun, with a reason."""

    permission_map = {"get": "contest.change_weights", "post": "contest.change_weights"}
    form_class = WeightsForm
    template_name = "contest/weights.html"

    @property
    def heading(self):
        return _("Change weights")

    def get_context_data(self, **kwargs):
        rules = rulebook.read_version(self.thing())
        return super().get_context_data(
            changes=True, two_persons=rules.two_persons, **kwargs
        )

    def save(self, form):
        if not rulebook.read_version(self.thing()).two_persons:
            return super().save(form)
        proposing.propose(
            contest=self.contest,
            kind=Proposal.Kind.CHANGE_WEIGHTS,
            subject_id=None,
            details={
                "document": form.new_document(),
                "version": form.cleaned_data["version"],
            },
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )
        said = _("Proposed: another coordinator has to confirm it.")
        messages.success(self.request, said)
        return redirect(self.get_success_url())

    def change(self, form, version):
        rulemaking.change_weights(
            contest=self.contest,
            document=form.new_document(),
            reason=form.cleaned_data["reason"],
            expected_version=version,
            by=self.request.user,
        )


class SheetPreviewPage(OfContest, Page):
    """The sheet as a juror will see it, with nothing to send."""

    permission_map = {"get": "contest.view_timetable"}
    template_name = "contest/sheet_preview.html"
    section = "contest:rulebook"

    def get_context_data(self, **kwargs):
        rules = rulebook.read_version(self.contest.rules_in_force)
        return super().get_context_data(
            criteria=[(each, list(_points(each))) for each in rules.criteria],
            rules=rules,
            **kwargs,
        )


_SHOWN_POINTS = 20


def _points(criterion):
    """Yield points and their words; of a long scale its ends and those with words."""
    scale = criterion.scale
    for steps in range(scale.steps + 1):
        value = str(scale.value(steps))
        words = criterion.words.get(value, {})
        is_end = steps in {0, scale.steps}
        if scale.steps <= _SHOWN_POINTS or words or is_end:
            yield value, words


class RulebookVersionPage(OfContest, Page):
    """One version, and what differs in it from the one before."""

    permission_map = {"get": "contest.view_timetable"}
    template_name = "contest/rulebook_version.html"
    section = "contest:rulebook"

    def get_context_data(self, **kwargs):
        number = self.kwargs["number"]
        version = self.fetch(self.contest.rulebooks.all(), number=number)
        before = self.contest.rulebooks.filter(number=number - 1).first()
        found = differences(before.document, version.document) if before else []
        return super().get_context_data(
            version=version,
            before=before,
            differences=told(found, self.contest.time_zone),
            **kwargs,
        )
