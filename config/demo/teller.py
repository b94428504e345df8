"""What the demonstration says: numbered steps, facts, how long each took."""

import shutil
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import OutputWrapper

from config.demo.client import Meter

_WIDTH_WITHOUT_TERMINAL = 110


class Teller:
    """Writes as it happens; the output may be read through a pipe."""

    def __init__(self, out: OutputWrapper, meter: Meter) -> None:
        self._out = out
        self._meter = meter
        self._steps = 0
        self._began = time.monotonic()

    @property
    def width(self) -> int:
        """How many characters fit on a line."""
        return shutil.get_terminal_size((_WIDTH_WITHOUT_TERMINAL, 24)).columns

    def say(self, text: str = "") -> None:
        """Write a line."""
        self._out.write(text)
        self._out.flush()

    def fact(self, text: str) -> None:
        """Write what belongs to the current step, wrapped."""
        self.say(self.wrapped(text, indent="   "))

    def wrapped(self, text: str, *, indent: str = "") -> str:
        """Break a text into lines that fit; addresses stay whole."""
        return textwrap.fill(
            text,
            self.width,
            initial_indent=indent,
            subsequent_indent=indent + "  ",
            break_long_words=False,
            break_on_hyphens=False,
        )

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Name a step, and after it say what it took."""
        self._steps += 1
        self.say(f"\n{self._steps}. {title}")
        began, before = time.monotonic(), self._meter.requests
        yield
        self.fact(_took(time.monotonic() - began, self._meter.requests - before))

    def total(self) -> str:
        """Say what everything took so far."""
        return _took(time.monotonic() - self._began, self._meter.requests)


def cut(text: str, width: int) -> str:
    """Shorten a text to a column of a table, and fill it up."""
    if len(text) > width:
        text = text[: width - 1] + "…"
    return text.ljust(width)


def _took(seconds: float, requests: int) -> str:
    return (
        f"[{seconds:.1f} s, {requests} requests]" if requests else f"[{seconds:.1f} s]"
    )
