"""What the jury wrote for an entrant, and who reads what it writes. Selectors."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.phases import Phase
from contest.rulebook import Rulebook
from core.policy import matrix
from scoring.fair_order import shuffled
from scoring.selectors import counting_sheets
from submissions.models import Submission

# Rows by which comments are read: on the sheet itself, and in the file of the ranking.
_DOORS = ("scoring.view_sheet", "exports.request_ranking")
_WRITER = "juror_assigned"
_DELIBERATING = "deliberating"
READERS = {
    "coordinator": gettext_lazy("the coordinators"),
    "auditor": gettext_lazy("auditors"),
    "coordinator_juror": gettext_lazy("coordinators who sit on the jury"),
    "chair": gettext_lazy("the chair and the deputy"),
    "secretary": gettext_lazy("the secretary"),
    _DELIBERATING: gettext_lazy("jurors who score the same entry"),
}


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads a juror's comments, in sentences: for the commission, the entrant."""

    commission: str
    entrant: str


def feedback_on(entry: Submission) -> list[str]:
    """List the comments for the entrant on the sheets that count.

    Their order is another one for each entry and knows nothing of jurors.
    """
    sheets = counting_sheets(entry.contest).filter(assignment__submission=entry)
    written = sheets.values_list("comment_entrant", flat=True)
    comments = [text for text in written if text.strip()]
    return shuffled(entry.pk, comments, key=str.encode)


def audience_of(rules: Rulebook) -> Audience:
    """Say who reads comments, by the matrix and by what the rulebook lets be seen."""
    first = _readers(Phase.JUDGING, rules)
    later = _readers(Phase.DELIBERATION, rules) - first
    officials = _("Read by {readers}; once judging is closed, also by {later}.").format(
        readers=_enumerated(first), later=_enumerated(later)
    )
    return Audience(
        commission=" ".join([officials, _("The entrant does not read it.")]),
        entrant=" ".join(
            [
                _("The entrant reads it once the results are published, unsigned."),
                officials,
            ]
        ),
    )


def _readers(phase: str, rules: Rulebook) -> set[str]:
    cells = [matrix().actions[door].cells for door in _DOORS]
    found = {role for row in cells for role, phases in row.items() if phase in phases}
    return found - ({_WRITER} if rules.deliberation else {_WRITER, _DELIBERATING})


def _enumerated(roles: Iterable[str]) -> str:
    return ", ".join(str(words) for role, words in READERS.items() if role in roles)
