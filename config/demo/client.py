"""A client of the API like any other: people, their tokens, and what they are told."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Event, Lock
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urljoin

import httpx

ROOT = "/api/v1/"
TIMEOUT = 60.0  # seconds
# Shorter than the server's own patience: no connection is used while it hangs up.
LIMITS = httpx.Limits(keepalive_expiry=1.0)

Item = TypeVar("Item")
Result = TypeVar("Result")


class UnexpectedAnswer(Exception):
    """The server said something else than the demonstration was written for."""


class Stopped(Exception):
    """Somebody else failed, or Ctrl-C was pressed: this thread gives up too."""


@dataclass(slots=True)
class Meter:
    """How many requests were made, by all threads."""

    requests: int = 0
    _lock: Lock = field(default_factory=Lock)

    def count(self) -> None:
        """Count one more."""
        with self._lock:
            self.requests += 1


class Line:
    """One connection to the server; threads have one each."""

    def __init__(self, url: str, meter: Meter, stop: Event | None = None) -> None:
        self._url = url
        self._meter = meter
        self._stop = stop or Event()
        self._client = httpx.Client(
            base_url=urljoin(url, ROOT),
            headers={"Accept-Language": "en"},
            timeout=TIMEOUT,
            limits=LIMITS,
            trust_env=False,  # the server is on this machine, no proxy leads to it
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def another(self, stop: Event) -> "Line":
        """Open one more to the same server, dead as soon as ``stop`` is set."""
        return Line(self._url, self._meter, stop)

    def sign_in(self, email: str, code: str) -> "Person":
        """Exchange a one-time code for a token."""
        nobody = Person(self, email, token="")
        body = {"email": email, "code": code, "name": "demo"}
        return Person(self, email, nobody.post("auth/token/", body)["token"])

    def send(
        self, method: str, path: str, *, token: str, body: Any, expect: int
    ) -> httpx.Response:
        """Send a request; any status but ``expect`` ends the demonstration."""
        if self._stop.is_set():
            raise Stopped
        self._meter.count()
        try:
            answer = self._client.request(
                method,
                path,
                json=body,
                headers={"Authorization": f"Token {token}"} if token else {},
            )
        except httpx.HTTPError as error:
            raise UnexpectedAnswer(
                f"{method} {ROOT}{path} was not answered: {error!r}"
            ) from error
        if answer.status_code != expect:
            raise UnexpectedAnswer(
                f"{method} {ROOT}{path} was answered with {answer.status_code},"
                f" expected was {expect}: {_detail(answer)}"
            )
        return answer


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the other end; paths are those below /api/v1/."""

    line: Line
    email: str
    token: str

    def get(self, path: str, expect: int = HTTPStatus.OK) -> Any:
        """Read something."""
        return self._send("GET", path, None, expect).json()

    def post(
        self, path: str, body: Any = None, expect: int = HTTPStatus.CREATED
    ) -> Any:
        """Create or do something."""
        return self._send("POST", path, body, expect).json()

    def put(self, path: str, body: Any) -> Any:
        """Save the whole of something."""
        return self._send("PUT", path, body, HTTPStatus.OK).json()

    def patch(self, path: str, body: Any) -> Any:
        """Save a part of something."""
        return self._send("PATCH", path, body, HTTPStatus.OK).json()

    def download(self, path: str) -> bytes:
        """Fetch a file."""
        return self._send("GET", path, None, HTTPStatus.OK).content

    def all_of(self, path: str) -> list[Any]:
        """Read a list to its last page."""
        found: list[Any] = []
        page, more = 1, True
        joined = "&" if "?" in path else "?"
        while more:
            answer = self.get(f"{path}{joined}page_size=200&page={page}")
            found += answer["results"]
            page, more = page + 1, bool(answer["next"])
        return found

    def on(self, line: Line) -> "Person":
        """Speak over another line."""
        return Person(line, self.email, self.token)

    def _send(self, method: str, path: str, body: Any, expect: int) -> httpx.Response:
        return self.line.send(method, path, token=self.token, body=body, expect=expect)


def _detail(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
        fields = [f"{e['field']}: {e['message']}" for e in problem.get("errors", [])]
        return " ".join([problem["detail"], *fields])
    except (ValueError, KeyError, TypeError, AttributeError):
        return answer.text[:500]


def side_by_side(
    line: Line,
    items: Sequence[Item],
    work: Callable[[Line, Item], Result],
    *,
    lines: int,
) -> list[Result]:
    """Do the same for each item over several lines at once; results in their order.

    When one fails, the others stop at their next request and its error is raised.
    """
    stop = Event()
    numbered = list(enumerate(items))

    def through(portion: list[tuple[int, Item]]) -> list[tuple[int, Result]]:
        with line.another(stop) as own:
            return [(number, work(own, item)) for number, item in portion]

    with ThreadPoolExecutor(lines) as pool:
        threads = [pool.submit(through, numbered[n::lines]) for n in range(lines)]
        try:
            finished, _ = wait(threads, return_when=FIRST_EXCEPTION)
            found = dict(pair for thread in finished for pair in thread.result())
        finally:
            stop.set()
    return [found[number] for number, _item in numbered]


def wait_until(condition: Callable[[], bool], what: str, *, timeout: float) -> None:
    """Ask the server until it says yes."""
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            raise UnexpectedAnswer(f"After {timeout:.0f} s still not so: {what}.")
        time.sleep(0.1)
