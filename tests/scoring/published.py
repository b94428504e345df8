"""One published ranking, as a document, for the tests of what is hashed."""

from decimal import Decimal
from fractions import Fraction

from scoring.canonical import document
from scoring.ranking import Entry, Exclusion, Nomination, Rules, rank_scores
from tests.scoring.cases import HALVES, criterion, entries, scores

RULES = Rules(
    criteria=(
        criterion("innovation", 30),
        criterion("success", Fraction(1, 3), scale=HALVES),
        criterion("original", 10, counted=False),
    ),
    nominations=(
        Nomination("best", places=15),
        Nomination("most-original", {"original": Fraction(1)}, entries="chosen"),
    ),
    minimum_score=Decimal("60.50"),
    tie_breaks=("criterion:success", "chair", "lot"),
    lot_seed="Žolinė",
)
TABLE = {
    "entry-1": {"innovation": [8, 9], "success": [4, Fraction(9, 2)], "original": [3]},
    "entry-2": {"innovation": [2, 3], "success": [1]},
    "entry-3": {"innovation": [7]},
    "entry-4": {"innovation": [7]},
}
ENTRIES = [
    Entry("entry-1", frozenset({"most-original"})),
    *entries("entry-2", "entry-3"),
]
ENTRIES += entries("entry-4", "entry-5")
EXCLUSIONS = [
    Exclusion(None, "juror-3", "Ona Onaitė left the panel"),
    Exclusion("entry-4", None, "late"),
]
CHAIR_ORDER = {"overall": ["entry-2", "entry-1"]}


def published(rules=RULES, raw=None, **changes):
    """The document of the example, ranked from what it holds."""
    raw = scores(rules, TABLE) if raw is None else raw
    own = {
        "entries": ENTRIES,
        "scores": raw,
        "exclusions": EXCLUSIONS,
        "chair_order": CHAIR_ORDER,
    } | changes
    return document(
        contest="sumani-2026",
        rulebook_version=3,
        rules=rules,
        ranking=rank_scores(rules, **own),
        **own,
    )
