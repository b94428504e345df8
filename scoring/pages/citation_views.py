"""The jury's words of praise, written before the result is published."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from contest.rulebook import read_version
from core.pages.views import FormPage, Page
from scoring.citing import write_citation
from scoring.models import Citation
from scoring.pages.bases import OfResults
from scoring.pages.forms import CitationForm
from scoring.winning import winning_now
from submissions.models import Submission


class CitationsPage(OfResults, Page):
    permission_map = {"get": "scoring.write_citation"}
    template_name = "scoring/citations.html"

    def get_context_data(self, **kwargs):
        rules = read_version(self.contest.rules_in_force)
        return super().get_context_data(
            winning=winning_now(self.contest),
            special_awards=rules.special_awards,
            **kwargs,
        )


class CitationPage(OfResults, FormPage):
    """The words for one entry in one list."""

    permission_map = {
        "get": "scoring.write_citation",
        "post": "scoring.write_citation",
    }
    template_name = "scoring/citation.html"
    form_class = CitationForm
    section = "scoring:citations"

    @property
    def entry(self):
        """The entry of the address, once the matrix let its reader in."""
        if not hasattr(self, "_entry"):
            sent = Submission.objects.sent().filter(contest=self.contest)
            self._entry = self.fetch(sent, reference=self.kwargs["reference"])
        return self._entry

    def form_arguments(self):
        written = Citation.objects.filter(
            contest=self.contest,
            nomination=self.kwargs["nomination"],
            submission=self.entry,
        ).first()
        if written is None:
            return {"initial": {"version": 0}}
        return {"initial": {"text": written.text, "version": written.version}}

    def save(self, form):
        write_citation(
            contest=self.contest,
            nomination=self.kwargs["nomination"],
            submission=self.entry,
            text=form.cleaned_data["text"],
            expected_version=form.cleaned_data["version"],
            by=self.request.user,
        )
        messages.success(self.request, _("Saved."))

    def get_success_url(self):
        return reverse("scoring:citations", args=[self.contest.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(entry=self.entry, **kwargs)
