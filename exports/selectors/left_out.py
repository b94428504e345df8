"""What does not count, and why: withdrawn, ineligible, in conflict, excluded."""

import re
from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from contest.models import Contest
from exports.selectors.sent import Sent
from exports.workbooks.cells import Value
from exports.workbooks.spool import Spool
from exports.workbooks.styles import Style
from exports.workbooks.table import Heading, Table
from scoring.exclusions import KIND_LABELS, excluded_pairs
from scoring.ranking import Exclusion
from submissions.models import Assignment, Submission

# People type addresses and numbers into reasons; a ranking is handed around.
_ADDRESS = re.compile(r"[^\s@<>(),;]+@[^\s@<>(),;]+\.\w+")
_NUMBER = re.compile(
    r"(?<![\w-])(?:\+\d{1,3}|8)[\s(-]*\d{2,3}[\s)-]*\d{2,3}[\s-]*\d{2,5}\b"
)
_REMOVED = "[…]"


class LeftOut:
    """The table fills while the entries are read; pairs of a juror come after."""

    def __init__(self) -> None:
        """Begin without rows."""
        self._rows = Spool()

    def add(self, entry: Sent) -> None:
        """Keep an entry that is not in the competition any more."""
        reasons = {
            Submission.State.WITHDRAWN: (_("withdrawn"), entry.withdrawn_reason),
            Submission.State.INELIGIBLE: (_("ineligible"), entry.decision_reason),
        }
        if entry.state in reasons:
            what, reason = reasons[Submission.State(entry.state)]
            self._append(what, entry.reference, entry.text("title"), "", reason)

    def add_exclusions(
        self,
        exclusions: Iterable[Exclusion],
        titles: Mapping[str, str],
        jurors: Mapping[str, str],
        reasons: Mapping[tuple[str, str], str],
    ) -> None:
        """Keep entries, jurors and pairs whose scores are left out of the ranking."""
        for exclusion in exclusions:
            entry, juror = exclusion.entry, exclusion.juror
            self._append(
                _(KIND_LABELS[exclusion.reason]),
                _("all entries") if entry is None else entry,
                "" if entry is None else titles.get(entry, ""),
                _("all jurors") if juror is None else jurors.get(juror, juror),
                reasons.get((entry or "", juror or ""), ""),
            )

    def table(self) -> Table:
        """What was gathered."""
        headings = [
            Heading("what", _("What"), 22, Style.TEXT),
            Heading("reference", _("Reference"), 14, Style.LINE),
            Heading("title", _("Title"), 44, Style.TEXT),
            Heading("juror", _("Juror"), 26, Style.TEXT),
            Heading("reason", _("Reason"), 70, Style.TEXT),
        ]
        return Table(headings, self._rows)

    def _append(self, *values: str) -> None:
        row: Sequence[Value] = [*values[:-1], without_contacts(values[-1])]
        self._rows.append(row)


def exclusion_reasons(contest: Contest) -> dict[tuple[str, str], str]:
    """Why a pair is left out, for a conflict with its day; by reference and juror."""
    zone = ZoneInfo(contest.time_zone)
    reasons = {(p.reference, p.juror): p.reason for p in excluded_pairs(contest)}
    rows = Assignment.objects.filter(
        submission__contest=contest, conflict_at__isnull=False
    ).values_list(
        "submission__reference", "juror__number", "conflict_at", "conflict_reason"
    )
    return reasons | {
        (reference, f"J{number:02d}"): f"{at.astimezone(zone):%Y-%m-%d}: {reason}"
        for reference, number, at, reason in rows.iterator()
    }


def without_contacts(text: str) -> str:
    """The text with e-mail addresses and telephone numbers struck out."""
    return _NUMBER.sub(_REMOVED, _ADDRESS.sub(_REMOVED, text))
