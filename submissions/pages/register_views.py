"""An organisation of the register as those who run a contest see it."""

from contest.pages.register_views import OfOrganisation
from contest.rulebook import read_version
from core.localized import localized
from core.pages.views import Page
from core.policy import allows
from organisations import history
from organisations.models import Organisation
from organisations.pages.showing import changes_in_words, facts_of
from submissions.models import Award
from submissions.selectors import visible_submissions

_OPEN = (
    *("kind", "legal_form", "municipality", "county", "eldership"),
    *("action_group", "website", "former_codes"),
)
_CONTACTS = ("address", "email", "phone")
_CHANGES = 50  # the newest; a row of the register changes a few times a year


class OrganisationPage(OfOrganisation, Page):
    """What it is, who acts for it, where it took part, what changed of it."""

    permission_map = {"get": "contest.view_register"}
    template_name = "submissions/register_organisation.html"

    def get_context_data(self, **kwargs):
        one = self.organisation
        changes = history.changes_of(one.pk)[:_CHANGES]
        return super().get_context_data(
            facts=facts_of(one, _OPEN),
            contacts=facts_of(one, _CONTACTS) if self.sees_contacts else [],
            people=self._people() if self.sees_contacts else None,
            entries=self._entries(),
            awards=self._awards(),
            changes=changes_in_words(list(changes), self.country),
            alike=Organisation.objects.like(one).exists(),
            **kwargs,
        )

    def _people(self):
        """Who acts for it now."""
        return self.organisation.representatives.acting().select_related("person")

    def _awards(self):
        """Tell the places it took in the series, by what its nominations are called."""
        contest = self.contest
        if not allows(self.request.user, "submissions.view_awards", contest):
            return []
        rules = read_version(contest.rules_in_force)
        titles = {each.code: localized(each.title) for each in rules.nominations}
        awards = Award.objects.filter(
            organisation=self.organisation, series=contest.series
        )
        return [
            (award, titles.get(award.nomination, award.nomination)) for award in awards
        ]

    def _entries(self):
        """What it sent, as far as the reader may see it; drafts are its own."""
        visible = visible_submissions(self.request.user).sent()
        sent = visible.filter(organisation=self.organisation)
        return sent.select_related("contest").order_by("-submitted_at", "pk")
