"""Every writing operation with a person who may do it and a body that is accepted."""

import copy
from dataclasses import dataclass
from datetime import timedelta

from contest import rulebook
from core import clock
from tests.api_surface.bodies import CONTENT, INVITATION, ORGANISATION, TEXTS


@dataclass(frozen=True)
class Write:
    """``path`` and ``body`` take the world; the answer to them is ``status``."""

    name: str
    phase: str
    who: str
    method: str
    path: object
    body: object
    status: int

    def send(self, world, text, **headers):
        """Send a JSON text as the person; errors come back as 500."""
        client = world.clients[self.who]
        client.raise_request_exception = False
        where = f"/api/v1/{self.path(world)}"
        return client.generic(
            self.method.upper(), where, text, "application/json", headers=headers
        )


def _in_days(days):
    return (clock.now() + timedelta(days=days)).isoformat()


def _contest(world):
    return {
        "slug": "new-contest",
        "series": world.own.contest.series.slug,
        "title": TEXTS,
        "edition": "2027",
        "languages": ["lt", "en"],
        "fallback_language": "lt",
        "time_zone": "Europe/Vilnius",
        "currency": "EUR",
        "opens_at": _in_days(10),
        "closes_at": _in_days(40),
        "sample_note": TEXTS,
        "masks_organisations": False,
        "reference_prefix": "2027",
        "rulebook": rulebook_document(),
    }


def rulebook_document():
    """A rulebook in which every kind of thing stands once."""
    document = copy.deepcopy(rulebook.template("lkbs"))
    document["criteria"] = document["criteria"][:1]
    document["criteria"][0]["words"] = {"1": {"lt": "silpna"}}
    document["eligibility"] = document["eligibility"][:1]
    document["nominations"] = [
        {
            "code": "best",
            "title": TEXTS,
            "weights": {"innovation": "1"},
            "places": 15,
            "entries": "all",
            "panel": "villages",
            "description": TEXTS,
            "sponsor": TEXTS,
        }
    ]
    document["tie_breaks"] = ["median"]
    document["questions"] = [
        {
            "code": "why",
            "title": TEXTS,
            "help": TEXTS,
            "kind": "choices",
            "group": "project",
            "required": False,
            "max_length": 100,
            "minimum": None,
            "maximum": None,
            "choices": [{"code": "yes", "title": TEXTS}],
            "min_choices": 1,
            "max_choices": 1,
            "when": {"question": "nominations", "is": ["best"]},
        }
    ]
    document["nominations"][0]["entries"] = "chosen"
    document["limits"] = {
        "entries_per_organisation": 3,
        "entries_per_nomination": 1,
        "nominations_per_entry": 1,
        "quota": {"by": "county", "count": 2},
        "bar_winners": {"editions": 3, "places": 3, "by_place": {"1": 5}},
    }
    document["entry_form"]["limits"] = {"summary": 2000}
    return document


def reweighed_document(world):
    """The rules in force with another weight."""
    document = copy.deepcopy(world.own.contest.rulebook.document)
    document["criteria"][0]["weight"] = "2"
    return document


def _change(world):
    changed = _contest(world)
    for fixed in ("slug", "series", "reference_prefix", "rulebook"):
        del changed[fixed]
    return {**changed, "version": 1}


def _organisation(world):
    return world.own.entry.organisation


def _slug(rest):
    return lambda world: f"contests/{world.own.contest.slug}/{rest}"


def _entry(rest=""):
    return lambda world: f"submissions/{world.own.entry.pk}/{rest}"


def _assignment(rest):
    return lambda world: f"assignments/{world.own.assignment.pk}/{rest}"


def _given(value):
    return lambda _world: copy.deepcopy(value)


