"""The whole of Sumani on one machine: Valkey, database, worker with clock, web.

``with Supervisor() as server: ... server.wait()`` serves `make run` and `make demo`.
"""

import errno
import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Self
from urllib.parse import quote

from celery import Celery

from config.embedded.claim import Claim
from config.embedded.memory import memory_in_bytes
from config.embedded.processes import Child, ServiceError
from config.embedded.signals import ignore_stop_signals, interrupted_by_stop_signals
from config.embedded.valkey import Valkey

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
DEFAULT_PORT = 8000
START_TIMEOUT = 120.0  # seconds; a busy or slow machine compiles everything first
WORKER_PROCESSES = 2
WEB_PROCESSES = 2
WEB_THREADS = 4
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn's heartbeat files, unlinked at once


class PortTaken(ServiceError):
    """Another program listens where the web server should."""


class Supervisor:
    """Starts every part, waits until all answer, and stops them in order.

    Ctrl-C, SIGTERM and SIGHUP become KeyboardInterrupt inside the ``with`` block, so
    whatever runs there unwinds and everything is stopped cleanly.
    """

    def __init__(
        self, *, port: int = DEFAULT_PORT, data_dir: Path = ROOT / "var"
    ) -> None:
        self.data_dir = data_dir.resolve()
        self.port = port or _free_port()
        self.children: dict[str, Child] = {}
        self.environment: dict[str, str] = {}
        self._stack = ExitStack()

    @property
    def url(self) -> str:
        """The address of the web server."""
        return f"http://{HOST}:{self.port}"

    @property
    def log_dir(self) -> Path:
        """The folder with one log per part."""
        return self.data_dir / "log"

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(interrupted_by_stop_signals())
            try:
                self._start(stack)
            except BaseException:
                ignore_stop_signals()
                raise
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        ignore_stop_signals()  # stopping is under way and has its own time limits
        self._stack.close()
        unclean = {
            name: child.exit_code
            for name, child in self.children.items()
            if child.exit_code != 0
        }
        if unclean and (kind is None or kind is KeyboardInterrupt):
            ends = ", ".join(f"{name}: {code}" for name, code in unclean.items())
            raise ServiceError(
                f"Not everything ended as it should (exit codes: {ends})."
                f" The logs are in {self.log_dir}."
            )

    def wait(self) -> None:
        """Return after Ctrl-C or SIGTERM; a part that ends by itself is an error."""
        try:
            while True:
                for child in self.children.values():
                    child.check()
                Event().wait(0.5)
        except KeyboardInterrupt:
            return

    def manage(self, *arguments: str, timeout: float = START_TIMEOUT) -> str:
        """Run a management command against this server and return what it printed."""
        done = subprocess.run(  # noqa: S603 - our own commands, no shell
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        if done.returncode != 0:
            raise ServiceError(
                f"`manage.py {arguments[0]}` failed with exit code {done.returncode}:\n"
                f"{done.stderr.strip()}"
            )
        return done.stdout

    def memory(self) -> int | None:
        """Sum in bytes what this process and all parts hold; None outside Linux."""
        return memory_in_bytes(os.getpid())

    # --- Starting -----------------------------------------------------------

    def _start(self, stack: ExitStack) -> None:
        claim = stack.enter_context(
            Claim(self.data_dir / "run" / "server.json", {"port": self.port})
        )
        _remove_stale_socket(claim.previous.get("socket"))
        _require_free(self.port)
        valkey = stack.enter_context(
            Valkey(
                self.data_dir / "valkey",
                log=self.log_dir / "valkey.log",
                keep_open=[claim.descriptor],
            )
        )
        self._adopt(claim, "valkey", valkey.child)
        claim.name_socket(valkey.socket)
        self.environment = self._environment_with(valkey)
        self._migrate()
        for name, command in {"worker": self._worker(), "web": self._web()}.items():
            child = self._child(name, command, keep_open=[claim.descriptor])
            self._adopt(claim, name, stack.enter_context(child))
        self.children["web"].wait_until(self._web_answers, timeout=START_TIMEOUT)
        self.children["worker"].wait_until(
            _worker_answers(valkey.broker_url), timeout=START_TIMEOUT
        )

    def _adopt(self, claim: Claim, name: str, child: Child) -> None:
        self.children[name] = child
        claim.name_child(name, child.process.pid)

    def _environment_with(self, valkey: Valkey) -> dict[str, str]:
        database = quote(str(self.data_dir / "sumani.sqlite3"))
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "SUMANI_DATA_DIR": str(self.data_dir),
            "DATABASE_URL": f"sqlite:///{database}",
            "CELERY_BROKER_URL": valkey.broker_url,
            "CACHE_URL": valkey.cache_url,
            "SITE_URL": os.environ.get("SITE_URL", self.url),
        }

    def _child(
        self,
        name: str,
        arguments: Sequence[str | Path],
        *,
        keep_open: Sequence[int] = (),
    ) -> Child:
        return Child(
            name,
            [sys.executable, *arguments],
            log=self.log_dir / f"{name}.log",
            env=self.environment,
            cwd=ROOT,
            grace=30.0,
            keep_open=keep_open,
        )

    def _migrate(self) -> None:
        with self._child("migrate", ["manage.py", "migrate", "--no-input"]) as migrate:
            migrate.finish(timeout=10 * START_TIMEOUT)

    def _worker(self) -> list[str | Path]:
        return [
            *("-m", "celery", "--app", "config", "worker", "--beat"),
            *("--concurrency", str(WORKER_PROCESSES)),
            *("--without-gossip", "--without-mingle", "--loglevel", "INFO"),
        ]

    def _web(self) -> list[str | Path]:
        heartbeats = SHARED_MEMORY
        if not os.access(heartbeats, os.W_OK):
            heartbeats = self.data_dir / "run"
        return [
            *("-m", "gunicorn", "config.wsgi:application"),
            *("--bind", f"{HOST}:{self.port}"),
            *("--worker-class", "gthread", "--threads", str(WEB_THREADS)),
            *("--workers", str(WEB_PROCESSES), "--preload", "--no-control-socket"),
            *("--worker-tmp-dir", heartbeats, "--timeout", "60"),
            *("--graceful-timeout", "20"),
        ]

    def _web_answers(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def _worker_answers(broker_url: str) -> Callable[[], bool]:
    app = Celery(set_as_current=False)
    # Celery prefers CELERY_BROKER_URL of this process to broker_url, but not to these.
    app.conf.update(broker_read_url=broker_url, broker_write_url=broker_url)
    return lambda: bool(app.control.ping(timeout=0.3, limit=1))


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                why = "is taken by another program"
            else:
                why = f"cannot be used ({error.strerror})"
            raise PortTaken(
                f"Port {port} {why}. Choose another one: PORT={port + 1}"
            ) from error


def _remove_stale_socket(path: str | None) -> None:
    """Remove the socket of a killed server, and its folder when that is empty then."""
    if path is not None:
        with suppress(OSError):
            Path(path).unlink(missing_ok=True)
            Path(path).parent.rmdir()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
