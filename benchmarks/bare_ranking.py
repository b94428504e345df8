"""The ranking's order as one SQL statement: what no page can be faster than."""

from collections.abc import Sequence
from fractions import Fraction

from django.db import connection

from contest.models import Contest
from scoring.method import Rules
from scoring.selectors import rules_of

Rows = list[tuple[str, object]]

# Grouped by reference, not by key: SQLite then goes through the contest's own entries.
_STATEMENT = """
SELECT entry.reference, {total} AS total
FROM scoring_score score
JOIN scoring_sheet sheet ON sheet.assignment_id = score.sheet_id
JOIN submissions_assignment assignment ON assignment.id = sheet.assignment_id
JOIN submissions_submission entry ON entry.id = assignment.submission_id
WHERE entry.contest_id = %s AND entry.state = 'eligible'
  AND sheet.state = 'sent' AND assignment.conflict_at IS NULL
  AND score.steps IS NOT NULL
GROUP BY entry.reference
ORDER BY total DESC NULLS LAST, entry.reference
LIMIT %s
"""


class BareRanking:
    """Weighted means of sent sheets without conflicts, rounded, best first."""

    def __init__(self, contest: Contest) -> None:
        rules = rules_of(contest.rules_in_force.document)
        total, values = _total(rules, dict(contest.criteria.values_list("code", "pk")))
        # The text holds numbers of rows and no names; the values go beside it.
        self._sql = _STATEMENT.format(total=total)
        pk = contest.pk if connection.vendor == "postgresql" else contest.pk.hex
        self._parameters = [*values, pk]

    def rows(self, limit: int) -> Rows:
        """Ask the database; nothing is made of the answer."""
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [*self._parameters, limit])
            return cursor.fetchall()


def _total(rules: Rules, rows: dict[str, int]) -> tuple[str, Sequence[float]]:
    """Write T · Σ w·(mean / maximum) / Σ w; steps count from the minimum."""
    scales = {criterion.code: criterion.scale for criterion in rules.criteria}
    weights = rules.list_weights()["overall"]
    unit = rules.total / sum(weights.values())
    base, terms, values = Fraction(0), [], []
    for code, weight in weights.items():
        share, scale = unit * weight / scales[code].maximum, scales[code]
        base += share * scale.minimum
        mean = f"AVG(score.steps) FILTER (WHERE score.criterion_id = {rows[code]})"
        terms.append(f"%s * {mean}")
        values.append(float(share * scale.step))
    total = f"%s + {' + '.join(terms)}"
    if connection.vendor == "postgresql":
        total = f"CAST({total} AS numeric)"
    return f"ROUND({total}, 2)", [float(base), *values]
