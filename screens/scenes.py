"""What is pictured, of whom, and when in the course of the sample contest."""

from collections.abc import Sequence
from pathlib import Path

from accounts.samples import FILE_NAME, write_samples
from config.demo.client import Line, Person
from config.demo.entering import decide, enter, register
from config.demo.judging import judge, seat_panel
from config.demo.play import ADMINISTRATOR, first_code
from config.demo.projects import Project
from config.demo.setting_up import (
    CONTEST,
    act,
    close_collection,
    create_edition,
    invite_coordinator,
)
from config.demo.teller import Teller
from config.embedded.supervisor import Supervisor
from screens.camera import DESK, PHONE, Camera

MANAGE = f"/contests/{CONTEST}/manage/"
JUDGING = f"/judging/{CONTEST}/"
_SHOWN_JUROR = 6  # the demo's juror who leaves one complete sheet unsent


def picture_contest(
    server: Supervisor,
    line: Line,
    camera: Camera,
    tell: Teller,
    *,
    projects: Sequence[Project],
    seed: int,
) -> None:
    """Run the contest, and picture each kind of person at their work."""
    with tell.step("The contest opens"):
        admin = line.sign_in(ADMINISTRATOR, first_code(server))
        coordinator = invite_coordinator(admin)
        create_edition(coordinator, seed=seed, tell=tell)
        members = register(coordinator, projects, tell)
        entries = enter(line, projects, members, tell)
        camera.take("contest", f"/contests/{CONTEST}/", size=PHONE)
        _cast(server.data_dir, [("representative", entries[0].person)])
        entry = f"/entries/{entries[0].id}/"
        camera.take("entry", entry, sample=0, size=PHONE)
        camera.take("entry-part", f"{entry}project/", sample=0, size=PHONE)
    with tell.step("The jury works"):
        close_collection(coordinator, tell)
        decide(coordinator, entries, tell)
        jurors = seat_panel(coordinator, tell)
        judge(coordinator, jurors, seed, tell)
        juror = jurors[_SHOWN_JUROR]
        _cast(server.data_dir, [("coordinator", coordinator), ("juror", juror)])
        picture_judging(camera, juror)
    with tell.step("The coordinator closes and publishes"):
        act(coordinator, "close_judging", confirmed=True)
        for name, page in (
            ("ranking", f"{MANAGE}ranking/"),
            ("charts", f"{MANAGE}ranking/scores/"),
            ("publication", f"{MANAGE}publication/"),
        ):
            camera.take(name, page, sample=0, size=DESK)
        act(coordinator, "publish", reason="Pavyzdys: komisija posėdžiavo.")
        camera.take("results", f"/contests/{CONTEST}/results/", size=DESK)
        camera.take("results-phone", f"/contests/{CONTEST}/results/", size=PHONE)


def picture_judging(camera: Camera, juror: Person) -> None:
    """Picture an evening of judging, and what the coordinator sees of it."""
    assignments = juror.all_of(f"assignments/?contest={CONTEST}")
    unsent = max(assignments, key=lambda assignment: assignment["reference"])
    sheet = f"{JUDGING}{unsent['id']}/"
    camera.take("judging", JUDGING, sample=1, size=DESK)
    camera.take("sheet", sheet, sample=1, size=DESK)
    camera.take("sheet-phone", sheet, sample=1, size=PHONE)
    camera.take("overview", MANAGE, sample=0, size=DESK)
    camera.take("progress", f"{MANAGE}progress/", sample=0, size=DESK)
    camera.take("entries", f"{MANAGE}entries/", sample=0, size=DESK)


def _cast(folder: Path, people: Sequence[tuple[str, Person]]) -> None:
    """Let the start page offer these people, in this order."""
    noted = [(role, person.email) for role, person in people]
    write_samples(folder / FILE_NAME, noted)
