"""A page of the list of entries."""

from collections.abc import Sequence

from django.test import override_settings

from benchmarks import bare
from benchmarks.alternating import Pair, alternate
from benchmarks.figures import Figure, Limit, number, spread_of
from benchmarks.people import Asker, UnexpectedAnswer
from benchmarks.scenarios import Scenario
from benchmarks.statements import recorded
from contest.models import Contest

REPEAT = 5
HALF_MORE = Limit(1.5, "≤ 1.5")
THIRD = Limit(1 / 3, "≤ 0.33")
FEW = Limit(6, "≤ 6")


@override_settings(ROOT_URLCONF=bare.__name__)
def measure(sizes: Sequence[Scenario], rounds: int) -> list[Figure]:
    """Compare with a plain serializer and with `values()`, at every size."""
    figures, counts = [], []
    for size in sizes:
        figures += _pairs(size, rounds)
        counts.append(_statements(size))
    figures += [
        number("entries, a page: statements", size.name, "statements", count, FEW)
        for size, count in zip(sizes, counts, strict=True)
    ]
    names = [size.name for size in sizes]
    return [*figures, spread_of("entries, a page: statements", counts, names)]


def _pairs(size: Scenario, rounds: int) -> list[Figure]:
    coordinator, nobody = _coordinator(size), Asker()
    asked = {
        "ours": (coordinator, _path(size)),
        "serializer": (nobody, f"bare/serializer/?contest={size.slug}"),
        "values": (nobody, f"bare/values/?contest={size.slug}"),
    }
    pages = {name: who.get(path).json() for name, (who, path) in asked.items()}
    if any(page["results"] != pages["ours"]["results"] for page in pages.values()):
        raise UnexpectedAnswer("The pages to compare differ.")
    samples = alternate(
        {
            name: lambda who=who, path=path: who.get(path)
            for name, (who, path) in asked.items()
        },
        rounds=rounds,
        repeat=REPEAT,
        before=coordinator.forget_requests,
    )
    against = {
        "values": ("entries, a page of 50 / values() and json", HALF_MORE),
        "serializer": ("entries, a page of 50 / plain ModelSerializer", THIRD),
    }
    return [
        Pair(samples["ours"], samples[other]).figure(name, size.name, limit=limit)
        for other, (name, limit) in against.items()
    ]


def _statements(size: Scenario) -> int:
    asker = _coordinator(size)
    with recorded() as statements:
        asker.get(_path(size))
    return len(statements)


def _coordinator(size: Scenario) -> Asker:
    return Asker.coordinating(Contest.objects.get(slug=size.slug))


def _path(size: Scenario) -> str:
    return f"submissions/?contest={size.slug}&ordering=reference"
