"""The files that were asked for, and whether they still say what stands."""

from datetime import datetime

from accounts.models import User
from audit.models import Event
from contest.models import Contest
from exports.models import Export
from exports.querysets import ExportQuerySet
from exports.rules import kinds_for


def exports_of(contest: Contest, user: User) -> ExportQuerySet:
    """List the files of the kinds that ``user`` may have now, newest first."""
    kinds = kinds_for(user, contest)
    return with_facts(Export.objects.filter(contest=contest, kind__in=kinds))


def with_facts(exports: ExportQuerySet) -> ExportQuerySet:
    """Add what the history shows of each."""
    return exports.with_newer().select_related("contest", "job", "requested_by")


def last_change(contest: Contest) -> datetime | None:
    """Tell when something was last done that a ranking of this contest may show.

    Drafts of score sheets do not count before they are sent; sending one and giving it
    back are audited as every act is. One short query, however many files there are.
    """
    acts = Event.objects.filter(contest_id=contest.pk).exclude(
        action__startswith="exports."
    )
    newest: datetime | None = acts.order_by("-at").values_list("at", flat=True).first()
    return newest
