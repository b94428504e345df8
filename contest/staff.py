"""Who runs an edition and who may look into it. Services, apart from set-up."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.services import Invitation, invite
from audit.services import record
from contest.letters import INVITED_TO_AUDIT, INVITED_TO_COORDINATE
from contest.models import Auditor, Contest, Coordinator
from contest.notices import tell_invitation
from core import clock
from core.errors import Conflict, Invalid, NotYours
from core.policy import require
from core.times import lazy_local_time, local_time


@transaction.atomic
def add_coordinator(*, contest: Contest, email: str, name: str, by: User) -> Invitation:
    """Let a person run the edition."""
    require(by, "contest.add_coordinator", contest)
    invitation = invite(email=email, name=name, by=by)
    coordinator, _created = Coordinator.objects.get_or_create(
        contest=contest, person=invitation.person
    )
    tell_invitation(INVITED_TO_COORDINATE, coordinator)
    record(
        "contest.add_coordinator",
        coordinator,
        by=by,
        contest_id=contest.pk,
        label=str(invitation.person),
    )
    return invitation


@transaction.atomic
def remove_coordinator(*, coordinator: Coordinator, reason: str, by: User) -> None:
    """Take the edition out of a person's hands at once; never out of the last ones.

    The contest's row is the lock: two who remove each other come one after the other.
    """
    contest = Contest.objects.select_for_update(no_key=True).get(
        pk=coordinator.contest_id
    )
    require(by, "contest.remove_coordinator", contest)
    if not contest.coordinators.filter(pk=coordinator.pk).exists():
        raise NotYours(
            _("There is nothing at this address, or it is not yours to see.")
        )
    if not contest.coordinators.exclude(pk=coordinator.pk).exists():
        raise Conflict(
            _(
                "This is the only coordinator of the edition: it would be left to"
                " nobody. Add another one first. Nothing was changed."
            ),
            code="last_coordinator",
        )
    record(
        "contest.remove_coordinator",
        coordinator,
        by=by,
        contest_id=contest.pk,
        label=str(coordinator.person),
        reason=reason,
    )
    coordinator.delete()


@transaction.atomic
def add_auditor(
    *,
    contest: Contest,
    email: str,
    name: str,
    until: datetime,
    reason: str,
    by: User,
) -> tuple[Auditor, Invitation]:
    """Let a person read the edition until a day; every reading is recorded.

    Whoever is named again gets the new end; the row of the earlier naming stays.
    """
    contest = Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
    require(by, "contest.add_auditor", contest)
    _require_near(until, contest)
    invitation = invite(email=email, name=name, by=by)
    _require_off_panel(invitation.person, contest)
    Auditor.objects.filter(
        contest=contest, person=invitation.person, ended_at__isnull=True
    ).update(ended_at=clock.now())
    auditor = Auditor.objects.create(
        contest=contest, person=invitation.person, until=until, reason=reason
    )
    told = lazy_local_time(until, contest.time_zone)
    tell_invitation(INVITED_TO_AUDIT, auditor, until=told)
    record(
        "contest.add_auditor",
        auditor,
        by=by,
        contest_id=contest.pk,
        label=str(invitation.person),
        reason=reason,
        until=until.isoformat(),
    )
    return auditor, invitation


@transaction.atomic
def end_auditor(*, auditor: Auditor, reason: str, by: User) -> Auditor:
    """End an audit before its day; asking twice changes nothing."""
    contest = Contest.objects.select_for_update(no_key=True).get(pk=auditor.contest_id)
    require(by, "contest.end_auditor", contest)
    auditor = contest.auditors.select_related("person").get(pk=auditor.pk)
    if auditor.ended_at is None:
        auditor.ended_at = clock.now()
        auditor.save(update_fields=["ended_at"])
        record(
            "contest.end_auditor",
            auditor,
            by=by,
            contest_id=contest.pk,
            label=str(auditor.person),
            reason=reason,
        )
    return auditor


def _require_off_panel(person: User, contest: Contest) -> None:
    if contest.jurors.filter(person=person, removed_at__isnull=True).exists():
        raise Conflict(
            _(
                "This person is on the panel of the edition: who scores or takes part"
                " there cannot read the scores of others as an auditor."
            ),
            code="on_the_panel",
        )


def _require_near(until: datetime, contest: Contest) -> None:
    now, days = clock.now(), settings.AUDITOR_DAYS_MAX
    if now < until <= now + timedelta(days=days):
        return
    raise Invalid.field(
        "until",
        ngettext(
            "An audit ends in the future, after {days} day at most: by {latest}.",
            "An audit ends in the future, after {days} days at most: by {latest}.",
            days,
        ).format(
            days=days,
            latest=local_time(now + timedelta(days=days), contest.time_zone),
        ),
        received=until.isoformat(),
    )
