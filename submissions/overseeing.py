"""The entries of a contest for those who run it, and how they are found in a list."""

from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from contest.models import Contest
from core.collation import search_key
from submissions.models import Submission
from submissions.rules import with_ownership_of
from submissions.selectors import visible_submissions


def entries_overseen(contest: Contest, user: User) -> QuerySet[Submission]:
    """List the entries of a contest that a person sees by an office there.

    Not those of the own organisations, of which an office sees nothing.
    """
    seen = visible_submissions(user, among=[contest]).filter(contest=contest)
    return with_ownership_of(seen, user).filter(owns=False)


def matching(entries: QuerySet[Submission], text: str) -> list[UUID]:
    """Find, in their order, the entries that hold each word of a text.

    In the reference, the title or the name of the organisation. Titles are folded
    here, as the register folds names: databases disagree about Š and Ž.
    """
    words = search_key(text).split()
    told = entries.values_list(
        "pk",
        "reference",
        "current_version__content__document__title",
        "title",
        "organisation__name_search",
    )
    found = []
    for pk, reference, sent, working, organisation in told:
        told_of = search_key(f"{reference} {working if sent is None else sent}")
        if all(word in f"{told_of} {organisation}" for word in words):
            found.append(pk)
    return found
