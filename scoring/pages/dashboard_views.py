"""The coordinator's overview: where the contest is, what is due, what is in the way."""

from datetime import timedelta

from audit.models import Event
from contest import rulebook, timetable
from contest.pages.bases import OfContest
from core import clock
from core.pages.views import Page
from core.policy import allows
from scoring.progress import progress_of
from scoring.rules import Results
from submissions.models import Submission
from submissions.overseeing import entries_of_others
from submissions.pages.draft_views import shown_drafts
from submissions.selectors import count_by_state, unsent_drafts

_EVENTS = 8
_DRAFTS = 5
# Where a coordinator does each step that waits for one.
PAGES = {
    "announce": "scoring:announce",
    "open_judging": "scoring:open-judging",
    "close_judging": "scoring:close-judging",
    "publish": "scoring:publication",
    "archive": "scoring:archive",
}


class DashboardPage(OfContest, Page):
    permission_map = {"get": "contest.view_timetable"}
    template_name = "scoring/dashboard.html"
    section = "scoring:dashboard"

    def get_context_data(self, **kwargs):
        contest, now = self.contest, clock.now()
        rules = rulebook.read_version(contest.rules_in_force)
        steps = timetable.next_steps(contest, now)
        return super().get_context_data(
            state=contest.state_at(now),
            due=self._due(steps),
            steps=steps,
            warnings=timetable.timetable_warnings(contest, rules, now),
            proposals=self._proposals(now),
            entries=self._entries(),
            drafts=self._drafts(),
            progress=self._progress(),
            events=self._events(),
            **kwargs,
        )

    def _due(self, steps):
        """The step that waits for this person, and its page; else None."""
        step = next(iter(steps), None)
        if step is None or step.by == "clock":
            return None
        # What is published are the results: closed to whoever has an own interest.
        judged = Results(self.contest) if step.code == "publish" else self.contest
        may = allows(self.request.user, f"contest.{step.code}", judged)
        return (step, PAGES[step.code]) if may else None

    def _proposals(self, now):
        """How many acts wait for a second person, where the reader may see them."""
        if not allows(self.request.user, "contest.view_proposals", self.contest):
            return 0
        pending = self.contest.proposals.filter(state="pending", expires_at__gt=now)
        return pending.count()

    def _entries(self):
        """Counts by state, for who sees the entries: not for every preparer.

        Without the own ones, whose state one learns as their organisation does.
        """
        if not allows(self.request.user, "submissions.view", self.contest):
            return None
        return _states(entries_of_others(self.contest, self.request.user))

    def _drafts(self):
        if not allows(self.request.user, "submissions.list_drafts", self.contest):
            return None
        drafts = unsent_drafts(self.contest)
        shown = shown_drafts(self.contest, drafts[:_DRAFTS], self.request.user)
        days = _days_left(self.contest)
        return {"shown": shown, "count": drafts.count(), "days": days}

    def _progress(self):
        results = Results(self.contest)
        if not allows(self.request.user, "scoring.view_progress", results):
            return None
        return progress_of(self.contest)

    def _events(self):
        results = Results(self.contest)
        if not allows(self.request.user, "contest.view_audit", results):
            return None
        events = Event.objects.filter(contest_id=self.contest.pk)
        return events.order_by("-at", "pk")[:_EVENTS]


def _days_left(contest):
    """Count the whole days until the deadline; None where there is none ahead."""
    left = contest.deadline - clock.now() if contest.deadline else timedelta(-1)
    return left.days if left >= timedelta() else None


def _states(entries):
    """Counts of entries with the words for their states, in the order of the states."""
    counts = count_by_state(entries)
    return [(Submission.State(code).label, n) for code, n in counts.items()]
