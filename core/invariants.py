"""What must be true of the data whatever happened: named, counted, told.

Each app's ``invariants.py`` registers checks with ``@invariant``. A check is
``check() -> Iterable[str]`` and yields a short label (an id, never a name) for every
offender. ``manage.py check_invariants`` runs all of them, fault tests do, and the
nightly schedule.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

Check = Callable[[], Iterable[str]]
_CHECKS: dict[str, tuple[str, Check]] = {}
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """An invariant with what contradicts it: how many, and the first few labels."""

    name: str
    sentence: str
    count: int
    offenders: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing contradicts it."""
        return self.count == 0


def invariant(name: str, sentence: str) -> Callable[[Check], Check]:
    """Register a check; ``sentence`` says in English what must be true."""

    def register(check: Check) -> Check:
        if name in _CHECKS:
            raise ValueError(f"two invariants are called {name}")
        _CHECKS[name] = (sentence, check)
        return check

    return register


def findings() -> Iterator[Finding]:
    """Run every check, by name; call it inside ``consistent_read``."""
    for name, (sentence, check) in sorted(_CHECKS.items()):
        offenders = iter(check())
        shown = tuple(islice(offenders, _SHOWN))
        yield Finding(name, sentence, len(shown) + sum(1 for _ in offenders), shown)
