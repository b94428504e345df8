"""Kinds of work that only the fault tests ask for; their worker includes them."""

import os
import signal
import time
from pathlib import Path

from jobs.kinds import runs

POISON, COUNTED = "tests.poison", "tests.counted"


@runs(POISON)
def kill_yourself(work):
    """End the process that does it, as the kernel does when memory runs out."""
    work.progress(0, 1)
    os.kill(os.getpid(), signal.SIGKILL)


@runs(COUNTED)
def leave_a_mark(work):
    """Note each beginning in a file of the test's, then write a small result."""
    with Path(work.parameters["marks"]).open("a") as marks:
        marks.write(f"{work.job_id}\n")
    work.progress(0, 1)
    time.sleep(work.parameters.get("seconds", 0))
    work.open_file("txt").write(b"done")
