"""A file that cannot be read: the reason as a code, its sentence elsewhere."""

from typing import Any


class Refusal(Exception):
    """The whole file is refused; ``facts`` are JSON values that the sentence names."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
