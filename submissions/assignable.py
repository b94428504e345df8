"""What stands in a contest before entries are assigned: read under its lock."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from contest.models import Contest, Juror
from contest.rulebook import read_version
from organisations.models import Representative
from submissions.entered import CHOSEN
from submissions.models import Assignment, Submission

Keys = set[tuple[str, str]]
"""Pairs of an entry's reference and a juror's key."""


class Pair(NamedTuple):
    """An entry and a juror of the same contest."""

    entry: Submission
    juror: Juror

    @property
    def keys(self) -> tuple[str, str]:
        """By what both are known outside."""
        return self.entry.reference, self.juror.key


@dataclass(frozen=True, slots=True)
class Assignable:
    """Who may be given what: entries, jurors, what stands between them already.

    ``groups`` has the entries that a group of jurors judges, with its codes; an entry
    that is not there is everybody's.
    """

    contest: Contest
    entries: dict[UUID, Submission]  # those in competition
    jurors: dict[UUID, Juror]  # those who vote
    rows: dict[tuple[UUID, UUID], Assignment]
    represented: set[tuple[UUID, UUID]]  # person, organisation
    groups: dict[UUID, frozenset[str]]

    def pairs(self) -> Iterable[Pair]:
        """Pair every entry with every juror."""
        return (
            Pair(entry, juror)
            for entry in self.entries.values()
            for juror in self.jurors.values()
        )

    def is_assigned(self, ids: tuple[UUID, UUID]) -> bool:
        """Tell whether the pair of these ids is assigned already."""
        return ids in self.rows and self.rows[ids].is_assigned

    def is_judged_by(self, pair: Pair) -> bool:
        """Tell whether the entry is everybody's, or judged by a group of the juror."""
        groups = self.groups.get(pair.entry.pk)
        return not groups or bool(groups.intersection(pair.juror.groups))

    def is_represented(self, pair: Pair) -> bool:
        """Tell whether the juror acts for who is behind the entry, or nominated it."""
        return pair.entry.nominator_id == pair.juror.person_id or any(
            (pair.juror.person_id, organisation) in self.represented
            for organisation in pair.entry.interested_organisations
        )

    def has_conflict(self, pair: Pair) -> bool:
        """Tell whether a conflict stands between them, by declaration or by ties."""
        row = self.rows.get((pair.entry.pk, pair.juror.pk))
        is_stated = row is not None and row.conflict_at is not None
        return is_stated or self.is_represented(pair)

    def standing(self) -> Keys:
        """List the pairs that are assigned and scored."""
        return {
            (self.entries[entry].reference, self.jurors[juror].key)
            for (entry, juror), row in self.rows.items()
            if entry in self.entries and juror in self.jurors
            if row.is_assigned and row.conflict_at is None
        }

    def closed(self) -> Keys:
        """List the pairs that must not be made: in conflict, or of another group."""
        return {
            pair.keys
            for pair in self.pairs()
            if self.has_conflict(pair) or not self.is_judged_by(pair)
        }

    def neighbours(self) -> Keys:
        """List the pairs where the juror speaks for somebody of the same place."""
        people = [juror.person_id for juror in self.jurors.values()]
        homes = set(
            Representative.objects.acting()
            .filter(person__in=people)
            .exclude(organisation__municipality="")
            .values_list("person_id", "organisation__municipality")
        )
        return {
            pair.keys
            for pair in self.pairs()
            if (pair.juror.person_id, pair.entry.organisation.municipality) in homes
        }


def assignable(contest: Contest) -> Assignable:
    """Read what stands; the caller holds the contest's row."""
    jurors = Juror.objects.voting().filter(contest=contest).select_related("person")
    panel = {juror.pk: juror for juror in jurors}
    entries = Submission.objects.filter(contest=contest).in_competition()
    rows = Assignment.objects.filter(submission__contest=contest).order_by()
    people = [juror.person_id for juror in panel.values()]
    represented = Representative.objects.acting().filter(person__in=people)
    rules = read_version(contest.rules_in_force)
    chosen = entries.order_by().values_list("pk", CHOSEN) if rules.panels else ()
    return Assignable(
        contest,
        entries={e.pk: e for e in entries.select_related("organisation")},
        jurors=panel,
        rows={(row.submission_id, row.juror_id): row for row in rows},
        represented=set(represented.values_list("person_id", "organisation_id")),
        groups={pk: rules.panels_of(codes or ()) for pk, codes in chosen},
    )
