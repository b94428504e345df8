"""The pages of a contest whose addresses name nothing but the contest, one by one."""

from collections.abc import Iterator, Sequence
from statistics import median
from time import perf_counter

from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from accounts.models import User
from benchmarks.figures import Figure, Limit, number
from benchmarks.people import OK, UnexpectedAnswer
from benchmarks.scenarios import Scenario
from benchmarks.sheets import reopen
from contest.models import Contest

BACKEND = "accounts.backends.CodeBackend"
SLOWEST = 8  # printed; the others are quicker
PATIENCE = Limit(300, "≤ 300")
# Files, and the interface for programs, which is measured by itself.
_NOT_PAGES = ("admin", "contest-", "contest:register-file")


def measure(sizes: Sequence[Scenario], rounds: int) -> list[Figure]:
    """Time each page with all sheets sent, then with all of them open again."""
    figures = []
    for size in sizes:
        contest = Contest.objects.get(slug=size.slug)
        figures += _slowest("closed", size, _people(contest), rounds)
        reopen(contest)
        figures += _slowest("judging", size, _people(contest), rounds)
    return figures


def _people(contest: Contest) -> dict[str, Client]:
    juror = contest.jurors.select_related("person").earliest("number")
    coordinator = contest.coordinators.select_related("person").get()
    return {
        "coordinator": _signed_in(coordinator.person),
        "juror": _signed_in(juror.person),
        "visitor": Client(headers={"accept-language": "lt"}),
    }


def _signed_in(person: User) -> Client:
    client = Client(headers={"accept-language": "lt"})
    client.force_login(person, backend=BACKEND)
    return client


def _slowest(
    state: str, size: Scenario, people: dict[str, Client], rounds: int
) -> list[Figure]:
    times = {
        (name, who): seconds
        for name, path in _addresses(size.slug)
        for who, client in people.items()
        if (seconds := _time_of(client, path, rounds)) is not None
    }
    if not times:
        raise UnexpectedAnswer(f"{size.slug} shows no page to anybody.")
    slowest = sorted(times, key=times.__getitem__, reverse=True)[:SLOWEST]
    label = f"page, {state}, {len(times)} asked"
    return [
        number(
            f"{label}: {name} ({who})",
            size.name,
            "ms",
            times[name, who] * 1_000,
            PATIENCE,
        )
        for name, who in slowest
    ]


def _time_of(client: Client, path: str, rounds: int) -> float | None:
    """Time a page after one that warmed it; None where it is not this person's."""
    if client.get(path).status_code != OK:
        return None
    seconds = []
    for _round in range(rounds):
        cache.clear()  # nobody asks so often; it holds the throttle's memory, too
        began = perf_counter()
        answer = client.get(path)
        seconds.append(perf_counter() - began)
        answer.close()
    return median(seconds)


def _addresses(slug: str) -> Iterator[tuple[str, str]]:
    for name in _names(get_resolver().url_patterns):
        if not name.startswith(_NOT_PAGES):
            try:
                yield name, reverse(name, args=[slug])
            except NoReverseMatch:
                continue


def _names(patterns: Sequence[object], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield f"{space}{pattern.name}"
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _names(pattern.url_patterns, f"{space}{inner}")
