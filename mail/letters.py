"""What is written to people: fixed templates, filled, never evaluated.

A template is a few sentences with ``{placeholders}``, marked for translation; each
storey has its own in its ``letters.py``. What people wrote is put in once, as text:
neither Django's templates nor ``str.format`` ever see it, and no markup is understood.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from core.text import visible
from mail.models import Message

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_LONGEST_VALUE = 300
_LONGEST_QUOTE = 4000
_TEMPLATES: dict[str, "Template"] = {}


@dataclass(frozen=True, slots=True)
class Quote:
    """A paragraph of what somebody wrote, with its line breaks, set apart."""

    placeholder: str


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of message. A paragraph with an empty value is left out.

    ``label`` says in the list of messages what it is; ``button`` names the one link.
    """

    name: str
    label: str
    subject: str
    paragraphs: tuple[str | Quote, ...]
    button: str = ""
    priority: Message.Priority = Message.Priority.PERSONAL

    def __post_init__(self) -> None:
        """Register it by its name; two of one name are a mistake."""
        if self.name in _TEMPLATES:
            raise ValueError(f"two templates are called {self.name}")
        _TEMPLATES[self.name] = self

    @property
    def placeholders(self) -> frozenset[str]:
        """All values that it needs."""
        quoted = {p.placeholder for p in self.paragraphs if isinstance(p, Quote)}
        texts = [p for p in self.paragraphs if isinstance(p, str)]
        return frozenset(quoted).union(*map(placeholders_in, (self.subject, *texts)))


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address, whose it is as far as we know, and the language to write in."""

    address: str
    language: str
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """On whose behalf: printed in the message, and who gets the answers.

    ``name`` may be anything whose ``str`` is its name in the recipient's language.
    """

    name: Any
    phone: str = ""
    email: str = ""
    contest_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A template with its values, for one recipient.

    Values are told by ``str`` in the recipient's language. ``occasion`` names
    the one thing that the letter tells: nobody gets two letters of one occasion.
    """

    template: Template
    to: Recipient
    occasion: str
    values: Mapping[str, Any] = field(default_factory=dict)
    link: str = ""
    tried_until: datetime | None = None


def templates() -> Mapping[str, Template]:
    """All templates by name."""
    return _TEMPLATES


def one_each(letters: Iterable[Letter]) -> Iterator[Letter]:
    """Leave one letter an occasion and address: people may share one."""
    seen = set()
    for letter in letters:
        key = letter.occasion, letter.to.address.lower()
        if letter.to.address and key not in seen:
            seen.add(key)
            yield letter


def digest_of(letter: Letter) -> str:
    """Name what is told to whom, in SHA-256: it outlives the text and the address."""
    told = f"{letter.template.name}\n{letter.occasion}\n{letter.to.address.lower()}"
    return hashlib.sha256(told.encode()).hexdigest()


def placeholders_in(text: str) -> frozenset[str]:
    """Name what a sentence leaves open."""
    return frozenset(_PLACEHOLDER.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in, once: braces inside a value mean nothing."""
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)


def one_line(value: Any) -> str:
    """Make a value that can stand in a sentence or a header, and end neither.

    Nor can it turn the reading direction of what follows.
    """
    words = (visible(word) for word in str(value).split())
    return _cut(" ".join(word for word in words if word), _LONGEST_VALUE)


def many_lines(value: Any) -> str:
    """Make a value that may have line breaks."""
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return _cut(visible(text, keep="\n"), _LONGEST_QUOTE)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
