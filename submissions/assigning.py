"""Who looks at which entry. Services, apart from entries; conflicts have their own."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from audit.services import record
from contest.models import Contest, Juror
from core import clock
from core.digests import json_digest
from core.errors import Conflict, FieldError, Invalid
from core.policy import require
from submissions.assignable import Assignable, Pair, assignable
from submissions.assigning_plan import distribute as distribution
from submissions.locks import hold_assignment
from submissions.models import Assignment, ConflictEvent, Submission
from submissions.notices import tell_assigned

REPRESENTS = gettext_noop("The juror represents the organisation.")


@dataclass(frozen=True, slots=True)
class Load:
    """How many entries a juror has to score, before and after."""

    juror: Juror
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Assigned:
    """What an assigning added, or would add where nothing was applied.

    ``in_conflict`` are those of the added pairs that open nothing. ``short`` are the
    entries that stay below the jurors asked for, with how many they have. ``plan`` is
    the SHA-256 of what is added: whoever applies a preview may name it.
    """

    added: list[Pair]
    in_conflict: list[Pair]
    load: list[Load]
    short: list[tuple[Submission, int]]
    plan: str

    @property
    def created(self) -> int:
        """How many assignments are new."""
        return len(self.added)


@transaction.atomic
def assign_everything(*, contest: Contest, by: User, dry_run: bool = False) -> Assigned:
    """Assign every entry in competition to every juror who votes.

    An entry whose nominations a group judges goes to that group alone; where nobody
    who votes is in it, the entry is ``short``. Jurors who represent an entry's
    organisation get the assignment with a conflict: it shows in the protocol and opens
    nothing.
    """
    panel = _held(contest, by=by)
    everything = [pair for pair in panel.pairs() if panel.is_judged_by(pair)]
    judged = {pair.entry.pk for pair in everything}
    short = [(e, 0) for e in panel.entries.values() if e.pk not in judged]
    return _assign(panel, everything, by=by, dry_run=dry_run, short=short)


@transaction.atomic
def assign(
    *,
    contest: Contest,
    pairs: list[tuple[UUID, UUID]],
    by: User,
    by_groups: bool = False,
    dry_run: bool = False,
) -> Assigned:
    """Assign entries to jurors, pair by pair of their ids, all or none.

    What is named by hand may cross the groups of jurors. ``by_groups`` leaves out the
    pairs that do, and tells the entries that nobody is left for as ``short``.
    """
    panel = _held(contest, by=by)
    if errors := list(_wrong(panel, pairs)):
        raise Invalid(
            _("Nothing was assigned. {first}").format(first=errors[0].message),
            errors=errors,
        )
    found = [Pair(panel.entries[entry], panel.jurors[juror]) for entry, juror in pairs]
    if not by_groups:
        return _assign(panel, found, by=by, dry_run=dry_run)
    judging = [pair for pair in found if panel.is_judged_by(pair)]
    judged = {pair.entry.pk for pair in judging}
    left = {pair.entry.pk: pair.entry for pair in found if pair.entry.pk not in judged}
    short = [(entry, 0) for entry in left.values()]
    return _assign(panel, judging, by=by, dry_run=dry_run, short=short)


@transaction.atomic
def distribute(
    *,
    contest: Contest,
    per_entry: int | None,
    by: User,
    seed: str = "",
    avoid_same_municipality: bool = False,
    plan: str = "",
    dry_run: bool = False,
) -> Assigned:
    """Top each entry up to so many jurors, evenly; None means as the rulebook says.

    Nobody gets an entry with a conflict, or one that another group judges. ``plan`` is
    that of the preview: where things changed since, nothing is assigned.
    """
    panel = _held(contest, by=by)
    wanted = per_entry or panel.contest.rules_in_force.document["jurors_per_entry"]
    if wanted is None:
        raise Invalid.field(
            "per_entry",
            _("Say how many jurors each entry goes to: the rulebook names no number."),
        )
    entries = {entry.reference: entry for entry in panel.entries.values()}
    jurors = {juror.key: juror for juror in panel.jurors.values()}
    forbidden = panel.closed()
    if avoid_same_municipality:
        forbidden |= panel.neighbours()
    made = distribution(
        entries,
        jurors,
        per_entry=wanted,
        forbidden=forbidden,
        standing=panel.standing(),
        seed=seed,
    )
    pairs = [Pair(entries[entry], jurors[juror]) for entry, juror in made.added]
    _require_plan(plan, pairs)
    short = [(entries[entry], has) for entry, has in made.short.items()]
    return _assign(panel, pairs, by=by, dry_run=dry_run, short=short)


@transaction.atomic
def unassign(*, assignment: Assignment, reason: str, by: User) -> None:
    """Take an entry from a juror who has not begun to score it.

    What was scored is never deleted; a coordinator may exclude it.
    """
    hold_assignment(assignment.pk)
    related = "juror", "submission__contest"
    found = Assignment.objects.select_related(*related).filter(pk=assignment.pk)
    if (current := found.first()) is None:
        return  # somebody else took it back
    require(by, "submissions.unassign", current)
    try:
        _take_back(current)
    except ProtectedError as exc:
        raise Conflict(
            _(
                "{juror} has begun to score {reference}, and scores are never deleted."
                " Exclude the sheet with a reason instead."
            ).format(juror=current.juror.key, reference=current.submission),
            code="already_scored",
        ) from exc
    record(
        "submissions.unassign",
        current.submission,
        by=by,
        contest_id=current.submission.contest_id,
        label=current.label,
        reason=reason,
    )


def _take_back(assignment: Assignment) -> None:
    if assignment.conflict_at is None:
        Assignment.objects.get(pk=assignment.pk).delete()
        return
    assignment.is_assigned = False
    assignment.save(update_fields=["is_assigned"])


def _held(contest: Contest, *, by: User) -> Assignable:
    """Lock the contest against other assigning, judge the action, read what stands.

    Before it, in the order that all keep, the pairs that may become assignments.
    """
    stated = Assignment.objects.filter(submission__contest=contest, is_assigned=False)
    list(stated.order_by("pk").select_for_update(no_key=True, of=("self",)))
    contest = Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
    require(by, "submissions.assign", contest)
    return assignable(contest)


def _wrong(
    panel: Assignable, pairs: Iterable[tuple[UUID, UUID]]
) -> Iterable[FieldError]:
    """Name each pair that cannot be assigned, and why."""
    all_entries = panel.contest.submissions.in_bulk({entry for entry, _juror in pairs})
    for index, (entry, juror) in enumerate(pairs):
        if entry not in all_entries or juror not in panel.jurors:
            yield FieldError(
                f"pairs.{index}",
                _(
                    "The contest has no such entry, or no such juror with a vote on its"
                    " panel."
                ),
            )
        elif entry not in panel.entries:
            yield FieldError(
                f"pairs.{index}.submission",
                _("{reference} is not eligible, so nobody can score it.").format(
                    reference=all_entries[entry]
                ),
            )


def _require_plan(expected: str, pairs: Collection[Pair]) -> None:
    if expected and expected != _digest(pairs):
        raise Conflict(
            _(
                "Since the preview entries, jurors or assignments changed. Nothing was"
                " assigned; look at a new preview."
            ),
            code="plan_changed",
        )


def _digest(pairs: Collection[Pair]) -> str:
    keys = sorted([pair.entry.reference, pair.juror.key] for pair in pairs)
    return json_digest({"pairs": keys})


def _assign(
    panel: Assignable,
    pairs: Collection[Pair],
    *,
    by: User,
    dry_run: bool,
    short: list[tuple[Submission, int]] | None = None,
) -> Assigned:
    new = {(pair.entry.pk, pair.juror.pk): pair for pair in pairs}
    added = [pair for ids, pair in new.items() if not panel.is_assigned(ids)]
    closed = [pair for pair in added if panel.has_conflict(pair)]
    if not dry_run:
        _write(panel, added, by=by)
        record(
            "submissions.assign",
            panel.contest,
            by=by,
            contest_id=panel.contest.pk,
            label=panel.contest.slug,
            asked=len(pairs),
            created=len(added),
        )
        tell_assigned(panel.contest, set(added).difference(closed))
    return Assigned(
        added=added,
        in_conflict=closed,
        load=_loads(panel, added, closed),
        short=short or [],
        plan=_digest(added),
    )


def _write(panel: Assignable, added: Collection[Pair], *, by: User) -> None:
    """Add rows; where a conflict was stated before, the pair's row is there already."""
    now = clock.now()
    stated = [p for p in added if (p.entry.pk, p.juror.pk) in panel.rows]
    rows = [_assignment(panel, p, now) for p in added if p not in stated]
    ids = [panel.rows[p.entry.pk, p.juror.pk].pk for p in stated]
    Assignment.objects.filter(pk__in=ids).update(is_assigned=True)
    Assignment.objects.bulk_create(rows, batch_size=500)
    ConflictEvent.objects.bulk_create(
        [
            ConflictEvent(
                submission_id=row.submission_id,
                juror_id=row.juror_id,
                kind=ConflictEvent.Kind.FOUND,
                by_id=by.pk,
            )
            for row in rows
            if row.conflict_at is not None
        ],
        batch_size=500,
    )


def _assignment(panel: Assignable, pair: Pair, now: datetime) -> Assignment:
    found = now if panel.is_represented(pair) else None
    return Assignment(
        submission=pair.entry,
        juror=pair.juror,
        conflict_at=found,
        conflict_confirmed_at=found,
        conflict_reason=REPRESENTS if found else "",
    )


def _loads(
    panel: Assignable, added: Iterable[Pair], closed: Iterable[Pair]
) -> list[Load]:
    before = dict.fromkeys(panel.jurors, 0)
    for (entry, juror), row in panel.rows.items():
        is_open = row.is_assigned and row.conflict_at is None
        if is_open and juror in before and entry in panel.entries:
            before[juror] += 1
    after = dict(before)
    for pair in added:
        after[pair.juror.pk] += 1
    for pair in closed:
        after[pair.juror.pk] -= 1
    return [
        Load(juror, before[pk], after[pk])
        for pk, juror in sorted(panel.jurors.items(), key=lambda each: each[1].number)
    ]
