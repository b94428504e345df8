"""Pages of the results of a contest: closed to whoever has an own interest in it."""

from contest.pages.bases import OfContest
from scoring.rules import Results


class OfResults(OfContest):
    """A page judged against what the contest came to, not the contest alone."""

    def find(self):
        """Find the contest and judge its results."""
        return Results(self.contest_of_address())

    @property
    def contest(self):
        """The contest whose results these are."""
        return self.subject.contest
