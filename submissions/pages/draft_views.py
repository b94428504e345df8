"""Whom to call before the deadline: drafts that nobody has sent."""

from contest import rulebook
from contest.pages.bases import OfContest
from core.pages.paging import page_of
from core.pages.views import Page
from submissions.overseeing import entries_overseen
from submissions.selectors import progress_of, unsent_drafts


class DraftsPage(OfContest, Page):
    permission_map = {"get": "submissions.list_drafts"}
    template_name = "submissions/drafts.html"
    section = "scoring:dashboard"

    def get_context_data(self, **kwargs):
        page = page_of(self.request, unsent_drafts(self.contest))
        return super().get_context_data(
            page=page,
            drafts=shown_drafts(self.contest, page.object_list, self.request.user),
            **kwargs,
        )


def shown_drafts(contest, drafts, reader):
    """Give each draft its percentage, and whether its reader may open it.

    Nothing of what stands in it is shown.
    """
    rules = rulebook.read_version(contest.rules_in_force)
    drafts = list(drafts)
    seen = entries_overseen(contest, reader).filter(pk__in=[d.pk for d in drafts])
    opened = set(seen.order_by().values_list("pk", flat=True))
    shown = []
    for draft in drafts:
        draft.contest = contest
        percent = progress_of(draft, rules).percent
        shown.append((draft, percent, draft.pk in opened))
    return shown
