"""Whom to call before the deadline: drafts that nobody has sent."""

from contest import rulebook
from contest.pages.bases import OfContest
from core.pages.paging import page_of
from core.pages.views import Page
from core.policy import allows
from submissions.file_selectors import know_files
from submissions.overseeing import entries_overseen, writers_of
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
    """Give each draft its percentage, whether its reader may open it, and who writes.

    Nothing of what stands in it is shown; who writes is told where contacts are.
    """
    rules = rulebook.read_version(contest.rules_in_force)
    drafts = list(drafts)
    seen = entries_overseen(contest, reader).filter(pk__in=[d.pk for d in drafts])
    opened = set(seen.order_by().values_list("pk", flat=True))
    sees_contacts = allows(reader, "submissions.view_contacts", contest)
    writers = writers_of(drafts) if sees_contacts else {}
    for draft in drafts:
        draft.contest = contest
    know_files(drafts)
    shown = []
    for draft in drafts:
        percent = progress_of(draft, rules).percent
        people = writers.get(draft.pk, [])
        shown.append((draft, percent, draft.pk in opened, people))
    return shown
