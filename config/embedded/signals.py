"""Signals that ask a program to end, turned into an exception that unwinds it."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def interrupted_by_stop_signals() -> Iterator[None]:
    """Make each stop signal that is heard at all a KeyboardInterrupt in the block."""
    before = {name: signal.getsignal(name) for name in STOP_SIGNALS}
    for name, handler in before.items():
        if handler is not signal.SIG_IGN:  # as under nohup
            signal.signal(name, _interrupt)
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def ignore_stop_signals() -> None:
    """Let nothing disturb what ends by itself, within its own time limits."""
    for name in STOP_SIGNALS:
        signal.signal(name, signal.SIG_IGN)


def _interrupt(number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt(signal.Signals(number).name)
