"""What a panel declares: impartiality, conflicts; and more time for one of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contest.models import Juror
from contest.pages.bases import OfContest
from core.collation import word_finder
from core.errors import Invalid
from core.pages.views import FormPage, Page
from submissions import conflicts, jury
from submissions.models import Assignment
from submissions.pages.jury_forms import MoreTimeForm, ReasonForm, SignatureForm
from submissions.selectors import conflict_candidates

PAGE_SIZE = 50


class OfAssignment:
    """A page of one pair of juror and entry."""

    @property
    def contest(self):
        """The contest in which the entry is judged."""
        return self.subject.submission.contest

    def find(self):
        """Find the assignment within the contest of the address."""
        related = (
            "juror",
            "submission__contest__series__organiser",
            "submission__current_version__content",
        )
        found = Assignment.objects.filter(
            submission__contest__slug=self.kwargs["slug"]
        ).select_related(*related)
        return self.fetch(
            found.prefetch_related("submission__contest__acts"), pk=self.kwargs["pk"]
        )

    def get_context_data(self, **kwargs):
        """Let every template know the entry and its contest."""
        entry = self.subject.submission
        return super().get_context_data(
            contest=self.contest,
            assignment=self.subject,
            entry=entry,
            title=entry.sent_document["title"],
            **kwargs,
        )


class DeclarationPage(OfContest, FormPage):
    """The declaration of impartiality and confidentiality, to sign with one's name."""

    permission_map = {
        "get": "submissions.sign_declaration",
        "post": "submissions.sign_declaration",
    }
    template_name = "submissions/declaration.html"
    form_class = SignatureForm

    def form_arguments(self):
        """Offer one's own name, and the version of the text that is shown."""
        version = jury.declaration_text().version
        name = self.request.user.name
        return {"initial": {"signed_by": name, "text_version": version}}

    def save(self, form):
        """Sign."""
        jury.sign_declaration(
            contest=self.contest, by=self.request.user, **form.cleaned_data
        )
        messages.success(self.request, _("Signed. Thank you."))

    def get_success_url(self):
        """Go on to what there is to judge."""
        return reverse("scoring:judging", args=[self.contest.slug])

    def get_context_data(self, **kwargs):
        """Show the text, and the signature where there is one."""
        return super().get_context_data(
            text=jury.declaration_text(),
            signed=jury.declaration_of(self.contest, self.request.user),
            **kwargs,
        )


class ConflictPage(OfAssignment, FormPage):
    """Step back from an entry that is one's own to score."""

    permission_map = {
        "get": "submissions.declare_conflict",
        "post": "submissions.declare_conflict",
    }
    template_name = "submissions/conflict.html"
    form_class = ReasonForm

    def save(self, form):
        """Declare it; the entry is closed at once."""
        conflicts.declare_conflict(
            assignment=self.subject, by=self.request.user, **form.cleaned_data
        )
        messages.success(self.request, _told_of_conflict())

    def get_success_url(self):
        """Go back to the list, where it can be taken back."""
        return reverse("scoring:judging", args=[self.contest.slug])


class ConflictUndoPage(OfAssignment, Page):
    """Take one's own declaration back, while it is not confirmed."""

    permission_map = {"post": "submissions.withdraw_conflict"}

    def post(self, request, *_args, **_kwargs):
        """Take it back; the entry is open again."""
        conflicts.withdraw_conflict(assignment=self.subject, by=request.user)
        messages.success(request, _("Taken back: the entry is open to you again."))
        return redirect("scoring:judging", self.contest.slug)


class CandidatesPage(OfContest, FormPage):
    """All that was entered by title, so that one steps back in time."""

    permission_map = {
        "get": "submissions.view_conflict_candidates",
        "post": "submissions.state_conflict",
    }
    template_name = "submissions/conflict_candidates.html"
    form_class = ReasonForm

    def save(self, form):
        """State it, whether the entry is one's own to score or not."""
        chosen = self._chosen(self._candidates())
        if chosen is None:
            raise Invalid(_("Choose the entry in the list first."))
        conflicts.state_conflict(
            contest=self.contest,
            submission_id=chosen["pk"],
            by=self.request.user,
            **form.cleaned_data,
        )
        messages.success(self.request, _told_of_conflict())

    def _candidates(self):
        """Read no more of the entries than their titles."""
        entries = conflict_candidates(self.contest, self.request.user)
        sent_title = F("current_version__content__document__title")
        return list(
            entries.values("pk", "reference", "conflict", sent_title=sent_title)
        )

    def _chosen(self, entries):
        """Find the entry that the address names; None where it names none."""
        pk = self.request.GET.get("entry", "")
        return next((entry for entry in entries if str(entry["pk"]) == pk), None)

    def get_context_data(self, **kwargs):
        """Show a page of the list, narrowed to what was searched for."""
        entries, query = self._candidates(), self.request.GET.get("q", "")[:200]
        holds = word_finder(query)
        found = [e for e in entries if holds(f"{e['reference']} {e['sent_title']}")]
        page = Paginator(found, PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page=page, chosen=self._chosen(entries), query=query, **kwargs
        )


class MoreTimePage(OfContest, FormPage):
    """Let one juror score after judging was closed, with a reason."""

    permission_map = {
        "get": "submissions.extend_juror",
        "post": "submissions.extend_juror",
    }
    template_name = "submissions/more_time.html"
    form_class = MoreTimeForm

    def find(self):
        """Find the juror as well, on this panel only."""
        contest = super().find()
        panel = Juror.objects.filter(contest=contest).select_related("person")
        self.juror = self.fetch(panel, pk=self.kwargs["pk"])
        return contest

    def get(self, request, *args, **kwargs):
        """Read times in the contest's zone."""
        with timezone.override(self.contest.time_zone):
            return self.rendered(super().get(request, *args, **kwargs))

    def post(self, request, *args, **kwargs):
        """Read times in the contest's zone."""
        with timezone.override(self.contest.time_zone):
            return self.rendered(super().post(request, *args, **kwargs))

    def save(self, form):
        """Give the time."""
        jury.extend_juror(juror=self.juror, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Saved: the juror has more time."))

    def get_success_url(self):
        """Go back to the juror."""
        return reverse(
            "scoring:juror-progress", args=[self.contest.slug, self.juror.pk]
        )

    def get_context_data(self, **kwargs):
        """Show what was given before."""
        return super().get_context_data(
            juror=self.juror, extensions=self.juror.extensions.all(), **kwargs
        )


def _told_of_conflict():
    return _(
        "Recorded: the entry is closed to you. Until the coordinator confirms it, you"
        " can take it back in the list."
    )
