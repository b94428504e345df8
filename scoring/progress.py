"""How far judging is: for coordinators everybody's, for a juror the own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from contest import rulebook
from contest.consequences import Doubt, doubts_about
from contest.models import Contest, Criterion, Juror
from contest.phases import ActKind
from core import clock
from core.errors import FieldError
from core.policy import allows
from scoring.models import Score, Sheet
from scoring.rules import Results
from submissions.entered import has_chosen
from submissions.jury import DECLARATION_VERSION
from submissions.models import (
    Assignment,
    ImpartialityDeclaration,
    JurorExtension,
    Submission,
)
from submissions.narrowing import Shortage, tells_shortage

NOT_OPENED = "not_opened"
BEGUN = "begun"
COMPLETE = "complete"
SENT = "sent"
CONFLICT = "conflict"
TOO_FEW_SCORES = "too_few_scores"  # of a doubt about closing
_OF_A_PAIR = (  # in the order of SheetState
    "pk",
    "submission_id",
    "submission__reference",
    "juror_id",
    "state",
    "scored",
    "asked",
    "conflict_confirmed_at",
)


@dataclass(frozen=True, slots=True)
class SheetState:
    """How far one sheet is; a ``complete`` one only waits for its juror to send it.

    ``scored`` of the ``asked`` criteria have a value; ``is_confirmed`` is said of a
    conflict.
    """

    assignment: UUID
    submission: UUID
    reference: str
    juror_id: UUID
    state: str
    scored: int
    asked: int
    is_confirmed: bool


@dataclass(slots=True)
class Counts:
    """Of the entries assigned, how many sheets are how far; conflicts stand apart."""

    assigned: int = 0
    not_opened: int = 0
    begun: int = 0
    complete: int = 0
    sent: int = 0
    conflicts: int = 0

    def add(self, state: str, number: int = 1) -> None:
        """Count sheets of one state."""
        if state == CONFLICT:
            self.conflicts += number
            return
        self.assigned += number
        setattr(self, state, getattr(self, state) + number)


@dataclass(frozen=True, slots=True)
class JurorProgress:
    """A juror's counts, signature, and more time where some is running."""

    juror: Juror
    counts: Counts
    declaration: ImpartialityDeclaration | None
    extension: JurorExtension | None


@dataclass(frozen=True, slots=True)
class Progress:
    """All jurors, and the whole."""

    jurors: list[JurorProgress]
    total: Counts


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
    panel = [of] if of else list(contest.jurors.select_related("person"))
    counts = {juror.pk: Counts() for juror in panel}
    total = Counts()
    rows = _pairs(contest, of).order_by().values_list("juror_id", "state")
    for juror_id, state, number in rows.annotate(Count("pk")):
        counts[juror_id].add(state, number)
        total.add(state, number)
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
    return Progress(jurors, total)


def complete_sheets(contest: Contest, *, of: Juror | None = None) -> list[SheetState]:
    """List the sheets that only wait for their juror to send them, in one query."""
    return _states(_pairs(contest, of).filter(state=COMPLETE))


def closing_check(contest: Contest) -> ClosingCheck:
    """Tell what a coordinator should know before judging is closed."""
    doubts = list(doubts_about(contest, ActKind.CLOSE_JUDGING))
    return ClosingCheck(
        counts=progress_of(contest).total,
        unsent=complete_sheets(contest),
        unconfirmed_conflicts=unconfirmed_conflicts(contest),
        doubts=doubts,
        below_minimum=named_below_minimum(contest, doubts),
    )


def below_minimum(contest: Contest) -> QuerySet[Any]:
    """Find the entries that have too few scores to be ranked."""
    least = rulebook.read_version(contest.rules_in_force).min_scores
    return entries_with_fewer(contest, least)


def named_below_minimum(contest: Contest, doubts: Iterable[Doubt]) -> list[str]:
    """List the references of those entries; asked only where a doubt counts any."""
    if all(doubt.code != TOO_FEW_SCORES for doubt in doubts):
        return []
    return list(below_minimum(contest).values_list("reference", flat=True))


