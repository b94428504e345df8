"""What people do in a contest, step by step, through the interface alone.

Each step is one person's; it fails where the answer is not what that person expects.
"""

from datetime import timedelta
from io import BytesIO

from openpyxl import load_workbook

from accounts.services import make_administrator
from core import clock
from exports.models import Export
from jobs import runner
from tests.api import signed_in_by_code

CONSENTS = {"processing": True, "publication": True}
SIGNATURE = {"signed_by": "Ona Onaitė", "signed_role": "pirmininkė"}


def ok(response, status=200):
    assert response.status_code == status, response.content.decode()
    return response.json()


def new_coordinator():
    """An administrator lets an organiser in, and the organiser's first member."""
    invitation = make_administrator(email="admin@example.org")
    admin = signed_in_by_code("admin@example.org", invitation.code)
    ok(admin.post("organisers/", {"slug": "lkbs", "name": {"lt": "LKBS"}}), 201)
    invited = ok(
        admin.post("organisers/lkbs/members/", {"email": "coordinator@example.org"}),
        201,
    )
    return signed_in_by_code("coordinator@example.org", invited["code"])


def announce(coordinator, slug, *, template="lkbs", document=None):
    """Open an edition by a template, or by rules of its own in place of them."""
    now, series = clock.now(), f"{slug}-series"
    ok(
        coordinator.post(
            "series/", {"slug": series, "organiser": "lkbs", "title": {"lt": "Sumani"}}
        ),
        201,
    )
    ok(
        coordinator.post(
            "contests/",
            {
                "slug": slug,
                "series": series,
                "title": {"lt": "Sumani bendruomenė – pažangus kaimas"},
                "edition": "2026",
                "opens_at": (now - timedelta(days=1)).isoformat(),
                "closes_at": (now + timedelta(days=29)).isoformat(),
                "rulebook_template": template,
            },
        ),
        201,
    )
    if document is not None:
        rules = {"document": document, "reason": "Nuostatai", "version": 1}
        ok(coordinator.put(f"contests/{slug}/rulebook/", rules, "json"))
    act(coordinator, slug, "announce")


def act(coordinator, slug, kind):
    return ok(coordinator.post(f"contests/{slug}/acts/", {"kind": kind}), 201)


def register(person, name, **fields):
    """Add an organisation that somebody else will represent."""
    said = {"name": name, "kind": "community", "i_represent": False, **fields}
    return ok(person.post("organisations/", said), 201)["id"]


def represent(coordinator, slug, organisation, email):
    """Let a first person act for an organisation, and sign that person in."""
    invited = ok(
        coordinator.post(
            f"contests/{slug}/representatives/",
            {"organisation": organisation, "email": email},
        ),
        201,
    )
    return signed_in_by_code(email, invited["code"])


def begin(person, slug, organisation, **fields):
    """Ask for a draft; the answer may be a refusal."""
    wish = {"contest": slug, "organisation": organisation, **fields}
    return person.post("submissions/", wish, "json")


def change(person, draft, **fields):
    """Ask to save the draft; the answer may be a refusal."""
    content = {"version": draft["version"], **fields}
    return person.patch(f"submissions/{draft['id']}/", content, "json")


def send(person, draft):
    """Ask to send the draft; the answer may be a refusal."""
    signed = {"version": draft["version"], "consents": CONSENTS, **SIGNATURE}
    return person.post(f"submissions/{draft['id']}/submit/", signed, "json")


def confirm(owner, draft):
    signed = {"version": draft["version"], **SIGNATURE}
    return ok(owner.post(f"submissions/{draft['id']}/confirm/", signed))


def close_collection(coordinator, slug):
    """Let the deadline come at once; a busy machine is given longer to say so."""
    for seconds in (0.2, 1, 5):
        soon = clock.now() + timedelta(seconds=seconds)
        wish = {"until": soon.isoformat(), "reason": "Everybody has entered."}
        answer = coordinator.post(f"contests/{slug}/deadline/", wish)
        if answer.status_code == 201:
            break
    ok(answer, 201)
    while clock.now() < soon:
        pass


def decide(coordinator, entry, *, eligible=True, reason="", **checks):
    found = {"eligible": eligible, "reason": reason, "checks": checks}
    return ok(coordinator.post(f"submissions/{entry}/eligibility/", found, "json"))


def invite_juror(coordinator, slug, number, **fields):
    email = f"juror{number}@example.org"
    seat = {"email": email, **fields}
    invited = ok(coordinator.post(f"contests/{slug}/jurors/", seat, "json"), 201)
    return signed_in_by_code(email, invited["code"])


def assign(coordinator, slug, **how):
    return ok(coordinator.post(f"contests/{slug}/assignments/", how, "json"), 201)


def score(juror, values_of):
    """Fill in and send every sheet of a juror; ``values_of`` a title by criterion."""
    for assignment in ok(juror.get("assignments/"))["results"]:
        for code, value in values_of(assignment["title"]).items():
            saved = ok(
                juror.patch(
                    f"assignments/{assignment['id']}/sheet/{code}/",
                    {"value": value, "version": 0},
                )
            )
            assert saved["version"] == 1
        sheet = ok(juror.post(f"assignments/{assignment['id']}/sheet/send/"))
        assert sheet["state"] == "sent"


def publish(coordinator, slug):
    """Publish; where the rules ask for two persons, a colleague confirms it."""
    wish = {"kind": "publish", "reason": "Komisija nusprendė."}
    answer = coordinator.post(f"contests/{slug}/acts/", wish)
    if answer.status_code == 201:
        return
    assert answer.json()["code"] == "two_persons", answer.json()
    email = "colleague@example.org"
    path = f"contests/{slug}/coordinators/"
    invited = ok(coordinator.post(path, {"email": email}), 201)
    colleague = signed_in_by_code(email, invited["code"])
    made = ok(coordinator.post(f"contests/{slug}/proposals/", wish, "json"), 201)
    path = f"contests/{slug}/proposals/{made['id']}/confirm/"
    ok(colleague.post(path))


def ranked(coordinator, slug, nomination="overall"):
    """Read a list of the ranking as place, title and total of what has a total."""
    path = f"contests/{slug}/ranking/?nomination={nomination}"
    rows = ok(coordinator.get(path))["results"]
    return [(r["place"], r["title"], r["total"]) for r in rows if r["total"]]


def exported(coordinator, slug):
    """Export the ranking and read it back: lists as place, title, total."""
    path = f"contests/{slug}/exports/"
    asked = ok(coordinator.post(path, {"language": "en"}), 202)
    runner.run(Export.objects.get(pk=asked["id"]).job_id)
    done = ok(coordinator.get(f"exports/{asked['id']}/"))
    assert done["state"] == "done"
    content = coordinator.get(f"exports/{asked['id']}/file/").getvalue()
    sheet = load_workbook(BytesIO(content), data_only=True)["Ranking"]
    rows = [[cell.value for cell in row] for row in sheet]
    header = next(row for row in rows if "Place" in row)
    place, title, total = (header.index(h) for h in ("Place", "Title", "Total"))
    lists = {}
    for row in rows[rows.index(header) + 1 :]:
        if row[0] and row[title]:
            lists.setdefault(row[0], []).append((row[place], row[title], row[total]))
    return lists
