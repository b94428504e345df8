"""How far judging is, for who runs it; a sheet given back, scores left out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from contest import rulebook
from contest.models import Juror
from core.pages.views import FormPage, Page
from scoring import excluding, services
from scoring.exclusions import as_pair, excluded_rows
from scoring.naming import namings
from scoring.pages.bases import OfResults
from scoring.pages.forms import ReasonForm
from scoring.pages.sheet_views import OfSheet
from scoring.progress import (
    entries_with_fewer,
    progress_of,
    sheet_states,
    unconfirmed_conflicts,
)

PAGE_SIZE = 50


class ProgressPage(OfResults, Page):
    """Juror by juror, and the entries that have too few scores."""

    permission_map = {"get": "scoring.view_progress"}
    template_name = "scoring/progress.html"
    section = "scoring:progress"

    def get_context_data(self, **kwargs):
        """Count everything in a few statements."""
        contest = self.contest
        least = rulebook.read_version(contest.rules_in_force).min_scores
        below = entries_with_fewer(contest, least)
        few = below.values("reference", "assigned", "sent")
        page = Paginator(few, PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            progress=progress_of(contest),
            unconfirmed=unconfirmed_conflicts(contest),
            least=least,
            page=page,
            names=namings(contest, [entry["reference"] for entry in page]),
            **kwargs,
        )


class JurorProgressPage(OfResults, Page):
    """The sheets of one juror with their states."""

    permission_map = {"get": "scoring.view_progress"}
    template_name = "scoring/juror_progress.html"
    section = "scoring:progress"

    def get_context_data(self, **kwargs):
        """List the sheets by reference; who the juror is, asked after the gate."""
        contest = self.contest
        panel = Juror.objects.filter(contest=contest).select_related("person")
        juror = self.fetch(panel, pk=self.kwargs["pk"])
        sheets = sheet_states(contest, of=juror)
        page = Paginator(sheets, PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            juror=juror,
            own=progress_of(contest, of=juror).jurors[0],
            page=page,
            names=namings(contest, [sheet.reference for sheet in page.object_list]),
            **kwargs,
        )


class ExclusionsPage(OfResults, Page):
    """The scores that do not count, and why."""

    permission_map = {"get": "scoring.view_exclusions"}
    template_name = "scoring/exclusions.html"
    section = "scoring:progress"

    def get_context_data(self, **kwargs):
        """List a page of them, by reference and juror."""
        rows = Paginator(excluded_rows(self.contest), PAGE_SIZE)
        page = rows.get_page(self.request.GET.get("page"))
        pairs = [as_pair(row) for row in page.object_list]
        names = namings(self.contest, {pair.reference for pair in pairs})
        return super().get_context_data(page=page, pairs=pairs, names=names, **kwargs)


class OfOneSheet(OfSheet, FormPage):
    """Something done to a juror's sheet, with a reason for the record."""

    template_name = "scoring/sheet_act.html"
    form_class = ReasonForm
    section = "scoring:progress"

    def get_success_url(self):
        """Go back to the sheet."""
        return reverse("scoring:sheet", args=[self.contest.slug, self.assignment.pk])

    def get_context_data(self, **kwargs):
        """Say in the heading and on the button what will be done."""
        sheet = getattr(self.assignment, "sheet", None)
        heading, meaning = self.words()
        return super().get_context_data(
            sheet=sheet, heading=heading, meaning=meaning, **kwargs
        )


class ReopenPage(OfOneSheet):
    """Give a sent sheet back to its juror."""

    permission_map = {"get": "scoring.reopen_sheet", "post": "scoring.reopen_sheet"}

    def words(self):
        """Name it, and say what it means."""
        return _("Reopen the sheet"), _(
            "The juror can change the sheet again. It does not count until the juror"
            " sends it anew. The juror reads your reason, by e-mail and on the sheet."
        )

    def save(self, form):
        """Reopen it."""
        services.reopen_sheet(
            assignment_id=self.assignment.pk, by=self.request.user, **form.cleaned_data
        )
        messages.success(self.request, _("The sheet is open to its juror again."))


class ExclusionPage(OfOneSheet):
    """Leave the scores of a sheet out of the ranking, or take them in again."""

    permission_map = {"get": "scoring.exclude_scores", "post": "scoring.exclude_scores"}

    @property
    def is_excluded(self):
        """Whether they are left out now."""
        sheet = getattr(self.assignment, "sheet", None)
        return sheet is not None and sheet.excluded_at is not None

    def words(self):
        """Name it, and say what it means."""
        if self.is_excluded:
            return _("Take the scores in again"), _("The scores will count again.")
        return _("Leave the scores out"), _(
            "The scores stay as they are and do not count. The reason stands in the"
            " files of the result."
        )

    def save(self, form):
        """Change it."""
        act = excluding.include_sheet if self.is_excluded else excluding.exclude_sheet
        act(assignment_id=self.assignment.pk, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Saved."))