def sent_of_assigned(contest: Contest) -> tuple[int, int]:
    """Count the sheets that are sent, and all that are assigned; conflicts apart.

    Quicker than ``progress_of``: no score is looked at.
    """
    sheets = _meant(contest).filter(conflict_at__isnull=True)
    is_sent = Q(sheet__state=Sheet.State.SENT)
    counts = sheets.aggregate(sent=Count("pk", filter=is_sent), all=Count("pk"))
    return counts["sent"], counts["all"]


def some_complete_sheets(contest: Contest, number: int) -> list[SheetState]:
    """Take any of the sheets that only wait to be sent, at most ``number``, sorted."""
    # Unsorted there: a database that need not sort all of them stops early.
    some = _states(_pairs(contest, None).filter(state=COMPLETE).order_by()[:number])
    return sorted(some, key=lambda sheet: sheet.reference)


def complete_unsent(contest: Contest) -> int:
    """Count the sheets that only wait for their juror to send them."""
    return _pairs(contest, None).filter(state=COMPLETE).count()


def unconfirmed_conflicts(contest: Contest) -> int:
    """Count the conflicts of interest that no coordinator has confirmed yet."""
    declared = Assignment.objects.in_conflict().filter(submission__contest=contest)
    return declared.filter(conflict_confirmed_at__isnull=True).count()


def unsigned_jurors(contest: Contest) -> int:
    """Count the jurors with entries who have not signed the declaration in force."""
    signed = ImpartialityDeclaration.objects.filter(text_version=DECLARATION_VERSION)
    assigned = Assignment.objects.judging().filter(submission__contest=contest)
    return (
        contest.jurors.voting()
        .filter(pk__in=assigned.order_by().values("juror"))
        .exclude(pk__in=signed.order_by().values("juror"))
        .count()
    )


def entries_progress(contest: Contest) -> QuerySet[Any]:
    """List the entries in competition with how many are ``assigned`` and ``sent``.

    Sheets that do not count are not counted.
    """
    counting = _counting().filter(submission=OuterRef("pk"))
    return (
        Submission.objects.filter(contest=contest)
        .in_competition()
        .annotate(
            assigned=_per(counting, "submission"),
            sent=_per(counting.filter(sheet__state=Sheet.State.SENT), "submission"),
        )
        .order_by("reference", "pk")
    )


def entries_with_fewer(contest: Contest, scores: int) -> QuerySet[Any]:
    """List those of ``entries_progress`` on which fewer ``scores`` are sent."""
    sent = _counting().filter(
        submission__contest=contest, sheet__state=Sheet.State.SENT
    )
    numbers = sent.order_by().values("submission").annotate(number=Count("pk"))
    enough = numbers.filter(number__gte=scores).values("submission")
    return entries_progress(contest).exclude(pk__in=enough)


def _counting() -> QuerySet[Any]:
    return (
        Assignment.objects.assigned()
        .without_conflict()
        .filter(
            Q(sheet__isnull=True) | Q(sheet__excluded_at__isnull=True),
            juror__scores_excluded=False,
        )
    )


def _with_few_scores(contest: Contest) -> QuerySet[Any]:
    wanted = rulebook.read_version(contest.rules_in_force).scores_wanted
    return entries_with_fewer(contest, wanted).order_by()


tells_shortage(
    Shortage(
        "scores",
        pgettext_lazy("fewer than asked", "scores sent"),
        may=lambda contest, user: allows(
            user, "scoring.view_progress", Results(contest)
        ),
        short=_with_few_scores,
    )
)


def sheet_states(contest: Contest, *, of: Juror | None = None) -> list[SheetState]:
    """Tell of each pair how far it is, in one query.

    Pairs of jurors who were removed count only where they were sent.
    """
    return _states(_pairs(contest, of))


