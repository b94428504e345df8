"""The exports that are one table: entries, contacts."""

from contest.models import Contest
from core.snapshots import consistent_read
from exports.models import Export
from exports.selectors.contacts import contact_columns
from exports.selectors.entries import Gathering, everything_entered
from exports.selectors.letterhead import letterhead
from exports.selectors.sent import sent_entries
from exports.workbooks.letterhead import Letterhead
from exports.workbooks.table import Table

_COLUMNS = {
    Export.Kind.ENTRIES: everything_entered,
    Export.Kind.CONTACTS: contact_columns,
}


def listed(export: Export) -> tuple[Letterhead, Table]:
    """Read the entries of the export's contest at one moment."""
    with consistent_read():
        contest = Contest.objects.with_course().get(pk=export.contest_id)
        gathering = Gathering(_COLUMNS[Export.Kind(export.kind)](contest))
        for entry in sent_entries(contest, export.entries):
            gathering.add(entry)
    return Letterhead(**letterhead(contest, export)), gathering.table()
