"""One request for every cell: which address, which object, which body."""

from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from contest.phases import ActKind
from exports.models import Export
from tests.policy import pages
from tests.policy.pages import PAGES, is_page, page_address
from tests.policy.routes import OUTSIDE_DRF, routes
from tests.policy.world import PEOPLE

# Whose object an address names; None where it names none. A route that is missing here
# stops the suite: no endpoint is born untested.
NAMES = {
    "auth-code": None,
    "auth-token": None,
    "token-list": None,
    "token-detail": "token",
    "me": None,
    "country-list": None,
    "country-detail": "country",
    "organisation-list": None,
    "organisation-detail": "organisation",
    "organisation-history": "organisation",
    "organisation-merge": "organisation",
    "organisation-claims": "organisation",
    "organisation-claim-decide": "organisation",
    "representative-list": "organisation",
    "representative-end": "organisation",
    "claim-list": None,
    "claim-withdraw": "claim",
    "organisation-correction": "organisation",
    "contest-correction": "contest",
    "organiser-list": None,
    "organiser-detail": "organiser",
    "organiser-members": "organiser",
    "organiser-logo": "organiser",
    "series-list": None,
    "rulebook-template-list": None,
    "contest-list": None,
    "contest-detail": "contest",
    "contest-rulebook": "contest",
    "rulebook-weights": "contest",
    "rulebook-list": "contest",
    "rulebook-version": "contest",
    "juror-list": "contest",
    "juror-detail": "contest",
    "juror-invite": "contest",
    "juror-role": "contest",
    "juror-activate": "contest",
    "juror-remove": "contest",
    "juror-restore": "contest",
    "coordinator-list": "contest",
    "coordinator-remove": "contest",
    "auditor-list": "contest",
    "auditor-end": "contest",
    "contest-logos": "contest",
    "contest-logo": "contest",
    "contest-logo-file": "contest",
    "contest-timetable": "contest",
    "contest-clone": "contest",
    "contest-clone-preview": "contest",
    "contest-audit": "contest",
    "first-representative": "contest",
    "telephone-code": "contest",
    "contest-claims": "contest",
    "contest-claim-decide": "contest",
    "contest-merges": "contest",
    "act-list": "contest",
    "proposal-list": "contest",
    "proposal-detail": "contest",
    "proposal-confirm": "contest",
    "proposal-withdraw": "contest",
    "contest-deadline": "contest",
    "register-import-list": "contest",
    "register-import-detail": "contest",
    "register-import-problems": "contest",
    "register-import-apply": "contest",
    "register-import-rejected": "contest",
    "register-export-list": "contest",
    "register-export-detail": "contest",
    "register-export-file": "contest",
    "submission-list": None,
    "submission-detail": "entry",
    "submission-submit": "entry",
    "submission-withdraw": "entry",
    "submission-restore": "entry",
    "submission-versions": "entry",
    "submission-ask-to-confirm": "entry",
    "submission-confirm": "entry",
    "submission-confirm-on-paper": "handling",
    "submission-share": "entry",
    "submission-consents": "entry",
    "submission-suggestions": "entry",
    "submission-feedback": "entry",
    "submission-extensions": "handling",
    "submission-return": "entry",
    "submission-checklist": "entry",
    "submission-eligibility": "entry",
    "submission-attachments": "entry",
    "attachment-detail": "attachment",
    "attachment-file": "attachment",
    "attachment-preview": "attachment",
    "attachment-withdraw-consent": "attachment",
    "attachment-declare": "attachment",
    "contest-drafts": "contest",
    "contest-extensions": "contest",
    "contest-awards": "contest",
    "contest-award": "contest",
    "contest-assignments": "contest",
    "assignment-list": None,
    "assignment-detail": "assignment",
    "assignment-unassign": "assignment",
    "assignment-conflict": "assignment",
    "conflict-confirm": "assignment",
    "conflict-take-back": "assignment",
    "conflict-lift": "assignment",
    "conflict-candidates": "contest",
    "contest-conflicts": "contest",
    "contest-declaration": "contest",
    "juror-extensions": "contest",
    "sheet": "assignment",
    "sheet-send": "assignment",
    "sheet-reopen": "assignment",
    "sheet-score": "assignment",
    "sheet-comments": "assignment",
    "sheet-exclude": "assignment",
    "sheet-include": "assignment",
    "sheets-send": "contest",
    "contest-progress": "contest",
    "contest-progress-entries": "contest",
    "contest-progress-mine": "contest",
    "contest-closing-check": "contest",
    "contest-exclusions": "contest",
    "contest-messages": "contest",
    "contest-message-retry": "contest",
    "remind-entrants": "contest",
    "remind-jurors": "contest",
    "contest-ranking": "contest",
    "contest-ties": "contest",
    "contest-special-awards": "contest",
    "special-award-take-back": "contest",
    "contest-result": "contest",
    "contest-exports": "contest",
    "export-detail": "export",
    "export-file": "export",
    "export-retry": "export",
    "export-cancel": "export",
}
# Requests whose decision falls in the service, after a gate that only asks who is
# signed in: which row decides, towards what.
DECIDED_BY_SERVICE = {
    ("series-list", "post"): ("contest.create", "organiser"),
    ("contest-list", "post"): ("contest.create", "organiser"),
    ("submission-list", "post"): ("submissions.create", "entering"),
    # The world's proposal is to reopen judging.
    ("proposal-list", "post"): ("contest.reopen_judging", "contest"),
    ("proposal-confirm", "post"): ("contest.reopen_judging", "contest"),
    # The world's file is a ranking.
    ("export-detail", "get"): ("exports.request_ranking", "export"),
    ("export-file", "get"): ("exports.request_ranking", "export"),
    ("export-retry", "post"): ("exports.request_ranking", "export"),
    ("export-cancel", "post"): ("exports.request_ranking", "export"),
}
_BY_SLUG = {"contest", "organiser"}
_SECOND_WORDS = {"sheet-score": "innovation", "rulebook-version": 1}
# Addresses that name, behind the contest, a part of it.
_PARTS_OF = {
    **{
        name: "jurors"
        for name in NAMES
        if name.startswith("juror-") and name not in {"juror-list", "juror-extensions"}
    },
    "contest-award": "awards",
    "special-award-take-back": "special_awards",
    "proposal-detail": "proposals",
    "proposal-confirm": "proposals",
    "proposal-withdraw": "proposals",
    "coordinator-remove": "coordinators",
    "auditor-end": "auditors",
    "contest-logo": "logos",
    "contest-logo-file": "logos",
}
# The last word of an address: a row that hangs on the object.
_PARTS = {
    "organisation-claim-decide": "claim",
    "contest-claim-decide": "claim",
    "representative-end": "representative",
}
# Whose id stands in an address beside that of the contest.
_PART_OF = {
    "register-import-detail": "import",
    "register-import-problems": "import",
    "register-import-apply": "import",
    "register-import-rejected": "import",
    "register-export-detail": "register_export",
    "register-export-file": "register_export",
    "contest-correction": "organisation",
    "contest-message-retry": "message",
}


