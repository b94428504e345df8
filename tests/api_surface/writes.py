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
        }
    ]
    document["tie_breaks"] = ["median"]
    document["questions"] = [
        {
            "code": "why",
            "title": TEXTS,
            "help": TEXTS,
            "kind": "choice",
            "required": False,
            "max_length": 100,
            "choices": ["Taip"],
        }
    ]
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
    "consents": {"processing": True, "publication": True},
}
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
            "attachment-change",
            "open",
            "owner",
            "patch",
            lambda w: f"attachments/{w.own.photo.pk}/",
            _given(
                {
                    "caption": "Talka",
                    "author": "Jonas",
                    "licence": "CC BY 4.0",
                    "people_shown": True,
                    "minors_shown": True,
                    "consent": True,
                    "consent_holder": "Pirmininkė",
                    "is_main": True,
                    "position": 1,
                    "version": 1,
                }
            ),
            200,
        ),
        (
            "photo-consent",
            "open",
            "owner",
            "post",
            lambda w: f"attachments/{w.own.photo.pk}/withdraw-consent/",
            _given({"reason": "Motina prašo"}),
            200,
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
            _given(
                {
                    "kind": "contacts",
                    "file_format": "xlsx",
                    "language": "lt",
                    "names_jurors": True,
                    "reason": "Kvietimai į šventę",
                }
            ),
            202,
        ),
    )
]
