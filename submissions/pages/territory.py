"""An action group's communities in a contest: who has entered, and who may yet."""

from django.utils.translation import gettext_lazy as _

from contest.pages.bases import OfContest
from contest.phases import Phase
from contest.rulebook import read_version
from core import clock
from core.errors import NotYours
from core.pages.paging import page_of
from core.pages.views import Page
from organisations.models import Organisation
from submissions.models import Submission
from submissions.pages.next_steps import with_agreement
from submissions.preparing import helps_as, sees_territory

_State = Submission.State
NONE, DRAFT, WAITS, SENT = "none", "draft", "waits", "sent"
# From the least to the most that a community has done.
STAGES = {
    NONE: _("no entry yet"),
    DRAFT: _("an entry is being written"),
    WAITS: _("waits for the community to confirm"),
    SENT: _("an entry was sent"),
}


class TerritoryPage(OfContest, Page):
    """Where each community of the territory stands; of what it writes itself no more.

    Only where the rules let the group prepare entries for others, and only for a group
    that others than its own people say it is.
    """

    permission_map = {"get": "submissions.view_territory"}
    template_name = "submissions/territory.html"

    def get_context_data(self, **kwargs):
        contest, group = self.contest, self._group()
        page = page_of(self.request, Organisation.objects.of_territory(group))
        return super().get_context_data(
            group=group,
            page=page,
            communities=communities_in(contest, list(page), group),
            entered_by=self._helps_as(group),
            is_open=contest.state_at(clock.now()).phase == Phase.OPEN,
            **kwargs,
        )

    def _group(self):
        """Find an organisation for which the reader acts, and which may help here."""
        mine = Organisation.objects.represented_by(self.request.user)
        group = self.fetch(mine, pk=self.kwargs["pk"])
        if self._helps_as(group) is None:
            raise NotYours(
                _("By the rules of this contest it prepares no entries for others.")
            )
        if not sees_territory(group):
            raise NotYours(
                _(
                    "Nobody but its own people has said yet that this is an action"
                    " group. Ask the organisers of the contest to check its row in the"
                    " register; then this page opens."
                )
            )
        return group

    def _helps_as(self, group):
        return helps_as(group, read_version(self.contest.rules_in_force))


def communities_in(contest, communities, group):
    """Give each community the stage of what it entered, and what the group prepares.

    In one query for them all; the furthest of several entries counts.
    """
    entries = contest.submissions.filter(organisation__in=communities)
    of_each = {community.pk: [] for community in communities}
    for entry in with_agreement(entries.exclude(state=_State.WITHDRAWN)):
        of_each[entry.organisation_id].append(entry)
    order = list(STAGES)
    rows = []
    for community in communities:
        mine = of_each[community.pk]
        stage = max(map(_stage, mine), key=order.index, default=NONE)
        prepared = [entry for entry in mine if entry.prepared_by_id == group.pk]
        rows.append((community, stage, STAGES[stage], prepared))
    return rows


def _stage(entry):
    if entry.submitted_at is not None:
        return SENT
    return WAITS if entry.is_prepared_by_others and not entry.agreed else DRAFT
