"""In which nominations entries stand, and what they are judged by. Selectors."""

from collections.abc import Callable, Iterable
from functools import cache, reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from contest.models import Contest
from contest.rulebook import Criterion, Rulebook
from submissions.models import Submission

#: The path to the nominations that an entry chose, in the version that is entered.
CHOSEN = "current_version__content__document__nominations"


def criteria_for(entry: Submission, rules: Rulebook) -> tuple[Criterion, ...]:
    """List what an entry is judged by; a query only where not all entries are alike."""
    if rules.is_uniform:
        return rules.criteria
    chosen = Submission.objects.filter(pk=entry.pk).values_list(CHOSEN, flat=True)
    return rules.criteria_of(chosen.get() or ())


def criteria_in(
    contest: Contest, rules: Rulebook
) -> Callable[[UUID], tuple[Criterion, ...]]:
    """Tell of all entries of a contest, by key, what they are judged by."""
    if rules.is_uniform:
        return lambda _entry: rules.criteria
    rows = contest.submissions.order_by().values_list("pk", CHOSEN)
    chosen = {pk: frozenset(codes or ()) for pk, codes in rows}
    criteria_of = cache(rules.criteria_of)
    return lambda entry: criteria_of(chosen.get(entry, frozenset()))


def has_chosen(nominations: Iterable[str], to_entry: str = "") -> Q:
    """Choose entries in one of some nominations, in SQL; ``to_entry`` leads to them."""
    # A list of codes, in quotes wherever JSON is kept as text.
    named = (Q(**{f"{to_entry}{CHOSEN}__icontains": f'"{n}"'}) for n in nominations)
    return reduce(or_, named)