@dataclass(frozen=True)
class Call:
    """A route with the row that its gate asks and the row that its service asks."""

    name: str
    method: str
    gate: str
    kind: str | None
    service: str | None = None
    service_kind: str | None = None
    act: str = ""

    def __str__(self):
        return f"{self.method} {self.name} {self.act}".strip()


@cache
def calls():
    """List the requests: one a route, and one for each kind of act."""
    found = []
    for route in routes():
        if (route.name, route.method) in OUTSIDE_DRF:
            continue
        if is_page(route.name):
            service = pages.DECIDED_BY_SERVICE.get(
                (route.name, route.method), (None, None)
            )
            kind = PAGES[route.name]
            found.append(Call(route.name, route.method, route.action, kind, *service))
            continue
        kind = NAMES[route.name]
        if (route.name, route.method) == ("act-list", "post"):
            found += [
                Call(
                    *(route.name, route.method, route.action, kind),
                    service=f"contest.{act}",
                    service_kind="contest",
                    act=act,
                )
                for act in ActKind
                if act != ActKind.MOVE_DEADLINE
            ]
            continue
        if (route.name, route.method) == ("contest-exports", "post"):
            found += [
                Call(
                    *(route.name, route.method, route.action, kind),
                    service=f"exports.request_{each}",
                    service_kind="contest",
                    act=each,
                )
                for each in Export.Kind.values
            ]
            continue
        service = DECIDED_BY_SERVICE.get((route.name, route.method), (None, None))
        found.append(Call(route.name, route.method, route.action, kind, *service))
    return found


