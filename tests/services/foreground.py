"""A command in the foreground: it hears Ctrl-C itself, and is waited for."""

import signal
import subprocess
from collections.abc import Mapping, Sequence
from types import FrameType

from config.embedded.processes import tied_to_this_process

INTERRUPTED = 130  # what shells say after Ctrl-C


def run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command to its end and return its exit code.

    Whoever asks us to end interrupts the command, so that it can clean up and report.
    """
    before = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    # The command hears SIGINT even where we were started with it ignored ("&").
    signal.signal(signal.SIGINT, signal.default_int_handler)
    child = subprocess.Popen(
        list(command),
        env=dict(environment),
        preexec_fn=tied_to_this_process(signal.SIGTERM),  # noqa: PLW1509 - see there
    )

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        child.send_signal(signal.SIGINT)

    signal.signal(signal.SIGTERM, interrupt)
    # The terminal sends Ctrl-C to both; the command decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return _as_shell_code(child.wait())
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _as_shell_code(code: int) -> int:
    """Return 128 + the signal for a killed command, as shells do."""
    return code if code >= 0 else 128 - code
