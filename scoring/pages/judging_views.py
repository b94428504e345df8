"""A juror's own pages: what there is to score, and sending all that is complete."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contest.pages.bases import OfContest
from contest.phases import Phase
from core import clock
from core.pages.views import Page
from scoring import progress
from scoring.judging import (
    lacking_of,
    more_time_of,
    sheets_found,
    unsent_of,
    workload_of,
)
from scoring.naming import namings
from scoring.sending import send_sheets
from submissions.jury import declaration_of
from submissions.rules import OwnWork

PAGE_SIZE = 50
_LONGEST = 100  # characters that are looked for
_SEARCHED_FROM = 10  # a shorter list is seen at a glance
_ALL = "all"
_DRAFT = "draft"
# What a list can be narrowed to: the word of the address, its label, the states.
_CHOICES = (
    (_ALL, _("All entries"), frozenset()),
    (progress.NOT_OPENED, _("Not opened"), frozenset({progress.NOT_OPENED})),
    (_DRAFT, _("Draft"), frozenset({progress.BEGUN, progress.COMPLETE})),
    (progress.SENT, _("Sent in"), frozenset({progress.SENT})),
    (progress.CONFLICT, _("Conflict"), frozenset({progress.CONFLICT})),
)


class OfOwnWork(OfContest):
    """A page of a contest's judging, judged as one's own work there is."""

    def find(self):
        """Find the contest; more time that was given to oneself counts."""
        return OwnWork(self.contest_of_address())

    @property
    def contest(self):
        """The contest in which one judges."""
        return self.subject.contest

    def get_context_data(self, **kwargs):
        """Let every template know the phase."""
        phase = self.contest.state_at(clock.now()).phase
        return super().get_context_data(phase=phase, **kwargs)


class JudgingPage(OfOwnWork, Page):
    """All of one's sheets with their states, in one's own order; what is next."""

    permission_map = {"get": "scoring.view_judging"}
    template_name = "scoring/judging.html"

    def get_context_data(self, **kwargs):
        """Load the whole workload in one statement, and name what the page shows."""
        context = super().get_context_data(**kwargs)
        workload = self._workload(context["phase"])
        context["signed"] = declaration_of(self.contest, self.request.user)
        if workload is None:
            return context
        chosen, words = self._chosen(), self.request.GET.get("q", "")[:_LONGEST].strip()
        states = next(states for word, _label, states in _CHOICES if word == chosen)
        found = sheets_found(self.contest, workload.sheets, words)
        sheets = [s for s in found if not states or s.state in states]
        page = Paginator(sheets, PAGE_SIZE).get_page(self.request.GET.get("page"))
        first = workload.next_open()
        shown = [*page.object_list, *([first] if first else [])]
        return context | {
            "workload": workload,
            "counts": workload.counts,
            "filters": _filters(found, chosen),
            "words": words,
            "is_long": len(workload.sheets) > _SEARCHED_FROM,
            "page": page,
            "first": first,
            "names": namings(self.contest, {sheet.reference for sheet in shown}),
            "more_time": more_time_of(workload.juror),
        }

    def _workload(self, phase):
        """Before judging nothing is said of who judges what."""
        phases = list(Phase)
        if phases.index(phase) < phases.index(Phase.JUDGING):
            return None
        return workload_of(self.contest, self.request.user)

    def _chosen(self):
        word = self.request.GET.get("state", _ALL)
        return word if word in {each for each, _label, _states in _CHOICES} else _ALL


class SendAllPage(OfOwnWork, Page):
    """What can be sent now, and what the other sheets still lack."""

    permission_map = {
        "get": "scoring.view_own_progress",
        "post": "scoring.send_sheets",
    }
    template_name = "scoring/send_all.html"

    def post(self, request, *_args, **_kwargs):
        """Send; what could not be sent stands on the page again."""
        handed = send_sheets(contest=self.contest, by=request.user)
        number = len(handed.sent)
        told = ngettext(
            "{number} sheet was sent.", "{number} sheets were sent.", number
        ).format(number=number)
        messages.success(request, told)
        return redirect("scoring:send-all", self.contest.slug)

    def get_context_data(self, **kwargs):
        """List the complete sheets, and a page of those that lack something."""
        context = super().get_context_data(**kwargs)
        workload = workload_of(self.contest, self.request.user)
        complete, others = unsent_of(workload)
        page = Paginator(others, PAGE_SIZE).get_page(self.request.GET.get("page"))
        shown = complete[:PAGE_SIZE]
        references = {s.reference for s in [*shown, *page.object_list]}
        return context | {
            "workload": workload,
            "counts": workload.counts,
            "complete": shown,
            "complete_count": len(complete),
            "page": page,
            "lacking": lacking_of(self.contest, page.object_list),
            "names": namings(self.contest, references),
        }


def _filters(sheets, chosen):
    """Each choice with its number of sheets; empty ones are left out."""
    numbers = {
        word: sum(not states or s.state in states for s in sheets)
        for word, _label, states in _CHOICES
    }
    return [
        {"word": word, "label": label, "number": numbers[word], "here": word == chosen}
        for word, label, _states in _CHOICES
        if numbers[word] or word == chosen
    ]
