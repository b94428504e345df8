"""`manage.py demo`: a real contest run to its end through the API, then served."""

import logging
import os
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.samples import FILE_NAME, write_samples
from config.demo.client import Line, Meter, UnexpectedAnswer
from config.demo.play import Cast, play
from config.demo.setting_up import CONTEST
from config.demo.teller import Teller
from config.embedded.processes import ServiceError
from config.embedded.supervisor import DEFAULT_PORT, Supervisor
from core import clock

INTERRUPTED = 130  # what shells say after Ctrl-C
WELCOME = """\
Sumani: one contest from its announcement to its ranking, through the REST API.
A sample: the projects are published facts, the scores are generated (seed {seed})."""
ACCOUNTS = """\

Sumani runs until Ctrl-C: {url}/
Its start page signs you in with one click as the administrator, the coordinator, a
juror or a representative; who types an address finds its code in {mail}.
Two editions are there to try: one takes entries, one waits for its jurors.
The interface, to read and to try: {url}/api/v1/docs/
A program sends the header “Authorization: Token …” with the token of
{people}
The result is not published; until then only the coordinator sees the ranking:
  curl -H 'Authorization: Token {token}' {url}/api/v1/contests/{contest}/ranking/"""

STOPPED = """\

Stopped. The contest is kept; this serves it again:
  SUMANI_DATA_DIR={folder} make run"""


class Command(BaseCommand):
    help = "Run a sample contest through the REST API, then serve it until Ctrl-C."
    requires_system_checks: list[str] = []  # the web server and the worker check

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--port",
            type=int,
            default=DEFAULT_PORT,
            help="port of the web server on 127.0.0.1; 0 takes any free one",
        )
        parser.add_argument(
            "--no-serve", action="store_true", help="end when the contest is over"
        )
        parser.add_argument(
            "--seed", type=int, default=2026, help="what the scores are generated from"
        )

    def handle(
        self, *_args: Any, port: int, no_serve: bool, seed: int, **_options: Any
    ) -> None:
        logging.getLogger("httpx").setLevel(logging.WARNING)  # we say what happens
        meter = Meter()
        tell = Teller(self.stdout, meter)
        tell.say(WELCOME.format(seed=seed))
        server = Supervisor(port=port, data_dir=_new_folder())
        try:
            with ExitStack() as stack:
                with tell.step("Valkey, a new database, a worker, the web server"):
                    stack.enter_context(server)
                    tell.fact(f"{server.url}/, data in {_shown(server.data_dir)}")
                line = stack.enter_context(Line(server.url, meter))
                self._run(server, line, seed, tell, no_serve=no_serve)
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped before the end.", returncode=INTERRUPTED
            ) from None
        except (ServiceError, UnexpectedAnswer) as error:
            raise CommandError(str(error)) from error
        tell.say(STOPPED.format(folder=_shown(server.data_dir)))

    @staticmethod
    def _run(
        server: Supervisor, line: Line, seed: int, tell: Teller, *, no_serve: bool
    ) -> None:
        cast, files = play(server, line, seed, tell)
        write_samples(server.data_dir / FILE_NAME, cast.samples())
        tell.say(f"\nThe workbook: {_shown(files.workbook)}")
        if memory := server.memory():
            tell.say(
                f"Memory of web, worker, Valkey and this command: {memory >> 20} MB"
            )
        tell.say(f"From the start to here: {tell.total()}")
        if not no_serve:
            tell.say(_accounts(server, cast))
            server.wait()


def _new_folder() -> Path:
    """Name a folder of this run's own: nobody else's data are in it."""
    name = f"{clock.now().astimezone():%Y%m%d-%H%M%S}-{os.getpid()}"
    return Path(settings.DATA_DIR) / "demo" / name


def _shown(path: Path) -> str:
    """Write a path as short as it can be typed from here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _accounts(server: Supervisor, cast: Cast) -> str:
    people = {
        "an administrator": cast.administrator,
        "the coordinator": cast.coordinator,
        "a juror": cast.jurors[0],
        "a representative": cast.representative,
    }
    return ACCOUNTS.format(
        url=server.url,
        mail=_shown(server.data_dir / "mail"),
        contest=CONTEST,
        token=cast.coordinator.token,
        people="\n".join(
            f"  {role:<17} {person.email:<24} {person.token}"
            for role, person in people.items()
        ),
    )
