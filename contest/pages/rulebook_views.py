"""The rulebook: its questions, a preview of the sheet, its versions, its weights."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from contest import proposing, rulebook, rulemaking
from contest.api.rulebook_serializers import RulebookDocumentSerializer
from contest.differences import differences
from contest.models import Proposal
from contest.pages.bases import OfContest
from contest.pages.edition_views import VersionedPage
from contest.pages.rulebook_forms import RulebookForm, WeightsForm
from contest.pages.wording import told
from core.errors import Conflict, FieldError, Invalid
from core.pages.views import Page
from core.policy import allows


class RulesPage(VersionedPage):
    """A form over the version in force, which makes the next one."""

    section = "contest:rulebook"

    def thing(self):
        return self.contest.rules_in_force

    def form_arguments(self):
        return {**super().form_arguments(), "document": self.thing().document}

    def get_success_url(self):
        return reverse("contest:rulebook", args=[self.contest.slug])


class RulebookPage(RulesPage):
    """Everybody who prepares reads it; before judging it is a form."""

    permission_map = {
        "get": "contest.view_timetable",
        "post": "contest.change_rulebook",
    }
    form_class = RulebookForm
    template_name = "contest/rulebook.html"

    def change(self, form, version):
        document = _shaped(form.new_document())
        if not differences(_shaped(self.thing().document), document):
            raise Conflict(_("Nothing differs from the rules in force."))
        rulemaking.change_rulebook(
            contest=self.contest,
            document=document,
            reason=form.cleaned_data["reason"],
            expected_version=version,
            by=self.request.user,
        )

    def get_context_data(self, **kwargs):
        contest, person = self.contest, self.request.user
        return super().get_context_data(
            changes=allows(person, "contest.change_rulebook", contest),
            weighs=allows(person, "contest.change_weights", contest),
            rules=rulebook.read_version(contest.rules_in_force),
            versions=contest.rulebooks.defer("document"),
            **kwargs,
        )


def _shaped(document):
    """Check the shape as the API does; a refusal tells the first thing wrong."""
    shape = RulebookDocumentSerializer(data=document)
    if shape.is_valid():
        return shape.validated_data
    path, sentence = _first(shape.errors)
    raise Invalid(sentence, errors=[FieldError(path, f"{path}: {sentence}")])


def _first(errors, path=""):
    while not isinstance(errors, str):
        if isinstance(errors, dict):
            key, errors = next((k, v) for k, v in errors.items() if v)
            path = f"{path}.{key}" if path else str(key)
        else:
            errors = next(each for each in errors if each)
    return path, str(errors)


class WeightsPage(RulesPage):
    """Weights, places and the minimum score once judging has begun, with a reason."""

    permission_map = {"get": "contest.change_weights", "post": "contest.change_weights"}
    form_class = WeightsForm

    @property
    def heading(self):
        return _("Change weights")

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
            criteria=[(each, list(_points(each))) for each in rules.criteria], **kwargs
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
