"""What the sweeper does for the entries."""

import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain, islice
from pathlib import Path

from submissions import storage
from submissions.models import Attachment

_ORPHAN_AGE = timedelta(hours=24)
_BATCH = 500


def remove_orphaned_attachments() -> int:
    """Delete files that no row names, older than a day; how many."""
    oldest = time.time() - _ORPHAN_AGE.total_seconds()
    old = (path for path in storage.folder().iterdir() if _is_older(path, oldest))
    removed = 0
    while batch := list(islice(old, _BATCH)):
        for path in _without_row(batch):
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _is_older(path: Path, oldest: float) -> bool:
    try:
        return path.is_file() and path.stat().st_mtime < oldest
    except FileNotFoundError:  # removed a moment ago
        return False


def _without_row(paths: list[Path]) -> Iterator[Path]:
    names = [path.name for path in paths]
    rows = Attachment.objects.order_by()
    kept = set(
        chain(
            rows.filter(stored_name__in=names).values_list("stored_name", flat=True),
            rows.filter(preview_name__in=names).values_list("preview_name", flat=True),
        )
    )
    return (path for path in paths if path.name not in kept)
