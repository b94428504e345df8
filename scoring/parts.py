"""Reading a JSON document part by part: what does not fit is refused with its path."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, NoReturn

INTEGER = re.compile(r"-?[0-9]+")
FRACTION = re.compile(r"-?[0-9]+(/[0-9]*[1-9][0-9]*)?")
DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document that is being read, and the path that leads to it.

    Each method raises ValueError when the part is not what it asks for.
    """

    value: Any
    path: str

    def at(self, key: str) -> "Part":
        if not isinstance(self.value, Mapping) or key not in self.value:
            self.refuse(f"a mapping with {key!r}")
        return Part(self.value[key], f"{self.path}.{key}")

    def at_or_empty(self, key: str) -> "Part":
        """Go to a mapping that is left out where it has nothing."""
        is_there = isinstance(self.value, Mapping) and key in self.value
        return self.at(key) if is_there else Part({}, f"{self.path}.{key}")

    def orders(self) -> dict[str, list[str]]:
        return {key: order.texts() for key, order in self.items()}

    def items(self) -> Iterator[tuple[str, "Part"]]:
        if not isinstance(self.value, Mapping):
            self.refuse("a mapping")
        for key in self.value:
            yield Part(key, f"{self.path}, key").text(), self.at(key)

    def each(self) -> Iterator["Part"]:
        if not isinstance(self.value, list):
            self.refuse("a list")
        for position, value in enumerate(self.value):
            yield Part(value, f"{self.path}[{position}]")

    def texts(self) -> list[str]:
        return [each.text() for each in self.each()]

    def text(self) -> str:
        if not isinstance(self.value, str):
            self.refuse("a text")
        return str(self.value)

    def optional_text(self) -> str | None:
        return None if self.value is None else self.text()

    def one_of(self, allowed: tuple[str, ...]) -> str:
        if self.value not in allowed:
            self.refuse(", ".join(map(repr, allowed)))
        return self.text()

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self.refuse("true or false")
        return bool(self.value)

    def integer(self) -> int:
        return int(self._matching(INTEGER, 'a whole number as text, such as "3"'))

    def fraction(self) -> Fraction:
        return Fraction(self._matching(FRACTION, 'a number as text: "3" or "15/2"'))

    def decimal(self) -> Decimal:
        return Decimal(self._matching(DECIMAL, 'a number as text: "60" or "60.5"'))

    def _matching(self, pattern: re.Pattern[str], allowed: str) -> str:
        if not isinstance(self.value, str) or not pattern.fullmatch(self.value):
            self.refuse(allowed)
        return str(self.value)

    def refuse(self, allowed: str) -> NoReturn:
        raise ValueError(
            f"{self.path}: received {self.value!r:.80}, allowed: {allowed}"
        )
