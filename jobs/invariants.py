from collections.abc import Iterable
from datetime import timedelta

from core import clock
from core.invariants import invariant
from jobs import files
from jobs.models import Job

# How long a job may wait for a worker before somebody should look.
_PATIENCE = timedelta(hours=24)


@invariant("jobs.end", "No job waits or runs for more than a day.")
def jobs_end() -> Iterable[str]:
    oldest = clock.now() - _PATIENCE
    waiting = Job.objects.active().filter(created_at__lt=oldest)
    yield from (str(pk) for pk in waiting.values_list("pk", flat=True))


@invariant("jobs.files_are_whole", "A finished job's file has its size and SHA-256.")
def files_are_whole() -> Iterable[str]:
    finished = Job.objects.exclude(file_name="").values_list(
        "pk", "file_name", "file_size", "file_sha256"
    )
    for pk, name, size, sha256 in finished.iterator():
        path = files.path_of(name)
        if wrong := files.difference(path, size=size, sha256=sha256):
            yield f"{pk} {wrong}"
