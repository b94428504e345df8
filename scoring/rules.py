"""Who may score and who may see scores: the rows ``scoring.*`` of the matrix.

A sheet is judged as its assignment is (``submissions.rules``).
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Value

from contest.models import Contest
from contest.rules import OFFICIALS, roles_in, standing_in
from core.policy import Standing, register_permissions, standing
from submissions.rules import entries_of_interest, while_blind

register_permissions("scoring")


@dataclass(frozen=True, slots=True)
class Results:
    """The means, totals and places of a contest, and the files made of them."""

    contest: Contest


@standing.register
def _standing_towards_results(obj: Results, user) -> Standing:
    """As towards the contest, but whoever has an own interest in it has no office."""
    roles = roles_in(obj.contest, user)
    if roles & OFFICIALS and _has_interest(obj.contest, user):
        roles -= OFFICIALS
    return standing_in(obj.contest, while_blind(obj.contest, roles))


def with_interest_of(contests, user):
    """Let contests know whether ``user`` has an interest in them, in the same query."""
    if not user.is_authenticated:
        return contests
    interest = entries_of_interest(user).filter(contest=OuterRef("pk"))
    return contests.annotate(interest_of=Value(user.pk), has_interest=Exists(interest))


def _has_interest(contest, user):
    """Ask once for the loaded contest, as for the roles in it."""
    if contest.__dict__.get("interest_of") != user.pk:
        contest.has_interest = (
            entries_of_interest(user).filter(contest=contest).exists()
        )
        contest.interest_of = user.pk
    return contest.has_interest