def address(call, edition, who, token):
    """Where the call goes for this person and edition."""
    if is_page(call.name):
        return page_address(call, edition, who)
    if call.kind is None:
        return reverse(call.name)
    if call.kind == "country":
        return reverse(call.name, args=["LT"])
    if call.kind == "token":
        return reverse(call.name, args=[token])
    thing = edition.thing(call.kind, who)
    words = [thing.slug if call.kind in _BY_SLUG else thing.pk]
    if call.name in _SECOND_WORDS:
        words.append(_SECOND_WORDS[call.name])
    if call.name in _PARTS_OF:
        words.append(getattr(edition.contest, _PARTS_OF[call.name]).first().pk)
    if call.name == "juror-extensions":
        words.append(edition.assignment.juror_id)
    if call.name in _PARTS:
        words.append(edition.part(_PARTS[call.name]).pk)
    if part := _PART_OF.get(call.name):
        words.append(edition.thing(part).pk)
    return reverse(call.name, args=words)


def body(call, edition, who, world):
    """What is sent: nothing, unless the decision falls after the body was read."""
    if call.method == "get":
        return None
    if is_page(call.name) and call.name != "submissions:enter":
        return pages.BODIES.get(call.name, lambda _edition, _who: {})(edition, who)
    if call.act:
        return {"kind": call.act, "reason": "Taip nutarta."}
    makers = {
        "series-list": lambda: {
            "organiser": edition.thing("organiser").slug,
            "slug": "new-series",
            "title": {"lt": "Naujas"},
        },
        "contest-list": lambda: {
            "series": edition.thing("series").slug,
            "slug": "new-contest",
            "edition": "2027",
            "title": {"lt": "Naujas"},
            "rulebook_template": "lkbs",
        },
        "submission-list": lambda: {
            "contest": edition.contest.slug,
            "organisation": str(
                world.organisations.get(who, world.own.entry.organisation).pk
            ),
            "title": "Naujas",
            **_entered_by(who, world),
        },
        "proposal-list": lambda: {"kind": "reopen_judging", "reason": "Klaida."},
        "submissions:enter": lambda: {
            "organisation": world.organisations.get(
                who, world.own.entry.organisation
            ).pk,
            **_entered_by(who, world),
        },
        "register-import-apply": lambda: {"mode": "good_rows"},
        "contest-correction": lambda: {"reason": "Klaida", "version": 1},
        # The page saves at every touch, so the service alone judges, body in hand.
        "sheet-score": lambda: {"value": "7", "version": 0},
    }
    return makers.get(call.name, dict)()


def _entered_by(who, world):
    """As what the person enters: for itself, prepared for another, as secretariat."""
    if who == "preparer":
        prepared_by = world.own.entry.prepared_by
        return {"entered_by": "nominator", "prepared_by": str(prepared_by.pk)}
    enters = PEOPLE[who].get("entering", set())
    runs = enters & {"coordinator", "coordinator_juror"}
    return {"entered_by": "secretariat"} if runs else {}
