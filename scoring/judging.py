"""A juror's own work: what there is to score, in a fair order, and what is next."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from accounts.models import User
from contest import rulebook
from contest.models import Contest, Juror
from core.collation import word_finder
from scoring.fair_order import fair_order
from scoring.models import Score, Sheet
from scoring.naming import Naming, namings
from scoring.progress import (
    BEGUN,
    COMPLETE,
    CONFLICT,
    NOT_OPENED,
    Counts,
    SheetState,
    missing_on,
    sheet_states,
)
from submissions.entered import criteria_in
from submissions.models import Assignment, JurorExtension, Submission
from submissions.rules import entries_of_interest

SHOWN_OF_OWN = 5  # earlier scores beside each criterion
_OPEN = frozenset({NOT_OPENED, BEGUN})


@dataclass(frozen=True)
class Workload:
    """All that one juror has in a contest, in the order in which the juror meets it."""

    juror: Juror
    sheets: list[SheetState]

    @cached_property
    def counts(self) -> Counts:
        """How many sheets are how far."""
        counts = Counts()
        for sheet in self.sheets:
            counts.add(sheet.state)
        return counts

    def next_open(self, after: UUID | None = None) -> SheetState | None:
        """Find the next sheet that is not complete, round the end; None if all are."""
        sheets = [s for s in self.sheets if s.state in _OPEN or s.assignment == after]
        position = self._position(sheets, after)
        following = sheets[position + 1 :] + sheets[: max(position, 0)]
        return following[0] if following else None

    def neighbours(self, of: UUID) -> tuple[SheetState | None, SheetState | None]:
        """Find the sheets before and after one, conflicts left out."""
        sheets = [s for s in self.sheets if s.state != CONFLICT or s.assignment == of]
        position = self._position(sheets, of)
        if position < 0:
            return None, None
        before = sheets[position - 1] if position else None
        return before, next(iter(sheets[position + 1 :]), None)

    @staticmethod
    def _position(sheets: list[SheetState], of: UUID | None) -> int:
        keys = [sheet.assignment for sheet in sheets]
        return keys.index(of) if of in keys else -1


def workload_of(contest: Contest, person: User) -> Workload | None:
    """Load what a person has to score in a contest; None for who does not vote.

    Entries of one's own organisations are closed as those in conflict are, and are not
    told at all unless a conflict stands.
    """
    seats = Juror.objects.voting().select_related("person")
    juror = seats.filter(contest=contest, person=person).first()
    if juror is None:
        return None
    own = entries_of_interest(person).filter(contest=contest).order_by()
    closed = set(own.values_list("pk", flat=True))
    sheets = [
        sheet
        for sheet in sheet_states(contest, of=juror)
        if sheet.state == CONFLICT or sheet.submission not in closed
    ]
    return Workload(juror, fair_order(juror.pk, sheets, key=lambda s: s.submission))


def sheets_found(
    contest: Contest, sheets: Sequence[SheetState], text: str
) -> list[SheetState]:
    """Keep the sheets whose entry's reference, title or organisation has each word."""
    if not text.strip():
        return list(sheets)
    names = namings(contest, {sheet.reference for sheet in sheets})
    holds = word_finder(text)
    found = {
        reference
        for reference, name in names.items()
        if holds(f"{reference} {name.title} {name.organisation}")
    }
    return [sheet for sheet in sheets if sheet.reference in found]


def waiting_for(person: User) -> dict[UUID, int]:
    """Count the sheets that a person has not sent yet, by contest; in one query.

    They are those of ``workload_of`` that are neither sent nor in conflict.
    """
    seats = Juror.objects.voting().filter(person=person)
    waiting = (
        Assignment.objects.judging()
        .filter(Q(sheet__isnull=True) | Q(sheet__state=Sheet.State.DRAFT))
        .filter(juror__in=seats.values("pk"))
        .exclude(submission__in=entries_of_interest(person).values("pk"))
    )
    counted = (
        waiting.order_by().values_list("submission__contest").annotate(Count("pk"))
    )
    return dict(counted)


class OwnScore(NamedTuple):
    """What a juror gave another entry for the same criterion."""

    assignment: UUID
    naming: Naming
    value: Fraction


def own_scores(
    assignment: Assignment, rules: rulebook.Rulebook
) -> Mapping[str, list[OwnScore]]:
    """List the juror's last scores of other entries, by criterion, newest first."""
    contest = assignment.submission.contest
    number = Window(
        RowNumber(),
        partition_by=F("criterion_id"),
        order_by=[F("changed_at").desc(), F("pk").desc()],
    )
    rows = list(
        Score.objects.filter(
            sheet__assignment__juror=assignment.juror_id,
            sheet__assignment__conflict_at__isnull=True,
            sheet__assignment__submission__state=Submission.State.ELIGIBLE,
            criterion__retired=False,
            steps__isnull=False,
        )
        .exclude(sheet=assignment.pk)
        .annotate(number=number)
        .filter(number__lte=SHOWN_OF_OWN)
        .order_by("criterion__code", "number")
        .values_list(
            "criterion__code",
            "sheet_id",
            "sheet__assignment__submission__reference",
            "steps",
        )
    )
    names = namings(contest, {reference for _code, _pk, reference, _steps in rows})
    found: dict[str, list[OwnScore]] = {}
    for code, pk, reference, steps in rows:
        criterion = rules.criterion(code)
        if criterion is not None and steps is not None:
            value = criterion.scale.value(steps)
            found.setdefault(code, []).append(OwnScore(pk, names[reference], value))
    return found


class Lacking(NamedTuple):
    """A sheet that cannot be sent yet, and the titles of the criteria it lacks."""

    sheet: SheetState
    missing: list[rulebook.Criterion]


def lacking_of(contest: Contest, sheets: Collection[SheetState]) -> list[Lacking]:
    """Tell of each sheet which criteria it still needs, in their order."""
    asked = criteria_in(contest, rulebook.read_version(contest.rules_in_force))
    begun = [sheet.assignment for sheet in sheets if sheet.state == BEGUN]
    stored: dict[UUID, dict[str, Score]] = {}
    scores = Score.objects.filter(sheet__in=begun).select_related("criterion")
    for score in scores.order_by():
        stored.setdefault(score.sheet_id, {})[score.criterion.code] = score
    lacking = []
    for sheet in sheets:
        criteria = asked(sheet.submission)
        errors = missing_on(criteria, stored.get(sheet.assignment, {}))
        codes = {error.field.partition(".")[0] for error in errors}
        missing = [c for c in criteria if c.code in codes]
        lacking.append(Lacking(sheet, missing))
    return lacking


def more_time_of(juror: Juror) -> JurorExtension | None:
    """Find the extension that a juror was given last."""
    return JurorExtension.objects.filter(juror=juror).first()


def unsent_of(workload: Workload) -> tuple[list[SheetState], list[SheetState]]:
    """Divide what is not sent: the complete sheets, and those that lack something."""
    complete = [s for s in workload.sheets if s.state == COMPLETE]
    return complete, [s for s in workload.sheets if s.state in _OPEN]


def stored_scores(sheet: Sheet | None) -> Mapping[str, Score]:
    """Give a sheet's scores by the codes of their criteria."""
    if sheet is None:
        return {}
    scores = sheet.scores.select_related("criterion").filter(criterion__retired=False)
    return {score.criterion.code: score for score in scores}
