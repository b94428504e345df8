"""Communities come in, enter their projects, and the coordinator checks them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from config.demo.client import Line, Person, side_by_side
from config.demo.projects import (
    STATEMENTS,
    Project,
    entry_body,
    organisation_body,
    verdict,
)
from config.demo.setting_up import CONTEST
from config.demo.teller import Teller

_LINES = 4  # as many as the web server has threads in one process
_SIGNATURE = {
    "signed_by": "Pavyzdinis atstovas",
    "signed_role": "atstovas",
    "consents": {"processing": True, "publication": True},
}


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation of the register and the person who acts for it."""

    organisation: str
    person: Person


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry, its row of the file, and who may send it."""

    id: str
    version: int
    project: Project
    person: Person

    @property
    def path(self) -> str:
        """Where it is found."""
        return f"submissions/{self.id}/"


def register(
    coordinator: Person, projects: Sequence[Project], tell: Teller
) -> dict[str, Member]:
    """Add each organisation once and let one invited person act for it."""
    first_rows = {p.organisation: p for p in reversed(projects) if p.organisation}
    numbered = list(enumerate(reversed(first_rows.values()), start=1))

    def bring_in(line: Line, row: tuple[int, Project]) -> Member:
        return _bring_in(coordinator.on(line), *row)

    members = side_by_side(coordinator.line, numbered, bring_in, lines=_LINES)
    tell.fact(f"{len(members)} organisations, each with one invited representative.")
    for project in projects:
        if not project.organisation:
            tell.fact(f"Left out, no organisation published: „{project.title}“")
    return {
        project.organisation: Member(
            member.organisation, member.person.on(coordinator.line)
        )
        for (_number, project), member in zip(numbered, members, strict=True)
    }


def enter(
    line: Line,
    projects: Sequence[Project],
    members: dict[str, Member],
    tell: Teller,
    *,
    contest: str = CONTEST,
) -> list[Entry]:
    """Begin and complete each entry, then send them in the file's order."""

    def begin(own: Line, project: Project) -> Entry:
        member = members[project.organisation]
        return _begin(member.person.on(own), member, project, contest)

    rows = [project for project in projects if project.organisation]
    entries = side_by_side(line, rows, begin, lines=_LINES)
    sent = [entry for entry in entries if entry.project.title]
    receipts = [_send(line, entry, HTTPStatus.OK) for entry in sent]
    tell.fact(f"{len(entries)} entries begun, {len(sent)} sent.")
    last = receipts[-1]
    tell.fact(f"The last receipt: {last['reference']}, SHA-256 {last['sha256'][:16]}…")
    for entry in entries:
        if not entry.project.title:
            refusal = _send(line, entry, HTTPStatus.BAD_REQUEST)
            name = entry.project.organisation
            tell.fact(f"Stays a draft, {name}: {refusal['detail']}")
    return sent


def decide(coordinator: Person, entries: Sequence[Entry], tell: Teller) -> None:
    """Check every entry against the rules, requirement by requirement."""
    verdicts = [verdict(entry.project) for entry in entries]

    def check(line: Line, number: int) -> str:
        decision = verdicts[number]
        body = {
            "eligible": decision.eligible,
            "reason": decision.reason,
            "checks": decision.checks,
        }
        path = f"{entries[number].path}eligibility/"
        decided = coordinator.on(line).post(path, body, HTTPStatus.OK)
        return str(decided["reference"])

    numbers = range(len(entries))
    references = side_by_side(coordinator.line, numbers, check, lines=_LINES)
    eligible = sum(decision.eligible for decision in verdicts)
    tell.fact(f"{eligible} eligible, {len(entries) - eligible} ineligible.")
    refused = [
        (decision.reason, reference)
        for decision, reference in zip(verdicts, references, strict=True)
        if not decision.eligible
    ]
    counts = Counter(reason.partition(":")[0] for reason, _reference in refused)
    for requirement, count in counts.items():
        reason, reference = next(r for r in refused if r[0].startswith(requirement))
        tell.fact(f"{count} do not meet {requirement}, such as {reference}: „{reason}“")


def _bring_in(coordinator: Person, number: int, project: Project) -> Member:
    organisation = coordinator.post("organisations/", organisation_body(project))
    email = f"atstovas-{number:02d}@example.org"
    invited = coordinator.post(
        f"contests/{CONTEST}/representatives/",
        {
            "organisation": organisation["id"],
            "email": email,
            "name": f"Atstovas {number}",
            "role": "atstovas",
        },
    )
    person = coordinator.line.sign_in(email, invited["code"])
    return Member(organisation["id"], person)


def _begin(person: Person, member: Member, project: Project, contest: str) -> Entry:
    body = {"contest": contest, "organisation": member.organisation}
    draft = person.post("submissions/", body | entry_body(project))
    changes = {"version": draft["version"], **STATEMENTS}
    changed = person.patch(f"submissions/{draft['id']}/", changes)
    return Entry(draft["id"], changed["version"], project, person)


def _send(line: Line, entry: Entry, expect: HTTPStatus) -> dict[str, Any]:
    body = {"version": entry.version, **_SIGNATURE}
    answer: dict[str, Any] = entry.person.on(line).post(
        f"{entry.path}submit/", body, expect
    )
    return answer
