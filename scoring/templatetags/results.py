"""What templates ask about the results of a contest, and the words of its record."""

from django import template

from contest.models import Contest
from scoring.labels import action_label
from scoring.rules import Results

register = template.Library()
register.filter("done", action_label)


@register.filter
def results(contest: Contest) -> Results:
    """Judge as the contest is, but leave no office to whoever has an own interest."""
    return Results(contest)
