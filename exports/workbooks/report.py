"""Everything a ranking export prints, as plain values: no queries, no models.

There is no contact of an entrant here, so no export of a ranking can leak one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from scoring.ranking import Exclusion, Ranking, Rules, Score


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What a reader is told of an entry beside its numbers."""

    reference: str
    title: str
    organisation: str
    municipality: str = ""
    county: str = ""
    action_group: str = ""


@dataclass(frozen=True, slots=True)
class RankingReport:
    """A ranking, the scores it was computed from and the names of what is in it.

    `generated_at` is aware and in the contest's zone. `interim` says that judging is
    not closed. `sample_note` warns, where it is not empty, that the scores are not
    real. `scores` are those of sent sheets, in any order; `exclusions` say which of
    them do not count. `digest` is the SHA-256 of the canonical form of the result,
    whose name and version is `format`. Entries and jurors are named by the keys that
    stand in `scores` and `ranking`, criteria and nominations by their codes.
    """

    contest: str
    reference: str
    edition: str
    organiser: str
    organiser_phone: str
    organiser_email: str
    language: str
    generated_at: datetime
    requested_by: str
    interim: bool
    sample_note: str
    rulebook_version: str
    rules: Rules
    criterion_titles: Mapping[str, str]
    nomination_titles: Mapping[str, str]
    entries: Mapping[str, EntryFacts]
    jurors: Mapping[str, str]
    scores: Collection[Score]
    exclusions: Sequence[Exclusion]
    ranking: Ranking
    digest: str
    format: str = "sumani-ranking/1"
