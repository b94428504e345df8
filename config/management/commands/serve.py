"""`manage.py serve`: the whole of Sumani on this machine, until Ctrl-C."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.embedded.processes import ServiceError
from config.embedded.supervisor import DEFAULT_PORT, Supervisor

WHAT_IS_WHERE = """\
Sumani runs at {url}/
  API documentation   {url}/api/v1/docs/
  Database and files  {data}
  Logs                {logs}
  Memory              {memory}
The first administrator: make admin EMAIL=you@example.org (prints a one-time code).
Mail is not sent: it is written to files in {data}/mail
Stop with Ctrl-C."""


class Command(BaseCommand):
    help = "Run everything on this machine: Valkey, worker, web, an SQLite database."
    requires_system_checks: list[str] = []  # the web server and the worker check

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--port",
            type=int,
            default=DEFAULT_PORT,
            help="port of the web server on 127.0.0.1; 0 takes any free one",
        )

    def handle(self, *_args: Any, port: int, **_options: Any) -> None:
        self._say("Starting: Valkey, database, worker, web …")
        server = Supervisor(port=port, data_dir=Path(settings.DATA_DIR))
        try:
            with server:
                self._say(_what_is_where(server))
                server.wait()
                self._say("Stopping …")
        except KeyboardInterrupt:  # while it was starting
            pass
        except ServiceError as error:
            raise CommandError(str(error)) from error
        self._say("Stopped.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()  # it may be read through a pipe


def _what_is_where(server: Supervisor) -> str:
    memory = server.memory()
    return WHAT_IS_WHERE.format(
        url=server.url,
        data=server.data_dir,
        logs=server.log_dir,
        memory=f"{memory / 2**20:.0f} MB" if memory else "not known on this system",
    )
