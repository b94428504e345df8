"""Asking for files."""

from django.db import transaction

from accounts.models import User
from audit.services import record
from contest.models import Contest
from core.policy import require
from exports.models import Export
from jobs.models import Job
from jobs.services import enqueue
from scoring.rules import Results

RANKING = "exports.ranking"


@transaction.atomic
def request_export(
    *, contest: Contest, file_format: str, language: str, by: User
) -> Export:
    """Queue a ranking file, or hand back the same one that is already on its way.

    The contest's row is the lock: two clicks of one person come one after the other.
    """
    contest = Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
    require(by, "exports.request", Results(contest))
    wanted = {"contest": contest, "file_format": file_format, "language": language}
    under_way = Export.objects.filter(
        requested_by=by, job__in=Job.objects.active(), **wanted
    ).first()
    if under_way is not None:
        return under_way
    job = enqueue(kind=RANKING, parameters={}, requester_id=by.pk)
    export = Export.objects.create(job=job, requested_by=by, **wanted)
    record(
        "exports.request",
        export,
        by=by,
        contest_id=contest.pk,
        label=contest.slug,
        file_format=file_format,
    )
    return export
