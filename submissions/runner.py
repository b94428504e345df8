"""What the sweeper does for the entries."""

from datetime import timedelta

from submissions.file_selectors import files_without_row

_ORPHAN_AGE = timedelta(hours=24)


def remove_orphaned_attachments() -> int:
    """Delete files that no row names, older than a day; how many."""
    removed = 0
    for path in files_without_row(older_than=_ORPHAN_AGE):
        path.unlink(missing_ok=True)
        removed += 1
    return removed
