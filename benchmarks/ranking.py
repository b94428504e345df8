"""The ranking page of a signed-in coordinator."""

from collections.abc import Sequence
from decimal import Decimal

from benchmarks.alternating import Pair, alternate
from benchmarks.bare_ranking import BareRanking
from benchmarks.figures import Figure, Limit, number, spread_of
from benchmarks.people import Asker, UnexpectedAnswer
from benchmarks.scenarios import Scenario
from benchmarks.statements import recorded
from contest.models import Contest

PAGE = 250
TOP = 50
JUDGED_ENTRIES = 2_000
TWICE = Limit(2, "≤ 2")
FLAT = Limit(1.3, "≤ 1.3")
FEW = Limit(6, "≤ 6")
EVERYTHING = 10**6  # rows


def measure(sizes: Sequence[Scenario], rounds: int) -> list[Figure]:
    """Compare with SQL at every size, and the largest size with the smallest."""
    figures = [_against_sql(size, rounds) for size in sizes]
    if len(sizes) > 1:
        figures.append(_flat(sizes[-1], sizes[0], rounds))
    counts = [_statements(size) for size in sizes]
    figures += [
        number("ranking: statements", size.name, "statements", count, FEW)
        for size, count in zip(sizes, counts, strict=True)
    ]
    names = [size.name for size in sizes]
    return [*figures, spread_of("ranking: statements", counts, names)]


def _against_sql(size: Scenario, rounds: int) -> Figure:
    contest = Contest.objects.get(slug=size.slug)
    asker, bare = Asker.coordinating(contest), BareRanking(contest)
    path = _path(size, PAGE)
    _check(asker.get(path).json()["results"], bare)
    samples = alternate(
        {"ours": lambda: asker.get(path), "theirs": lambda: bare.rows(PAGE)},
        rounds=rounds,
        repeat=_repeat(size),
        before=asker.forget_requests,
    )
    limit = TWICE if size.entries == JUDGED_ENTRIES else None
    pair = Pair(samples["ours"], samples["theirs"])
    return pair.figure("ranking, 250 rows / one SQL statement", size.name, limit=limit)


def _check(page: Sequence[dict[str, str]], bare: BareRanking) -> None:
    """Hold the page against the statement; what it does not do is separate ties."""
    expected = {key: _printed(total) for key, total in bare.rows(EVERYTHING)}
    totals = list(expected.values())[: len(page)]
    if [row["total"] for row in page] != totals or any(
        row["total"] != expected[row["reference"]] for row in page
    ):
        raise UnexpectedAnswer("The page and the SQL statement differ in their order.")


def _printed(total: object) -> str | None:
    return None if total is None else f"{Decimal(str(total)):.2f}"


def _flat(large: Scenario, small: Scenario, rounds: int) -> Figure:
    askers = {
        size: Asker.coordinating(Contest.objects.get(slug=size.slug))
        for size in (large, small)
    }
    samples = alternate(
        {
            size.name: lambda size=size: askers[size].get(_path(size, TOP))
            for size in askers
        },
        rounds=rounds,
        before=lambda: [asker.forget_requests() for asker in askers.values()],
    )
    return Pair(samples[large.name], samples[small.name]).figure(
        f"ranking, first {TOP}: {large.name} / {small.name}",
        large.name,
        by="cpu",
        limit=FLAT,
    )


def _statements(size: Scenario) -> int:
    asker = Asker.coordinating(Contest.objects.get(slug=size.slug))
    with recorded() as statements:
        asker.get(_path(size, PAGE))
    return len(statements)


def _path(size: Scenario, rows: int) -> str:
    return f"contests/{size.slug}/ranking/?page_size={rows}"


def _repeat(size: Scenario) -> int:
    return max(1, 1_000 // size.entries)
