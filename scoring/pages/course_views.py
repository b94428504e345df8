"""The acts of a contest's course: each has a page that says what it will do."""

from functools import cached_property

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest import course, proposing, rulebook, timetable
from contest.consequences import doubts_about
from contest.notices import preview_act
from contest.pages.bases import OfContest
from contest.phases import ActKind
from core import clock
from core.digests import json_digest
from core.pages.views import FormPage
from core.policy import allows
from scoring.pages.forms import NoteForm, ReasonForm
from scoring.progress import (
    entries_progress,
    named_below_minimum,
    sent_of_assigned,
    some_complete_sheets,
    unconfirmed_conflicts,
)
from scoring.rules import Results
from submissions.models import Submission
from submissions.selectors import count_by_state

NAMED = 100  # sheets; where more wait, the page of the progress has them by juror


class ActPage(OfContest, FormPage):
    """What an act does, and one button that does it."""

    kind: ActKind
    form_class = NoteForm
    section = "scoring:dashboard"
    template_name = "scoring/act.html"
    heading = ""
    button = ""
    done = ""

    def facts(self):
        """Give the template what of this contest it tells beside the act."""
        return {}

    def save(self, form):
        """Do it, or put it before a second person where the rules ask for two."""
        reason = form.cleaned_data["reason"]
        if self.takes_two:
            proposing.propose(
                contest=self.contest,
                kind=self.kind.value,
                subject_id=None,
                details={},
                reason=reason,
                by=self.request.user,
            )
            said = _("Proposed: another coordinator has to confirm it.")
        else:
            course.record_act(
                contest=self.contest,
                kind=self.kind,
                reason=reason,
                by=self.request.user,
                confirmed=self.request.POST.get("told") == self.told,
            )
            said = str(self.done)
        messages.success(self.request, said)

    @cached_property
    def doubts(self):
        """What the act would leave out, as everybody who does it is told."""
        return list(doubts_about(self.contest, self.kind))

    def mailing(self):
        """Whom it writes to, and how that reads; asked only where it is shown."""
        return preview_act(self.contest, self.kind)

    @property
    def told(self):
        """What the page has told of it: what came since is not agreed to."""
        # The sentence, too: some doubts count what must not be named.
        return json_digest({d.code: [d.message, *d.things] for d in self.doubts})

    @property
    def takes_two(self):
        """Whether the rules of this contest leave this act to two persons."""
        rules = rulebook.read_version(self.contest.rules_in_force)
        return self.kind in course.OF_TWO and rules.two_persons

    def get_success_url(self):
        return reverse("scoring:dashboard", args=[self.contest.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            kind=self.kind.value,
            heading=self.heading,
            button=_("Propose it") if self.takes_two else self.button,
            takes_two=self.takes_two,
            doubts=self.doubts,
            told=self.told,
            mailing=self.mailing,
            **self.facts(),
            **kwargs,
        )


class AnnouncePage(ActPage):
    kind = ActKind.ANNOUNCE
    permission_map = {"get": "contest.announce", "post": "contest.announce"}
    heading = gettext_lazy("Announce the contest")
    button = gettext_lazy("Announce it now")
    done = gettext_lazy("The contest is announced: everybody can see it.")

    def facts(self):
        rules = rulebook.read_version(self.contest.rules_in_force)
        warnings = timetable.timetable_warnings(self.contest, rules, clock.now())
        return {"rules": rules, "warnings": warnings}


class OpenJudgingPage(ActPage):
    kind = ActKind.OPEN_JUDGING
    permission_map = {"get": "contest.open_judging", "post": "contest.open_judging"}
    heading = gettext_lazy("Open judging")
    button = gettext_lazy("Open judging now")
    done = gettext_lazy("Judging is open: the jurors can score.")

    def facts(self):
        contest = self.contest
        states = count_by_state(Submission.objects.filter(contest=contest))
        entries = entries_progress(contest)
        rules = rulebook.read_version(contest.rules_in_force)
        needed = rules.scores_wanted
        return {
            "eligible": states["eligible"],
            "needed": needed,
            "short": entries.filter(assigned__lt=needed).count(),
            "jurors": contest.jurors.voting().count(),
        }


class CloseJudgingPage(ActPage):
    """Closing, with what it would leave out: for whoever may see how judging goes."""

    kind = ActKind.CLOSE_JUDGING
    permission_map = {"get": "contest.close_judging", "post": "contest.close_judging"}
    heading = gettext_lazy("Close judging")
    button = gettext_lazy("Close judging now")
    done = gettext_lazy("Judging is closed, and the ranking of this moment is kept.")

    def facts(self):
        results = Results(self.contest)
        if not allows(self.request.user, "scoring.view_progress", results):
            return {}
        contest = self.contest
        keys = {juror.pk: juror.key for juror in contest.jurors.all()}
        some = some_complete_sheets(contest, NAMED + 1)
        sent, assigned = sent_of_assigned(contest)
        check = {
            "sent": sent,
            "assigned": assigned,
            "unsent": [(one.reference, keys[one.juror_id]) for one in some[:NAMED]],
            "names_all": len(some) <= NAMED,
            "below_minimum": named_below_minimum(contest, self.doubts),
            "unconfirmed_conflicts": unconfirmed_conflicts(contest),
        }
        return {"check": check}


class ReopenJudgingPage(ActPage):
    kind = ActKind.REOPEN_JUDGING
    form_class = ReasonForm
    permission_map = {"get": "contest.reopen_judging", "post": "contest.reopen_judging"}
    heading = gettext_lazy("Reopen judging")
    button = gettext_lazy("Reopen judging now")
    done = gettext_lazy("Judging is open again.")


class ArchivePage(ActPage):
    kind = ActKind.ARCHIVE
    permission_map = {"get": "contest.archive", "post": "contest.archive"}
    heading = gettext_lazy("Archive the edition")
    button = gettext_lazy("Archive it for good")
    done = gettext_lazy("The edition is archived.")
