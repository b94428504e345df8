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
        "judging_opens_at": _in_days(50),
        "judging_closes_at": _in_days(60),
        "results_at": _in_days(70),
        "description": TEXTS,
        "funder_line": TEXTS,
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
    document["special_awards"] = [
        {
            "code": "commended",
            "title": TEXTS,
            "description": TEXTS,
            "sponsor": TEXTS,
            "nomination": "best",
            "count": 2,
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
        "photos_per_entry": 7,
        "documents_per_entry": 4,
        "megabytes_per_entry": 120,
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


def _acting(world):
    return _organisation(world).representatives.acting().first()


def _slug(rest):
    return lambda world: f"contests/{world.own.contest.slug}/{rest}"


def _entry(rest=""):
    return lambda world: f"submissions/{world.own.entry.pk}/{rest}"


def _assignment(rest):
    return lambda world: f"assignments/{world.own.assignment.pk}/{rest}"


def _juror(verb, **fields):
    """An address of the panel; ``fields`` find the seat."""

    def path(world):
        juror = world.own.contest.jurors.filter(**fields).first()
        return f"contests/{world.own.contest.slug}/jurors/{juror.pk}/{verb}/"

    return path


def _part(parts, rest):
    """An address of a thing of the contest: the first of its kind."""

    def path(world):
        thing = getattr(world.own.contest, parts).first()
        return f"contests/{world.own.contest.slug}/{parts}/{thing.pk}/{rest}"

    return path


_CLONE = {
    "slug": "next-contest",
    "edition": "2028",
    "reference_prefix": "2028",
    "title": TEXTS,
    "years": 1,
    "dates": {"opens_at": None, "closes_at": None},
    "take": ["rulebook", "texts", "logos", "panel", "coordinators"],
    "rulebook_template": "lkbs",
}


def _undeclared(world):
    """A photo that was sent without a word about who is seen."""
    photo = world.own.photo
    photo.people_shown, photo.consent = None, False
    photo.save(update_fields=["people_shown", "consent"])
    return photo


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
            "token",
            "open",
            "owner",
            "post",
            _given("auth/tokens/"),
            lambda w: {
                "name": "Scenarijus",
                "scope": "read",
                "expires_in_days": 7,
                "contest": str(w.own.contest.pk),
            },
            201,
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
            "representative-end",
            "open",
            "owner",
            "post",
            lambda w: (
                f"organisations/{_organisation(w).pk}/representatives/"
                f"{_acting(w).pk}/end/"
            ),
            _given({"note": "Išvyko"}),
            200,
        ),
        (
            "claim",
            "open",
            "other_owner",
            "post",
            lambda w: f"organisations/{_organisation(w).pk}/claims/",
            _given({"name": "Ona", "role": "narė", "message": "Esu valdyboje.\nOna"}),
            201,
        ),
        (
            "claim-decision",
            "open",
            "owner",
            "post",
            lambda w: (
                f"organisations/{_organisation(w).pk}/claims/{w.own.claim.pk}/decide/"
            ),
            _given({"approve": False, "reason": "Nepažįstame"}),
            200,
        ),
        (
            "claim-withdrawal",
            "open",
            "claimant",
            "post",
            lambda w: f"claims/{w.own.claim.pk}/withdraw/",
            _given({}),
            200,
        ),
        (
            "correction",
            "open",
            "administrator",
            "post",
            lambda w: f"organisations/{_organisation(w).pk}/correction/",
            _given(
                {
                    "name": "Žibintas",
                    "code": "2903",
                    "code_state": "valid",
                    "reason": "Sutikrinta su išrašu",
                    "version": 1,
                }
            ),
            200,
        ),
        (
            "contest-correction",
            "open",
            "coordinator",
            "post",
            lambda w: _slug(f"organisations/{_organisation(w).pk}/correction/")(w),
            _given({**ORGANISATION, "reason": "Sutikrinta", "version": 1}),
            200,
        ),
        (
            "contest-claim-decision",
            "open",
            "coordinator",
            "post",
            lambda w: _slug(f"claims/{w.own.claim.pk}/decide/")(w),
            _given({"approve": True, "reason": "Atstovė išvyko"}),
            200,
        ),
        (
            "merge",
            "open",
            "administrator",
            "post",
            lambda w: f"organisations/{_organisation(w).pk}/merge/",
            lambda w: {
                "duplicate": str(w.foreign.entry.organisation.pk),
                "reason": "Ta pati bendruomenė",
                "dry_run": False,
            },
            200,
        ),
        (
            "contest-merge",
            "open",
            "coordinator",
            "post",
            _slug("merges/"),
            lambda w: {
                "survivor": str(_organisation(w).pk),
                "duplicate": str(w.foreign.entry.organisation.pk),
                "reason": "Ta pati bendruomenė",
                "dry_run": False,
            },
            200,
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
            "organiser-change",
            "open",
            "organiser",
            "patch",
            lambda w: f"organisers/{w.own.contest.series.organiser.slug}/",
            _given(
                {
                    "name": TEXTS,
                    "country": "LT",
                    "phone": "+370",
                    "email": "o@example.org",
                    "website": "https://example.org/",
                    "version": 1,
                }
            ),
            200,
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
            _given({**INVITATION, "role": "member"}),
            201,
        ),
        (
            "juror-role",
            "judging",
            "coordinator",
            "post",
            _juror("role", role="chair"),
            _given({"role": "deputy", "reason": "Taip nutarta"}),
            200,
        ),
        (
            "juror-activate",
            "judging",
            "coordinator",
            "post",
            _juror("activate", role="substitute"),
            _given({"reason": "Serga narys", "replaces": None}),
            200,
        ),
        (
            "juror-remove",
            "judging",
            "coordinator",
            "post",
            _juror("remove", role="chair"),
            _given({"reason": "Išvyko", "scores": "exclude"}),
            200,
        ),
        (
            "coordinator-remove",
            "judging",
            "coordinator",
            "post",
            _part("coordinators", "remove/"),
            _given({"reason": "Pakeitė darbą"}),
            204,
        ),
        (
            "auditor",
            "judging",
            "coordinator",
            "post",
            _slug("auditors/"),
            lambda _w: {**INVITATION, "until": _in_days(30), "reason": "Auditas"},
            201,
        ),
        (
            "message-retry",
            "judging",
            "coordinator",
            "post",
            lambda w: _slug(f"messages/{w.own.message.pk}/retry/")(w),
            _given({}),
            200,
        ),
        (
            "remind-entrants",
            "open",
            "coordinator",
            "post",
            _slug("reminders/entrants/"),
            _given({}),
            200,
        ),
        (
            "remind-jurors",
            "judging",
            "coordinator",
            "post",
            _slug("reminders/jurors/"),
            _given({}),
            200,
        ),
        (
            "auditor-end",
            "judging",
            "coordinator",
            "post",
            _part("auditors", "end/"),
            _given({"reason": "Baigta"}),
            200,
        ),
        (
            "logo-change",
            "announced",
            "coordinator",
            "patch",
            _part("logos", ""),
            _given({"alt": TEXTS, "position": 2, "version": 1}),
            200,
        ),
        (
            "timetable",
            "judging",
            "coordinator",
            "patch",
            _slug("timetable/"),
            lambda _w: {
                "judging_opens_at": None,
                "judging_closes_at": _in_days(5),
                "results_at": _in_days(9),
                "version": 1,
            },
            200,
        ),
        (
            "clone",
            "published",
            "organiser",
            "post",
            _slug("clone/"),
            _given(_CLONE),
            201,
        ),
        (
            "clone-preview",
            "published",
            "organiser",
            "post",
            _slug("clone/preview/"),
            _given(_CLONE),
            200,
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
            "telephone-code",
            "open",
            "coordinator",
            "post",
            _slug("telephone-codes/"),
            lambda w: {
                "email": w.users["representative"].email,
                "reason": "Laiškai nepasiekia",
            },
            201,
        ),
        (
            "act",
            "judging",
            "coordinator",
            "post",
            _slug("acts/"),
            _given({"kind": "close_judging", "reason": "Laikas", "confirmed": True}),
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
            *("restore", "open", "owner", "post"),
            _entry("restore/"),
            _given({"reason": "Vis dėlto"}),
            200,
        ),
        (
            *("ask-to-confirm", "open", "preparer", "post"),
            _entry("ask-to-confirm/"),
            _given({}),
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
            "photo-consent",
            "open",
            "owner",
            "post",
            lambda w: f"attachments/{w.own.photo.pk}/withdraw-consent/",
            _given({"reason": "Motina prašo"}),
            200,
        ),
        (
            *("photo-declare", "judging", "owner", "post"),
            lambda w: f"attachments/{_undeclared(w).pk}/declare/",
            _given(
                {
                    "people_shown": True,
                    "minors_shown": False,
                    "consent": True,
                    "consent_holder": "Jonas",
                    "signed_by": "Ona Onaitė",
                    "signed_role": "pirmininkė",
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
            "assign-evenly",
            "judging",
            "coordinator",
            "post",
            _slug("assignments/"),
            _given(
                {
                    "distribute": {
                        "per_entry": 1,
                        "seed": "2026",
                        "avoid_same_municipality": True,
                        "plan": "",
                    },
                    "dry_run": True,
                }
            ),
            200,
        ),
        (
            "unassign",
            "judging",
            "coordinator",
            "post",
            lambda w: (
                f"assignments/{w.own.own_assignments['juror_in_conflict'].pk}/unassign/"
            ),
            _given({"reason": "Per daug"}),
            204,
        ),
        (
            "conflict-stated",
            "judging",
            "juror_other",
            "post",
            _slug("conflict-candidates/"),
            lambda w: {"submission": str(w.own.entry.pk), "reason": "Giminaitė"},
            201,
        ),
        (
            "conflict-recorded",
            "judging",
            "coordinator",
            "post",
            _slug("conflicts/"),
            lambda w: {
                "submission": str(w.own.entry.pk),
                "juror": str(w.own.assignment.juror.pk),
                "reason": "Giminaitė",
                "confirmed": False,
            },
            201,
        ),
        (
            *("conflict-taken-back", "judging", "juror_in_conflict", "post"),
            lambda w: (
                f"assignments/{w.own.own_assignments['juror_in_conflict'].pk}"
                "/conflict/take-back/"
            ),
            _given({"reason": "Ne ta paraiška"}),
            204,
        ),
        (
            "conflict-lifted",
            "judging",
            "coordinator",
            "post",
            lambda w: (
                f"assignments/{w.own.own_assignments['juror_in_conflict'].pk}"
                "/conflict/lift/"
            ),
            _given({"reason": "Klaida"}),
            204,
        ),
        (
            "declaration",
            "judging",
            "juror_other",
            "post",
            _slug("declaration/"),
            _given({"signed_by": "Ona Onaitė", "text_version": "1"}),
            201,
        ),
        (
            "juror-extension",
            "judging",
            "coordinator",
            "post",
            lambda w: (
                f"contests/{w.own.contest.slug}/jurors/"
                f"{w.own.assignment.juror_id}/extensions/"
            ),
            lambda _w: {"until": _in_days(1), "reason": "Liga"},
            201,
        ),
        (
            "comments",
            "judging",
            "juror_assigned",
            "patch",
            _assignment("comments/"),
            _given(
                {"comment_commission": "Mums", "comment_entrant": "Jums", "version": 0}
            ),
            200,
        ),
        (
            "exclude",
            "judging",
            "coordinator",
            "post",
            _assignment("exclude/"),
            _given({"reason": "Abejotina"}),
            200,
        ),
        (
            "exclude-many",
            "judging",
            "coordinator",
            "post",
            _slug("exclusions/"),
            lambda w: {
                "submission": str(w.own.entry.pk),
                "juror": None,
                "excluded": True,
                "reason": "Abejotina",
            },
            201,
        ),
        (
            "tie",
            "deliberation",
            "coordinator",
            "post",
            _slug("ties/"),
            lambda w: {
                "nomination": "overall",
                "references": [w.own.entry.reference, "2026-002"],
                "reason": "Pirmininkės sprendimas",
            },
            409,  # by the rules of this world the chair decides no tie
        ),
        (
            "special-award",
            "deliberation",
            "coordinator",
            "post",
            _slug("special-awards/"),
            lambda w: {
                "award": "sponsors",
                "reference": w.own.entry.reference,
                "citation": "Už drąsą",
            },
            201,
        ),
        (
            "special-award-take-back",
            "deliberation",
            "coordinator",
            "post",
            lambda w: (
                f"contests/{w.own.contest.slug}/special-awards/"
                f"{w.own.contest.special_awards.get().pk}/take-back/"
            ),
            lambda _w: {"reason": "Apsirikta"},
            204,
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
            "register-import-apply",
            "open",
            "coordinator",
            "post",
            lambda w: _slug(f"register-imports/{w.own.import_run.pk}/apply/")(w),
            _given({"mode": "good_rows"}),
            202,
        ),
        (
            "register-export",
            "judging",
            "coordinator",
            "post",
            _slug("register-exports/"),
            _given({"with_contacts": True, "language": "lt"}),
            202,
        ),
        (
            "proposal",
            "judging",
            "coordinator",
            "post",
            _slug("proposals/"),
            lambda w: {
                "kind": "change_weights",
                "reason": "Klaida nuostatuose",
                "document": reweighed_document(w),
                "version": 1,
            },
            409,  # by the rules of this world one person is enough
        ),
        (
            "export",
            "judging",
            "coordinator",
            "post",
            _slug("exports/"),
            lambda w: {
                "kind": "contacts",
                "file_format": "xlsx",
                "language": "lt",
                "names_jurors": True,
                "reason": "Kvietimai į šventę",
                "entries": [str(w.own.entry.pk)],
            },
            202,
        ),
    )
]
