"""What `make test` executes: pytest twice, on SQLite and on the real services.

The thread alone also runs on SQLite, the embedded default; it comes first because it is
short. The whole suite comes last: its closing line ends the output.
"""

import argparse
import sys

from config.embedded.processes import ServiceError, short_folder
from config.embedded.signals import interrupted_by_stop_signals
from tests.services.foreground import INTERRUPTED, run
from tests.services.provide import Services, services

NOTHING_COLLECTED = 5  # pytest's exit code


def main() -> int:
    """Run both; the worst exit code is the command's."""
    parser = argparse.ArgumentParser(prog="python -m tests.run")
    parser.add_argument("--all", action="store_true", help="the slow tests too")
    parser.add_argument("--workers", default="2", help="processes of pytest")
    options, pytest_options = parser.parse_known_args()
    selection = [] if options.all else ["-m", "not slow"]
    try:
        with interrupted_by_stop_signals(), services() as running:
            thread = _on_sqlite(running, pytest_options, with_slow=options.all)
            whole = run(
                [*_whole(options.workers), *selection, *pytest_options],
                running.environment,
            )
    except KeyboardInterrupt:
        return INTERRUPTED
    except ServiceError as error:
        print(f"Error: {error}", file=sys.stderr)  # noqa: T201 - a command line talks
        return 1
    if thread:
        print("Above: the thread failed on SQLite.", file=sys.stderr)  # noqa: T201 - a command line talks
    return max(thread, whole)


def _on_sqlite(running: Services, pytest_options: list[str], *, with_slow: bool) -> int:
    marked = "thread" if with_slow else "thread and not slow"
    with short_folder() as folder:
        environment = running.environment | {
            "DATABASE_URL": f"sqlite:///{folder / 'sumani.sqlite3'}"
        }
        code = run([*_pytest("-n", "0", "-m", marked), *pytest_options], environment)
    # A selection by hand may hold no test of the thread; the suite must.
    return 0 if code == NOTHING_COLLECTED and pytest_options else code


def _whole(workers: str) -> list[str]:
    # A file's tests share one process: two of those that kill workers never meet.
    # The files keep the order of tests/conftest.py, the longest first.
    return _pytest("-n", workers, "--dist", "loadfile", "--no-loadscope-reorder")


def _pytest(*options: str) -> list[str]:
    return [sys.executable, "-m", "pytest", *options]


if __name__ == "__main__":
    sys.exit(main())
