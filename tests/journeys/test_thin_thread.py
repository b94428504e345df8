"""From organiser to workbook, wholly through the API, as people do it."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from accounts.services import make_administrator
from core import clock
from exports.models import Export
from jobs import runner
from tests.api import signed_in_by_code

pytestmark = [pytest.mark.thread, pytest.mark.django_db(transaction=True)]

CONSENTS = {"processing": True, "publication": True}
SIGNATURE = {"signed_by": "Ona Onaitė", "signed_role": "pirmininkė"}
STATEMENTS = {
    "summary": "Kas padaryta",
    "innovation": "Kas nauja",
    "success": "Kas pavyko",
    "social_responsibility": "Kam tai naudinga",
}
# Values by entry and juror for innovation, success, social responsibility, originality.
SHEETS = {
    "A": [(9, 8, 7, 5), (8, 8, 8, 6)],
    "B": [(7, 9, 10, 9), (10, 7, 6, 10)],
    "C": [(5, 5, 5, 1), (6, 5, 4, 1)],
}


def ok(response, status=200):
    assert response.status_code == status, response.content.decode()
    return response.json()


def test_an_edition_runs_from_organiser_to_workbook():
    coordinator = contest_with_coordinator()
    entries = [enter(coordinator, name) for name in SHEETS]

    close_collection(coordinator)
    for entry in entries:
        decide_eligible(coordinator, entry)
    jurors = [invite_juror(coordinator, number) for number in (1, 2)]
    ok(coordinator.post("contests/sumani/assignments/", {"everything": True}), 201)
    ok(coordinator.post("contests/sumani/acts/", {"kind": "open_judging"}), 201)
    for number, juror in enumerate(jurors):
        score_everything(juror, number)
    ok(coordinator.post("contests/sumani/acts/", {"kind": "close_judging"}), 201)

    ranking = ok(coordinator.get("contests/sumani/ranking/"))
    # By hand: A (8.5+8+7.5)/3 = 80.00; B (8.5+8+8)/3 = 81.67; C (5.5+5+4.5)/3 = 50.00.
    assert [(r["place"], r["title"], r["total"]) for r in ranking["results"]] == [
        (1, "B", "81.67"),
        (2, "A", "80.00"),
        (3, "C", "50.00"),
    ]
    original = ok(coordinator.get("contests/sumani/ranking/?nomination=most_original"))
    assert [(r["title"], r["total"]) for r in original["results"]] == [
        ("B", "95.00"),
        ("A", "55.00"),
        ("C", "10.00"),
    ]
    assert workbook_places(coordinator) == [(1, "B", 81.67), (2, "A", 80), (3, "C", 50)]


def contest_with_coordinator():
    invitation = make_administrator(email="admin@example.org")
    admin = signed_in_by_code("admin@example.org", invitation.code)
    ok(admin.post("organisers/", {"slug": "lkbs", "name": {"lt": "LKBS"}}), 201)
    invited = ok(
        admin.post("organisers/lkbs/members/", {"email": "coordinator@example.org"}),
        201,
    )
    coordinator = signed_in_by_code("coordinator@example.org", invited["code"])
    ok(
        coordinator.post(
            "series/",
            {"slug": "sumani-series", "organiser": "lkbs", "title": {"lt": "Sumani"}},
        ),
        201,
    )
    now = clock.now()
    ok(
        coordinator.post(
            "contests/",
            {
                "slug": "sumani",
                "series": "sumani-series",
                "title": {"lt": "Sumani bendruomenė – pažangus kaimas"},
                "edition": "2026",
                "opens_at": (now - timedelta(days=1)).isoformat(),
                "closes_at": (now + timedelta(days=29)).isoformat(),
                "rulebook_template": "lkbs",
            },
        ),
        201,
    )
    ok(coordinator.post("contests/sumani/acts/", {"kind": "announce"}), 201)
    return coordinator


def enter(coordinator, name):
    organisation = ok(
        coordinator.post(
            "organisations/",
            {
                "name": f"Bendruomenė „{name}“",
                "kind": "community",
                "i_represent": False,
            },
        ),
        201,
    )
    email = f"{name.lower()}@example.org"
    invited = ok(
        coordinator.post(
            "contests/sumani/representatives/",
            {"organisation": organisation["id"], "email": email},
        ),
        201,
    )
    chairwoman = signed_in_by_code(email, invited["code"])
    draft = ok(
        chairwoman.post(
            "submissions/",
            {
                "contest": "sumani",
                "organisation": organisation["id"],
                "title": "Juodraštis",
            },
        ),
        201,
    )
    changed = ok(
        chairwoman.patch(
            f"submissions/{draft['id']}/",
            {"title": name, "version": draft["version"], **STATEMENTS},
        )
    )
    receipt = ok(
        chairwoman.post(
            f"submissions/{draft['id']}/submit/",
            {"version": changed["version"], "consents": CONSENTS, **SIGNATURE},
        )
    )
    assert receipt["reference"].startswith("2026-")
    return draft["id"]


def close_collection(coordinator):
    soon = clock.now() + timedelta(milliseconds=200)
    ok(
        coordinator.post(
            "contests/sumani/deadline/",
            {"until": soon.isoformat(), "reason": "Everybody has entered."},
        ),
        201,
    )
    while clock.now() < soon:
        pass


def decide_eligible(coordinator, entry):
    checks = {"leader_project": True, "implemented": True, "applicant": True}
    ok(
        coordinator.post(
            f"submissions/{entry}/eligibility/", {"eligible": True, "checks": checks}
        )
    )


def invite_juror(coordinator, number):
    email = f"juror{number}@example.org"
    invited = ok(coordinator.post("contests/sumani/jurors/", {"email": email}), 201)
    return signed_in_by_code(email, invited["code"])


def score_everything(juror, number):
    codes = ("innovation", "success", "social_responsibility", "originality")
    for assignment in ok(juror.get("assignments/"))["results"]:
        values = SHEETS[assignment["title"]][number]
        for code, value in zip(codes, values, strict=True):
            saved = ok(
                juror.patch(
                    f"assignments/{assignment['id']}/sheet/{code}/",
                    {"value": value, "version": 0},
                )
            )
            assert saved["version"] == 1
        sheet = ok(juror.post(f"assignments/{assignment['id']}/sheet/send/"))
        assert sheet["state"] == "sent"


def workbook_places(coordinator):
    asked = ok(coordinator.post("contests/sumani/exports/", {"language": "en"}), 202)
    runner.run(job_of(asked["id"]))
    done = ok(coordinator.get(f"exports/{asked['id']}/"))
    assert done["state"] == "done"
    content = coordinator.get(f"exports/{asked['id']}/file/").getvalue()
    sheet = load_workbook(BytesIO(content), data_only=True)["Ranking"]
    rows = [[cell.value for cell in row] for row in sheet]
    header = next(row for row in rows if "Place" in row)
    place, title, total = (header.index(h) for h in ("Place", "Title", "Total"))
    return [
        (row[place], row[title], row[total])
        for row in rows[rows.index(header) + 1 :]
        if row[0] == "Overall"
    ]


def job_of(export):
    return Export.objects.get(pk=export).job_id
