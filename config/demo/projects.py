"""Rows of the data file as bodies of requests: nothing is added, nothing is guessed."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
NOT_IN_SOURCE = "Šaltinyje tokio teksto nėra; pavyzdinėje paraiškoje jis nekuriamas."
STATEMENTS = {
    "innovation": NOT_IN_SOURCE,
    "success": NOT_IN_SOURCE,
    "social_responsibility": NOT_IN_SOURCE,
}
_KINDS = {
    "community": "community",
    "ngo": "ngo",
    "public body": "public_body",
    "municipality": "public_body",
    "lag": "action_group",
}
_OUTSIDERS = {  # as nouns of a sentence
    "public body": "viešojo sektoriaus įstaiga",
    "municipality": "savivaldybė",
    "lag": "vietos veiklos grupė",
}
_NOT_LEADER = "(not LEADER)"
_PAID = re.compile(r"grant = amount paid \((?P<awarded>[\d.]+) awarded\)")


@dataclass(frozen=True, slots=True)
class Project:
    """One row: the columns of the file, in its words."""

    organisation: str
    org_kind: str
    title: str
    municipality_lt: str
    municipality_iso: str
    vvg: str
    programme: str
    project_no: str
    measure_code: str
    grant_eur: str
    total_eur: str
    amount_other: str
    year: str
    date_from: str
    date_to: str
    award: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A coordinator's decision about an entry, as the eligibility route takes it."""

    eligible: bool
    reason: str
    checks: dict[str, bool]


@cache
def read_projects() -> tuple[Project, ...]:
    """Read the data file, in its order."""
    return tuple(Project(**row) for row in _rows("projects.csv"))


def organisation_body(project: Project) -> dict[str, Any]:
    """Describe the row's organisation; its registration code is not known."""
    return {
        "name": project.organisation,
        "kind": _KINDS[project.org_kind],
        "municipality": project.municipality_iso,
        "action_group": project.vvg,
        "i_represent": False,
    }


def entry_body(project: Project) -> dict[str, Any]:
    """Describe the row's project; what the row leaves empty stays empty."""
    return {
        "title": project.title,
        "summary": summary(project),
        "measure": project.measure_code,
        "project_number": project.project_no,
        "total": project.total_eur or None,
        **_grant(project),
        "started_on": project.date_from or None,
        "finished_on": project.date_to or None,
        "municipality": project.municipality_iso,
        "action_group": project.vvg,
        "links": [project.source] if _has_address(project) else [],
    }


def summary(project: Project) -> str:
    """Tell the row's facts in Lithuanian, one a line, amounts as published."""
    facts = {
        "Programa": in_lithuanian(project.programme),
        "Savivaldybė": project.municipality_lt,
        "Vietos veiklos grupė": project.vvg,
        "Metai": project.year,
        "Apdovanojimas": in_lithuanian(project.award),
        "Sumos, kaip paskelbta": "; ".join(_amounts(project)),
        "Pastaba": in_lithuanian(project.note),
        "Šaltinis": project.source if _has_address(project) else "adresas nežinomas",
    }
    return "\n".join(f"{name}: {fact}" for name, fact in facts.items() if fact)


def verdict(project: Project) -> Verdict:
    """Decide as the rules and the row's own words say."""
    is_leader = _NOT_LEADER not in project.programme
    applicant = _OUTSIDERS.get(project.org_kind)
    reasons = []
    if not is_leader:
        reasons.append(
            "leader_project: projektas finansuotas ne pagal KPP priemonę LEADER"
            f" (programa: {in_lithuanian(project.programme)})."
        )
    if applicant:
        reasons.append(
            f"applicant: pareiškėjas – {applicant}, o ne kaimo bendruomeninė ar kita"
            " nevyriausybinė organizacija."
        )
    checks = {"leader_project": is_leader, "applicant": applicant is None}
    if reasons:
        return Verdict(eligible=False, reason=" ".join(reasons), checks=checks)
    return Verdict(eligible=True, reason="", checks={**checks, "implemented": True})


def in_lithuanian(remark: str) -> str:
    """Translate a remark of the file; what already is Lithuanian stays."""
    return _remarks().get(remark, remark)


def _grant(project: Project) -> dict[str, str | None]:
    if paid := _PAID.match(project.note):
        return {"grant_awarded": paid["awarded"], "grant_paid": project.grant_eur}
    return {"grant_awarded": project.grant_eur or None}


def _amounts(project: Project) -> list[str]:
    amounts = []
    if project.grant_eur:
        amounts.append(f"parama {project.grant_eur} EUR")
    if project.total_eur:
        amounts.append(f"projekto vertė {project.total_eur} EUR")
    if project.amount_other:
        amounts.append(in_lithuanian(project.amount_other))
    return amounts


def _has_address(project: Project) -> bool:
    return project.source.startswith(("http://", "https://"))


@cache
def _remarks() -> dict[str, str]:
    return {row["remark"]: row["lt"] for row in _rows("remarks_lt.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
