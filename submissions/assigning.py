"""Who looks at which entry: assignments and conflicts. Services, apart from entries."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from audit.services import record
from contest.models import Contest, Juror
from core import clock
from core.errors import Invalid
from core.policy import require
from organisations.models import Representative
from submissions.locks import hold_assignment
from submissions.models import Assignment, Submission

REPRESENTS = gettext_noop("The juror represents the organisation.")


@transaction.atomic
def assign_everything(*, contest: Contest, by: User) -> int:
    """Assign every entry in competition to every juror; how many are new.

    Jurors who represent an entry's organisation get the assignment with a conflict:
    it shows in the protocol and opens nothing.
    """
    require(by, "submissions.assign", contest)
    entries = Submission.objects.filter(contest=contest).in_competition()
    jurors = Juror.objects.voting().filter(contest=contest)
    return _assign(
        contest,
        [(entry, juror) for entry in entries for juror in jurors],
        by=by,
    )


@transaction.atomic
def assign(*, contest: Contest, pairs: list[tuple[UUID, UUID]], by: User) -> int:
    """Assign entries to jurors, pair by pair of their ids; how many are new."""
    require(by, "submissions.assign", contest)
    entries = contest.submissions.in_bulk({entry for entry, _juror in pairs})
    jurors = Juror.objects.voting().filter(contest=contest)
    panel = jurors.in_bulk({juror for _entry, juror in pairs})
    for index, (entry, juror) in enumerate(pairs):
        if entry not in entries or juror not in panel:
            raise Invalid.field(
                f"pairs.{index}",
                _("The contest has no such entry, or no such juror with a vote."),
            )
        if entries[entry].state != Submission.State.ELIGIBLE:
            raise Invalid.field(
                f"pairs.{index}.submission",
                _("{reference} is not eligible, so nobody can score it.").format(
                    reference=entries[entry]
                ),
            )
    found = [(entries[entry], panel[juror]) for entry, juror in pairs]
    return _assign(contest, found, by=by)


@transaction.atomic
def declare_conflict(*, assignment: Assignment, reason: str, by: User) -> Assignment:
    """Step back from an entry; from now on it is closed to this juror."""
    hold_assignment(assignment.pk)
    related = "juror", "submission__contest"
    current = Assignment.objects.select_related(*related).get(pk=assignment.pk)
    require(by, "submissions.declare_conflict", current)
    if current.conflict_at is None:
        current.conflict_at, current.conflict_reason = clock.now(), reason
        current.save(update_fields=["conflict_at", "conflict_reason"])
        record(
            "submissions.declare_conflict",
            current,
            by=by,
            contest_id=assignment.submission.contest_id,
            label=f"{assignment.juror.key} {assignment.submission.reference}",
        )
    return current


def _assign(
    contest: Contest, pairs: list[tuple[Submission, Juror]], *, by: User
) -> int:
    represented = set(
        Representative.objects.acting()
        .filter(person__in=[juror.person_id for _entry, juror in pairs])
        .values_list("person_id", "organisation_id")
    )
    now, before = clock.now(), _count(contest)
    Assignment.objects.bulk_create(
        [_assignment(entry, juror, represented, now) for entry, juror in pairs],
        batch_size=500,
        ignore_conflicts=True,
    )
    created = _count(contest) - before
    record(
        "submissions.assign",
        contest,
        by=by,
        contest_id=contest.pk,
        label=contest.slug,
        asked=len(pairs),
        created=created,
    )
    return created


def _assignment(
    entry: Submission,
    juror: Juror,
    represented: set[tuple[UUID, UUID]],
    now: datetime,
) -> Assignment:
    has_conflict = any(
        (juror.person_id, organisation) in represented
        for organisation in entry.interested_organisations
    )
    return Assignment(
        submission=entry,
        juror=juror,
        conflict_at=now if has_conflict else None,
        conflict_reason=REPRESENTS if has_conflict else "",
    )


def _count(contest: Contest) -> int:
    return Assignment.objects.filter(submission__contest=contest).count()
