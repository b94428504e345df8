"""The entries of a contest for those who run it, and what the panel has to do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from accounts.models import User
from contest.models import Contest, Juror
from core.policy import require
from organisations.models import Claim, Representative
from submissions.authorship import nominators_of
from submissions.jury import DECLARATION_VERSION
from submissions.models import (
    Assignment,
    ColumnChoice,
    ImpartialityDeclaration,
    Submission,
)
from submissions.rules import with_ownership_of
from submissions.selectors import visible_submissions


def entries_overseen(contest: Contest, user: User) -> QuerySet[Submission]:
    """List the entries of a contest that a person sees by an office there.

    Not those of the own organisations, of which an office sees nothing.
    """
    seen = visible_submissions(user, among=[contest]).filter(contest=contest)
    return with_ownership_of(seen, user).filter(owns=False)


def entries_of_others(contest: Contest, user: User) -> QuerySet[Submission]:
    """List a contest's entries, drafts too, without those of the own organisations.

    To be counted: who knows all others would tell the own from the whole.
    """
    entries = Submission.objects.filter(contest=contest)
    return with_ownership_of(entries, user).filter(owns=False)


def columns_of(contest: Contest, person: User) -> list[str] | None:
    """Tell which columns a person chose for the list of entries; None if none yet."""
    chosen = ColumnChoice.objects.filter(contest=contest, person=person)
    return chosen.values_list("columns", flat=True).first()


@transaction.atomic
def choose_columns(*, contest: Contest, columns: Sequence[str], by: User) -> None:
    """Keep which columns a person shows, on every device, until they choose others.

    Nothing for the record: it says how somebody reads, not what was done.
    """
    require(by, "submissions.view", contest)
    ColumnChoice.objects.update_or_create(
        contest=contest, person=by, defaults={"columns": list(columns)}
    )


class Writer(NamedTuple):
    """Somebody who can be asked about an entry; ``role`` as the organisation says."""

    name: str
    role: str
    email: str


def writers_of(entries: Collection[Submission]) -> dict[UUID, list[Writer]]:
    """Tell who acts for each entry, and who began it and only asks to; two queries.

    For an entry that others prepare these are its preparers, or the person who
    nominated it: they write it.
    """
    behind = {e.pk: e.prepared_by_id or e.organisation_id for e in entries}
    acting = Representative.objects.acting().filter(
        organisation__in=set(behind.values()), person__is_active=True
    )
    known: dict[UUID, list[Writer]] = {}
    for link in acting.select_related("person"):
        writer = Writer(link.shown_name, link.role, link.person.email)
        known.setdefault(link.organisation_id, []).append(writer)
    asked = Claim.objects.pending().filter(organisation__in=set(behind.values()))
    claims = {
        (c.organisation_id, c.person_id): c for c in asked.select_related("person")
    }
    found = {pk: list(known.get(by, [])) for pk, by in behind.items()}
    alone = nominators_of(entries)
    for entry in entries:
        if entry.nominator_id:
            person = alone.get(entry.nominator_id)
            found[entry.pk] = [Writer(person.name, "", person.email)] if person else []
        claim = claims.get((behind[entry.pk], entry.created_by_id))
        if claim is not None:
            found[entry.pk].append(_asking(claim))
    return found


def _asking(claim: Claim) -> Writer:
    person = claim.person
    return Writer(claim.name or person.name, claim.role, person.email)


@dataclass(frozen=True, slots=True)
class Workload:
    """What a seat of the panel has to do, and when it signed the declaration."""

    juror: Juror
    assigned: int
    conflicts: int
    declared_at: datetime | None


def workload_of(contest: Contest) -> list[Workload]:
    """Count the entries of each seat that votes, in three queries."""
    seats = Juror.objects.voting().filter(contest=contest).select_related("person")
    pairs = Assignment.objects.filter(submission__contest=contest).order_by()
    is_open = Q(is_assigned=True, conflict_at__isnull=True)
    counted = {
        juror: (assigned, in_conflict)
        for juror, assigned, in_conflict in pairs.values_list("juror").annotate(
            assigned=Count("pk", filter=is_open), in_conflict=Count("conflict_at")
        )
    }
    signed: dict[UUID, datetime] = dict(
        ImpartialityDeclaration.objects.filter(
            juror__contest=contest, text_version=DECLARATION_VERSION
        ).values_list("juror", "signed_at")
    )
    return [
        Workload(seat, *counted.get(seat.pk, (0, 0)), signed.get(seat.pk))
        for seat in seats
    ]
