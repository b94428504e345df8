"""Take a job, keep its lease while it runs, hand in the result."""

import time
import uuid
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import IO, Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext_noop

from core import clock
from core.disk import is_full, require_room
from jobs import files, kinds
from jobs.models import Job

logger = structlog.get_logger(__name__)
_REPORT_EVERY = 1.0  # seconds between two heartbeats
_ORPHAN_AGE = timedelta(hours=24)
_NOT_MADE = gettext_noop(
    "The file could not be made. Please try again; if it fails again, tell the"
    " administrator."
)
_NO_ROOM = gettext_noop(
    "The server has no room for files at the moment, so this one was not made. Please"
    " tell the administrator, then try again."
)


class LeaseLost(Exception):
    """Another worker took the job over; this one must stop."""


def run(job_id: UUID) -> None:
    """Do the work once, however often the message is delivered.

    Not atomic on purpose: others must see the progress. The claim counts the attempt
    before the work starts, so that a job that kills its worker is not tried for ever.
    """
    work = _claim(job_id)
    if work is None:
        logger.info("job taken, finished or given up", job=str(job_id))
        return
    try:
        _run(work)
    except LeaseLost:
        work.discard()
        logger.warning("lease lost", job=str(job_id))


def _run(work: "_Work") -> None:
    try:
        kinds.runner_of(work.kind)(work)
        work.finish()
    except LeaseLost:
        raise
    except kinds.Refused as exc:
        work.fail(str(exc))
    except Exception as exc:
        work.fail(_NO_ROOM if is_full(exc) else _NOT_MADE)
        raise


def remove_orphaned_files() -> int:
    """Delete files of no job, older than a day; how many."""
    folder = Path(settings.JOB_FILES_DIR)
    if not folder.exists():
        return 0
    oldest = time.time() - _ORPHAN_AGE.total_seconds()
    old = [p for p in folder.iterdir() if p.is_file() and p.stat().st_mtime < oldest]
    names = [p.name for p in old]
    kept = set(
        Job.objects.filter(file_name__in=names).values_list("file_name", flat=True)
    )
    orphans = [path for path in old if path.name not in kept]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def _claim(job_id: UUID) -> "_Work | None":
    now, token = clock.now(), uuid.uuid4()
    taken = (
        Job.objects.without_worker(now)
        .filter(pk=job_id, attempts__lt=settings.JOB_MAX_ATTEMPTS)
        .update(
            state=Job.State.RUNNING,
            attempts=F("attempts") + 1,
            lease_token=token,
            lease_until=now + settings.JOB_LEASE,
            heartbeat_at=now,
            started_at=now,
            done=0,
            total=0,
        )
    )
    return _Work(Job.objects.get(pk=job_id), token) if taken else None


class _Work:
    """One attempt at one job, as long as its lease stands."""

    def __init__(self, job: Job, token: UUID) -> None:
        self.job_id: UUID = job.pk
        self.kind: str = job.kind
        self.parameters: dict[str, Any] = job.parameters
        self._kept_for: timedelta = job.kept_for or settings.JOB_FILES_KEPT
        self._token = token
        self._partial: Path | None = None
        self._file: IO[bytes] | None = None
        self._reported = 0.0
        self._total = 0

    def open_file(self, extension: str) -> IO[bytes]:
        """Open a file that only this attempt writes to."""
        partial = files.partial_path(self.job_id, self._token, extension)
        require_room(partial.parent, 0)
        self._partial = partial
        self._file = self._partial.open("wb")
        return self._file

    def progress(self, done: int, total: int) -> None:
        """Beat at most once a second."""
        self._total = total
        if time.monotonic() - self._reported < _REPORT_EVERY:
            return
        self._reported = time.monotonic()
        now = clock.now()
        self._update(
            done=min(done, total),
            total=total,
            heartbeat_at=now,
            lease_until=now + settings.JOB_LEASE,
        )

    def hold(self) -> None:
        """Renew the lease where the caller's transaction locks it until it ends."""
        now = clock.now()
        self._update(heartbeat_at=now, lease_until=now + settings.JOB_LEASE)

    def finish(self) -> None:
        """Put the file in place, then mark the job done."""
        result: dict[str, Any] = {}
        if self._partial is not None and self._file is not None:
            self._file.close()
            name, sha256, size = files.put_in_place(self._partial)
            self._partial = files.path_of(name)  # what to remove if the lease is lost
            result = {
                "file_name": name,
                "file_sha256": sha256,
                "file_size": size,
                "expires_at": clock.now() + self._kept_for,
            }
        self._close(state=Job.State.DONE, done=self._total, total=self._total, **result)

    def fail(self, reason: str) -> None:
        """Mark the job failed with a sentence; keep nothing half-made."""
        self.discard()
        self._close(state=Job.State.FAILED, error=reason[:500])

    def discard(self) -> None:
        """Remove what this attempt wrote."""
        if self._file is not None:
            # What was not written yet is written now: a full disk refuses it again.
            with suppress(OSError):
                self._file.close()
        if self._partial is not None:
            self._partial.unlink(missing_ok=True)

    def _close(self, **fields: Any) -> None:
        now = clock.now()
        self._update(
            lease_token=None,
            lease_until=None,
            finished_at=now,
            **fields,
        )

    def _update(self, **fields: Any) -> None:
        if not Job.objects.held_by(self.job_id, self._token).update(**fields):
            raise LeaseLost