def _pairs(contest: Contest, of: Juror | None) -> QuerySet[Any]:
    """List the pairs with their ``state`` and what is ``scored``.

    Of the criteria that apply to the entry as many are ``asked``; ``unremarked`` are
    those whose value came without the comment that goes with it.
    """
    rules = rulebook.read_version(contest.rules_in_force)
    scored = rules.by_awaited(c for c in rules.criteria if c.required)
    remarked = rules.by_awaited(c for c in rules.criteria if c.comment == "required")
    scores = partial(_count, contest, Q(steps__isnull=False))
    bare = partial(_count, contest, Q(steps__isnull=False, comment=""))
    meant = _meant(contest)
    state = Case(
        When(conflict_at__isnull=False, then=Value(CONFLICT)),
        When(sheet__isnull=True, then=Value(NOT_OPENED)),
        When(sheet__state=Sheet.State.SENT, then=Value(SENT)),
        When(scored=F("asked"), unremarked=0, then=Value(COMPLETE)),
        default=Value(BEGUN),
    )
    return (
        (meant if of is None else meant.filter(juror=of))
        .annotate(
            asked=_over_applying(scored, _number),
            scored=_over_applying(scored, scores),
            unremarked=_over_applying(remarked, bare),
        )
        .annotate(state=state)
        .order_by("submission__reference", "juror__number")
    )


def _meant(contest: Contest) -> QuerySet[Any]:
    return Assignment.objects.filter(
        Q(juror__removed_at__isnull=True) | Q(sheet__state=Sheet.State.SENT),
        submission__contest=contest,
        submission__state=Submission.State.ELIGIBLE,
    )


def _states(pairs: QuerySet[Any]) -> list[SheetState]:
    return [
        SheetState(pk, entry, reference, juror, state, scored, asked, at is not None)
        for pk, entry, reference, juror, state, scored, asked, at in pairs.values_list(
            *_OF_A_PAIR
        )
    ]


def missing_on(
    criteria: Iterable[rulebook.Criterion], stored: Mapping[str, Score]
) -> list[FieldError]:
    """List what a sheet still needs before it can be sent, by criterion it has.

    A comment goes with a value: where none is given and none needed, none is asked.
    """
    errors = []
    for criterion in criteria:
        score = stored.get(criterion.code)
        if score is None or score.steps is None:
            if criterion.required:
                errors.append(
                    FieldError(criterion.code, _("Not scored yet."), code="required")
                )
        elif criterion.comment == "required" and not score.comment:
            errors.append(
                FieldError(
                    f"{criterion.code}.comment",
                    _("A comment is required here."),
                    code="required",
                )
            )
    return errors


def _over_applying(
    groups: Mapping[frozenset[str], list[str]], number: Callable[[list[str]], Any]
) -> Any:
    """Add up a number over the groups of criteria that the entry of a pair chose."""
    total = number(groups.get(frozenset(), []))
    for nominations, codes in groups.items():
        if nominations:
            is_in = has_chosen(sorted(nominations), "submission__")
            total = total + Case(When(is_in, then=number(codes)), default=Value(0))
    return total


def _number(codes: list[str]) -> Value:
    return Value(len(codes))


def _count(contest: Contest, answered: Q, codes: list[str]) -> Coalesce:
    """Count the answers of a sheet; asked only of those for which it decides."""
    # By key: no answer is joined to its criterion.
    criteria = Criterion.objects.filter(contest=contest, code__in=codes).order_by()
    answers = Score.objects.filter(
        answered, sheet=OuterRef("pk"), criterion__in=criteria.values("pk")
    )
    return _per(answers, "sheet")


def _per(rows: QuerySet[Any], owner: str) -> Coalesce:
    """Count the rows of the ``owner`` to which they are tied: without a join."""
    number = rows.order_by().values(owner).annotate(number=Count("pk"))
    return Coalesce(Subquery(number.values("number")), 0)


def _by_juror(rows: Iterable[Any]) -> dict[UUID, Any]:
    return {row.juror_id: row for row in rows}
