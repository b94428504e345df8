"""The order of the steps: a contest from its announcement to its ranking."""

import re
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from config.demo.client import Line, Person, UnexpectedAnswer
from config.demo.entering import decide, enter, register
from config.demo.judging import judge, seat_panel
from config.demo.projects import read_projects
from config.demo.results import Files, fetch_files, show_ranking
from config.demo.setting_up import (
    act,
    close_collection,
    create_edition,
    invite_coordinator,
)
from config.demo.teller import Teller
from config.demo.trying import leave_to_try
from config.embedded.supervisor import Supervisor

ADMINISTRATOR = "admin@example.org"
_CODE = re.compile(r"One-time code: (\S+)")


@dataclass(frozen=True, slots=True)
class Cast:
    """One person of each kind, to sign in as."""

    administrator: Person
    coordinator: Person
    jurors: list[Person]
    representative: Person

    def samples(self) -> list[tuple[str, str]]:
        """List the role and address of each, for signing in with one click."""
        return [
            ("administrator", self.administrator.email),
            ("coordinator", self.coordinator.email),
            *(("juror", juror.email) for juror in self.jurors),
            ("representative", self.representative.email),
        ]


def play(server: Supervisor, line: Line, seed: int, tell: Teller) -> tuple[Cast, Files]:
    """Run the contest to its end; what is left are people and files."""
    projects = read_projects()
    with tell.step("An administrator, the organiser LKBS and its coordinator"):
        admin = line.sign_in(ADMINISTRATOR, first_code(server))
        coordinator = invite_coordinator(admin)
        tell.fact("The administrator by a command, the coordinator by invitation;")
        tell.fact("both exchanged a one-time code for a token.")
    with tell.step("The contest"):
        create_edition(coordinator, seed=seed, tell=tell)
    with tell.step("The organisations come in"):
        members = register(coordinator, projects, tell)
    with tell.step("They enter their projects"):
        entries = enter(line, projects, members, tell)
    with tell.step("Collection closes"):
        close_collection(coordinator, tell)
    with tell.step("The coordinator checks eligibility"):
        decide(coordinator, entries, tell)
    with tell.step("The jury"):
        jurors = seat_panel(coordinator, tell)
    with tell.step("All jurors score at the same time"):
        judge(coordinator, jurors, seed, tell)
    with tell.step("Judging closes"):
        act(coordinator, "close_judging", confirmed=True)
        tell.fact("The sheet that was not sent is left out; the server asked first.")
    with tell.step("The ranking as files, made by the worker"):
        files = fetch_files(coordinator, server.data_dir, tell)
        verify(files.proof, tell)
    with tell.step("Two more editions, to try by hand"):
        leave_to_try(coordinator, projects, members, tell)
    show_ranking(coordinator, tell)
    representative = members[entries[0].project.organisation].person
    return Cast(admin, coordinator, jurors, representative), files


def first_code(server: Supervisor) -> str:
    """Make the first administrator; only the command line can."""
    printed = server.manage("create_administrator", ADMINISTRATOR)
    found = _CODE.search(printed)
    if found is None:
        raise UnexpectedAnswer(f"create_administrator printed no code:\n{printed}")
    return found[1]


def verify(proof: Path, tell: Teller) -> None:
    """Recompute the ranking from the published scores; an error if it differs."""
    said = StringIO()
    call_command("verify_result", str(proof), stdout=said)
    digest = said.getvalue().split()[-1]
    tell.fact(f"verify_result recomputes it from its scores: SHA-256 {digest[:16]}…")
