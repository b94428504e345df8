"""More time for one organisation: who allowed it, why, until when. Services."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest.models import Contest
from core import clock
from core.errors import Conflict
from core.policy import require
from organisations.models import Organisation
from submissions.locks import locked
from submissions.models import Extension, Submission
from submissions.notices import tell_extension
from submissions.returning import require_future
from submissions.rules import Handling
from submissions.trail import record_entry


@transaction.atomic
def extend_entry(
    *, submission: Submission, until: datetime, reason: str, by: User
) -> Extension:
    """Let one entry be written and sent until a time of its own; the last told stands.

    Collection does not end earlier by it, and it ends when judging opens.
    """
    current = locked(submission)
    require(by, "submissions.extend", Handling(current))
    if current.state == Submission.State.WITHDRAWN:
        raise Conflict(_("This entry was withdrawn; restore it first."))
    made = _keep(current.contest, current.organisation, until, reason, current, by=by)
    current.extended_until = until
    current.save(update_fields=["extended_until"])
    tell_extension(made)
    record_entry(
        "submissions.extend", current, by=by, reason=reason, until=until.isoformat()
    )
    return made


@transaction.atomic
def extend_organisation(
    *,
    contest: Contest,
    organisation: Organisation,
    until: datetime,
    reason: str,
    by: User,
) -> Extension:
    """Let one organisation begin and send entries until a time of its own."""
    contest = Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
    require(by, "submissions.extend", contest)
    made = _keep(contest, organisation, until, reason, None, by=by)
    drafts = contest.submissions.filter(organisation=organisation)
    drafts.filter(submitted_at__isnull=True).update(extended_until=until)
    tell_extension(made)
    record(
        "submissions.extend",
        made,
        by=by,
        contest_id=contest.pk,
        label=contest.slug,
        reason=reason,
        organisation=str(organisation.pk),
        until=until.isoformat(),
    )
    return made


def _keep(
    contest: Contest,
    organisation: Organisation,
    until: datetime,
    reason: str,
    submission: Submission | None,
    *,
    by: User,
) -> Extension:
    now = clock.database_now()
    require_future(until, now)
    return Extension.objects.create(
        contest=contest,
        organisation=organisation,
        submission=submission,
        until=until,
        reason=reason,
        at=now,
        by_id=by.pk,
    )
