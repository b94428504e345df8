"""How far judging is: for coordinators everybody's, for a juror the own."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from contest import rulebook
from contest.consequences import Doubt, doubts_about
from contest.models import Contest, Juror
from contest.phases import ActKind
from core import clock
from scoring.models import Sheet
from submissions.jury import DECLARATION_VERSION
from submissions.models import (
    Assignment,
    ImpartialityDeclaration,
    JurorExtension,
    Submission,
)

NOT_OPENED = "not_opened"
BEGUN = "begun"
COMPLETE = "complete"
SENT = "sent"
CONFLICT = "conflict"
_OF_A_PAIR = (
    "pk",
    "submission__reference",
    "juror_id",
    "juror__removed_at",
    "conflict_at",
)


@dataclass(frozen=True, slots=True)
class SheetState:
    """How far one sheet is; a ``complete`` one only waits for its juror to send it."""

    assignment: UUID
    reference: str
    juror_id: UUID
    state: str


@dataclass(slots=True)
class Counts:
    """Of the entries assigned, how many sheets are how far; conflicts stand apart."""

    assigned: int = 0
    not_opened: int = 0
    begun: int = 0
    complete: int = 0
    sent: int = 0
    conflicts: int = 0

    def add(self, state: str) -> None:
        """Count one sheet."""
        if state == CONFLICT:
            self.conflicts += 1
            return
        self.assigned += 1
        setattr(self, state, getattr(self, state) + 1)


@dataclass(frozen=True, slots=True)
class JurorProgress:
    """A juror's counts, signature, and more time where some is running."""

    juror: Juror
    counts: Counts
    declaration: ImpartialityDeclaration | None
    extension: JurorExtension | None


@dataclass(frozen=True, slots=True)
class Progress:
    """All jurors, the whole, and the sheets that are complete but not sent."""

    jurors: list[JurorProgress]
    total: Counts
    unsent: list[SheetState]


@dataclass(frozen=True, slots=True)
class ClosingCheck:
    """What closing judging now would leave out."""

    counts: Counts
    unsent: list[SheetState]
    unconfirmed_conflicts: int
    doubts: list[Doubt]
    below_minimum: list[str] = field(default_factory=list)


def progress_of(contest: Contest, *, of: Juror | None = None) -> Progress:
    """Count the sheets of a contest, or those of one juror, in a few queries."""
    states = sheet_states(contest, of=of)
    panel = [of] if of else list(contest.jurors.select_related("person"))
    counts = {juror.pk: Counts() for juror in panel}
    total = Counts()
    for each in states:
        counts[each.juror_id].add(each.state)
        total.add(each.state)
    signed = _by_juror(
        ImpartialityDeclaration.objects.filter(
            juror__in=panel, text_version=DECLARATION_VERSION
        )
    )
    extended = _by_juror(
        JurorExtension.objects.running(clock.database_now()).filter(juror__in=panel)
    )
    jurors = [
        JurorProgress(j, counts[j.pk], signed.get(j.pk), extended.get(j.pk))
        for j in panel
    ]
    return Progress(jurors, total, _unsent(states))


def closing_check(contest: Contest) -> ClosingCheck:
    """Tell what a coordinator should know before judging is closed."""
    rules = rulebook.read(contest.rules_in_force.document)
    states = sheet_states(contest)
    counts = Counts()
    for each in states:
        counts.add(each.state)
    below = entries_progress(contest).filter(sent__lt=rules.min_scores)
    unconfirmed = Assignment.objects.in_conflict().filter(
        submission__contest=contest, conflict_confirmed_at__isnull=True
    )
    return ClosingCheck(
        counts=counts,
        unsent=_unsent(states),
        unconfirmed_conflicts=unconfirmed.count(),
        doubts=list(doubts_about(contest, ActKind.CLOSE_JUDGING)),
        below_minimum=list(below.values_list("reference", flat=True)),
    )


def entries_progress(contest: Contest) -> QuerySet[Any]:
    """List the entries in competition with how many are ``assigned`` and ``sent``.

    Sheets that do not count are not counted.
    """
    counts = Q(
        assignments__is_assigned=True,
        assignments__conflict_at__isnull=True,
        assignments__juror__scores_excluded=False,
    ) & (
        Q(assignments__sheet__isnull=True)
        | Q(assignments__sheet__excluded_at__isnull=True)
    )
    is_sent = Q(assignments__sheet__state=Sheet.State.SENT)
    return (
        Submission.objects.filter(contest=contest)
        .in_competition()
        .annotate(
            assigned=Count("assignments", filter=counts),
            sent=Count("assignments", filter=counts & is_sent),
        )
        .order_by("reference", "pk")
    )


def sheet_states(contest: Contest, *, of: Juror | None = None) -> list[SheetState]:
    """Tell of each pair how far it is, in one query.

    Pairs of jurors who were removed count only where they were sent.
    """
    rules = rulebook.read(contest.rules_in_force.document)
    scored = [c.code for c in rules.criteria if c.required]
    remarked = [c.code for c in rules.criteria if c.comment == "required"]
    meant = Assignment.objects.filter(
        submission__contest=contest, submission__state=Submission.State.ELIGIBLE
    )
    if of is not None:
        meant = meant.filter(juror=of)
    rows = (
        meant.annotate(
            sheet_state=F("sheet__state"),
            scored=_count(scored, Q(sheet__scores__steps__isnull=False)),
            remarked=_count(remarked, ~Q(sheet__scores__comment="")),
        )
        .order_by("submission__reference", "juror__number")
        .values(*_OF_A_PAIR, "sheet_state", "scored", "remarked")
    )
    needed = len(scored), len(remarked)
    return [
        _state(row, needed)
        for row in rows
        if row["juror__removed_at"] is None or row["sheet_state"] == Sheet.State.SENT
    ]


def _count(codes: list[str], answered: Q) -> Count:
    asked = Q(sheet__scores__criterion__code__in=codes) & answered
    return Count("sheet__scores", filter=asked, distinct=True)


def _state(row: dict[str, Any], needed: tuple[int, int]) -> SheetState:
    if row["conflict_at"] is not None:
        state = CONFLICT
    elif row["sheet_state"] is None:
        state = NOT_OPENED
    elif row["sheet_state"] == Sheet.State.SENT:
        state = SENT
    else:
        is_complete = (row["scored"], row["remarked"]) == needed
        state = COMPLETE if is_complete else BEGUN
    return SheetState(row["pk"], row["submission__reference"], row["juror_id"], state)


def _unsent(states: Iterable[SheetState]) -> list[SheetState]:
    return [each for each in states if each.state == COMPLETE]


def _by_juror(rows: Iterable[Any]) -> dict[UUID, Any]:
    return {row.juror_id: row for row in rows}
