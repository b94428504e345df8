"""Everything a ranking export prints, as plain values: no queries, no models.

There is no contact of an entrant here, so no export of a ranking can leak one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from exports.workbooks.letterhead import Letterhead
from exports.workbooks.summary import Summary
from exports.workbooks.table import Table
from scoring.ranking import Exclusion, Ranking, Rules, Score


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What a reader is told of an entry beside its numbers.

    ``nominations`` are the codes of those that it chose.
    """

    reference: str
    title: str
    organisation: str
    municipality: str = ""
    county: str = ""
    action_group: str = ""
    nominations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Member:
    """A juror as the sheet *Jurors* tells: how much was asked, how much came.

    ``name`` is empty where the file shows only the numbers of jurors.
    """

    key: str
    name: str
    role: str
    assigned: int = 0
    sent: int = 0
    conflicts: int = 0
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChairDecision:
    """In what order the chair put the tied entries of a list, when and why."""

    list_code: str
    references: Sequence[str]
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingReport(Letterhead):
    """A ranking, the scores it was computed from and the names of what is in it.

    `scores` are those of sent sheets, in any order; `exclusions` say which of them do
    not count. `digest` is the SHA-256 of the canonical form of the result, whose name
    and version is `format`. Entries and jurors are named by the keys that stand in
    `scores` and `ranking`, criteria and nominations by their codes. `sent` has the
    facts of every entry that was ever sent, `comments` what jurors wrote, `left_out`
    what does not count and why. `awarded` says how many places a list awards,
    `short_list` how many places of the overall list go on. `chair_decisions` are those
    that separated ties.
    """

    rules: Rules
    criterion_titles: Mapping[str, str]
    nomination_titles: Mapping[str, str]
    entries: Mapping[str, EntryFacts]
    jurors: Mapping[str, str]
    scores: Collection[Score]
    exclusions: Sequence[Exclusion]
    ranking: Ranking
    panel: Sequence[Member] = ()
    sent: Table = field(default_factory=Table)
    comments: Table = field(default_factory=Table)
    left_out: Table = field(default_factory=Table)
    summary: Summary = field(default_factory=Summary)
    awarded: Mapping[str, int] = field(default_factory=dict)
    short_list: int | None = None
    chair_decisions: Sequence[ChairDecision] = ()
    format: str = "sumani-ranking/1"