_SUBMIT = {
    "version": 1,
    "signed_by": "Ona Onaitė",
    "signed_role": "pirmininkė",
    "consents": {"processing": True, "publication": True, "people_shown": True},
}
_SIGNATURE = {"signed_by": "Ona Onaitė", "signed_role": "pirmininkė"}
_SHEET = {
    "scores": [
        {"criterion": "innovation", "value": "7", "version": 0, "comment": "Taip"}
    ]
}
WRITES = [
    Write(*row)
    for row in (
        (
            "code",
            "open",
            "visitor",
            "post",
            _given("auth/code/"),
            _given({"email": "a@example.org"}),
            202,
        ),
        (
            "me",
            "open",
            "owner",
            "patch",
            _given("me/"),
            _given({"name": "Ona", "language": "en"}),
            200,
        ),
        (
            "organisation",
            "open",
            "owner",
            "post",
            _given("organisations/"),
            _given({**ORGANISATION, "i_represent": True}),
            201,
        ),
        (
            "organisation-change",
            "open",
            "owner",
            "patch",
            lambda w: f"organisations/{_organisation(w).pk}/",
            _given({**ORGANISATION, "version": 1}),
            200,
        ),
        (
            "representative",
            "open",
            "owner",
            "post",
            lambda w: f"organisations/{_organisation(w).pk}/representatives/",
            _given({**INVITATION, "role": "narė"}),
            201,
        ),
        (
            "organiser",
            "open",
            "administrator",
            "post",
            _given("organisers/"),
            _given(
                {
                    "slug": "new",
                    "name": TEXTS,
                    "country": "LT",
                    "phone": "+370",
                    "email": "o@example.org",
                    "website": "https://example.org/",
                }
            ),
            201,
        ),
        (
            "member",
            "open",
            "organiser",
            "post",
            lambda w: f"organisers/{w.own.contest.series.organiser.slug}/members/",
            _given(INVITATION),
            201,
        ),
        (
            "series",
            "open",
            "organiser",
            "post",
            _given("series/"),
            lambda w: {
                "slug": "new",
                "organiser": w.own.contest.series.organiser.slug,
                "title": TEXTS,
            },
            201,
        ),
        ("contest", "open", "organiser", "post", _given("contests/"), _contest, 201),
        (
            "contest-change",
            "announced",
            "coordinator",
            "patch",
            _slug(""),
            _change,
            200,
        ),
        (
            "rulebook",
            "announced",
            "coordinator",
            "put",
            _slug("rulebook/"),
            lambda _w: {
                "document": rulebook_document(),
                "reason": "Taip",
                "version": 1,
            },
            200,
        ),
        (
            "weights",
            "judging",
            "coordinator",
            "put",
            _slug("rulebook/weights/"),
            lambda w: {
                "document": reweighed_document(w),
                "reason": "Nutarta",
                "version": 1,
            },
            200,
        ),
        (
            "juror",
            "judging",
            "coordinator",
            "post",
            _slug("jurors/"),
            _given({**INVITATION, "role": "chair"}),
            201,
        ),
        (
            "coordinator",
            "judging",
            "coordinator",
            "post",
            _slug("coordinators/"),
            _given(INVITATION),
            201,
        ),
        (
            "first-representative",
            "open",
            "coordinator",
            "post",
            _slug("representatives/"),
            lambda w: {
                **INVITATION,
                "organisation": str(w.foreign.entry.organisation.pk),
                "role": "narys",
            },
            201,
        ),
        (
            "act",
            "judging",
            "coordinator",
            "post",
            _slug("acts/"),
            _given({"kind": "close_judging", "reason": "Laikas"}),
            201,
        ),
        (
            "deadline",
            "open",
            "coordinator",
            "post",
            _slug("deadline/"),
            lambda _w: {"until": _in_days(25), "reason": "Daug prašymų"},
            201,
        ),
        (
            "submission",
            "open",
            "owner",
            "post",
            _given("submissions/"),
            lambda w: {
                **CONTENT,
                "contest": w.own.contest.slug,
                "organisation": str(_organisation(w).pk),
                "entered_by": "owner",
                "prepared_by": None,
            },
            201,
        ),
        (
            "submission-change",
            "open",
            "owner",
            "patch",
            _entry(),
            _given({**CONTENT, "version": 1}),
            200,
        ),
        ("submit", "open", "owner", "post", _entry("submit/"), _given(_SUBMIT), 200),
        (
            "withdraw",
            "open",
            "owner",
            "post",
            _entry("withdraw/"),
            _given({"reason": "Apsigalvojome"}),
            200,
        ),
        (
            *("restore", "open", "owner", "post"),
            _entry("restore/"),
            _given({"reason": "Vis dėlto"}),
            200,
        ),
        (
            *("confirm", "open", "owner", "post"),
            _entry("confirm/"),
            _given({**_SIGNATURE, "version": 1}),
            200,
        ),
        (
            *("confirm-on-paper", "open", "coordinator", "post"),
            _entry("confirm-on-paper/"),
            _given({**_SIGNATURE, "reason": "Segtuvas Nr. 3"}),
            201,
        ),
        (
            *("share", "open", "owner", "post"),
            _entry("share/"),
            _given({"shared": True}),
            200,
        ),
        (
            *("consents", "open", "owner", "post"),
            _entry("consents/"),
            _given({**_SIGNATURE, "publication": True}),
            200,
        ),
        (
            *("extension", "eligibility", "coordinator", "post"),
            _entry("extensions/"),
            lambda _w: {"until": _in_days(3), "reason": "Sutriko tinklas"},
            201,
        ),
        (
            *("extension-of-organisation", "eligibility", "coordinator", "post"),
            _slug("extensions/"),
            lambda w: {
                "organisation": str(_organisation(w).pk),
                "until": _in_days(3),
                "reason": "Sutriko tinklas",
            },
            201,
        ),
        (
            *("return", "eligibility", "coordinator", "post"),
            _entry("return/"),
            lambda _w: {
                "until": _in_days(3),
                "reason": "Trūksta sumos",
                "fields": ["total"],
            },
            200,
        ),
        (
            *("checklist", "eligibility", "coordinator", "patch"),
            _entry("checklist/"),
            _given(
                {
                    "checks": [
                        {"requirement": "implemented", "met": True, "note": "Taip"}
                    ]
                }
            ),
            200,
        ),
        (
            *("award", "open", "coordinator", "post"),
            _slug("awards/"),
            lambda w: {
                "organisation": str(_organisation(w).pk),
                "edition": "2023",
                "year": 2023,
                "nomination": "best",
                "place": 1,
                "citation": "Už drąsą",
            },
            201,
        ),
        (
            "eligibility",
            "eligibility",
            "coordinator",
            "post",
            _entry("eligibility/"),
            _given(
                {
                    "eligible": False,
                    "reason": "Ne LEADER",
                    "checks": {"implemented": True},
                }
            ),
            200,
        ),
        (
            "assign",
            "judging",
            "coordinator",
            "post",
            _slug("assignments/"),
            lambda w: {
                "everything": False,
                "pairs": [
                    {
                        "submission": str(w.own.entry.pk),
                        "juror": str(w.own.assignment.juror.pk),
                    }
                ],
            },
            201,
        ),
        (
            "conflict",
            "judging",
            "juror_assigned",
            "post",
            _assignment("conflict/"),
            _given({"reason": "Giminaitė"}),
            200,
        ),
        (
            "sheet",
            "judging",
            "juror_assigned",
            "put",
            _assignment("sheet/"),
            _given(_SHEET),
            200,
        ),
        (
            "score",
            "judging",
            "juror_assigned",
            "patch",
            _assignment("sheet/innovation/"),
            _given({"value": "7", "version": 0, "comment": "Taip"}),
            200,
        ),
        (
            "export",
            "judging",
            "coordinator",
            "post",
            _slug("exports/"),
            _given({"file_format": "xlsx", "language": "lt"}),
            202,
        ),
    )
]
