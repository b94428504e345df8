"""`python -m tests.services [--durable] COMMAND …`: a command with real services."""

import argparse
import sys

from config.embedded.processes import ServiceError
from config.embedded.signals import interrupted_by_stop_signals
from tests.services.foreground import INTERRUPTED, run
from tests.services.provide import services


def main() -> int:
    """Start the services, run the command, stop the services."""
    parser = argparse.ArgumentParser(prog="python -m tests.services")
    parser.add_argument("--durable", action="store_true", help="acknowledged = on disk")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = options.command[options.command[:1] == ["--"] :]
    if not command:
        parser.error("which command?")
    try:
        with (
            interrupted_by_stop_signals(),
            services(durable=options.durable) as running,
        ):
            return run(command, running.environment)
    except KeyboardInterrupt:
        return INTERRUPTED
    except ServiceError as error:
        print(f"Error: {error}", file=sys.stderr)  # noqa: T201 - a command line talks
        return 1


sys.exit(main())
