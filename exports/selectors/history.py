"""The files that were asked for, and whether they still say what stands."""

from datetime import datetime

from accounts.models import User
from audit.models import Event
from contest.models import Contest
from exports.models import Export
from exports.querysets import ExportQuerySet
from exports.rules import kinds_for
from scoring.models import ScoreEvent


def exports_of(contest: Contest, user: User) -> ExportQuerySet:
    """List the files of the kinds that ``user`` may have now, newest first."""
    kinds = kinds_for(user, contest)
    return with_facts(Export.objects.filter(contest=contest, kind__in=kinds))


def with_facts(exports: ExportQuerySet) -> ExportQuerySet:
    """Add what the history shows of each."""
    return exports.with_newer().select_related("contest", "job", "requested_by")


def last_change(contest: Contest) -> datetime | None:
    """Tell when something was last done that a ranking of this contest may show.

    Drafts of score sheets do not count before they are sent. Two short queries,
    however many files there are.
    """
    sheets = ScoreEvent.objects.filter(
        sheet__assignment__submission__contest=contest,
        kind__in=[ScoreEvent.Kind.SENT, ScoreEvent.Kind.REOPENED],
    )
    acts = Event.objects.filter(contest_id=contest.pk).exclude(
        action__startswith="exports."
    )
    newest = [
        sheets.order_by("-pk").values_list("at", flat=True).first(),
        acts.order_by("-at").values_list("at", flat=True).first(),
    ]
    return max((at for at in newest if at is not None), default=None)
