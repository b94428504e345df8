"""Pages of one contest: found once, with its course and what its reader is there."""

from contest.models import Contest
from contest.rules import with_roles_of


class OfContest:
    """A page of the contest that its address names, judged against it.

    ``section`` is the page of the contest's navigation under which it stands.
    """

    section = ""

    def find(self):
        """Find the contest; pages of a part of it find that as well."""
        return self.contest_of_address()

    def contest_of_address(self):
        """Load the contest with what every page of it asks."""
        contests = with_roles_of(Contest.objects.with_course(), self.request.user)
        return self.fetch(contests, slug=self.kwargs["slug"])

    @property
    def contest(self):
        """The contest, also where the page is about a part of it."""
        return self.subject

    def get_context_data(self, **kwargs):
        """Let every template know the contest."""
        return super().get_context_data(contest=self.contest, **kwargs)
