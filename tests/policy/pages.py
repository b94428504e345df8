"""Every page: whose object its address names, and what is sent with a POST.

A page that is missing here stops the suite: none is born untested. Its address may
hold ``slug`` (the contest's), ``pk`` (of the kind named here) and the words of
``WORDS``. A POST is sent empty unless ``BODIES`` says otherwise: an empty form that is
let in answers 400, which is not a refusal.
"""

import re

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from organisations.models import Organisation
from tests.factories import ActionGroupFactory, RepresentativeFactory
from tests.factories.keys import key_data

PAGES = {
    "gallery:home": None,
    "scoring:citations": "contest",
    "scoring:citation": "contest",
    "scoring:tie": "contest",
    "scoring:special-awards": "contest",
    "scoring:special-award-take-back": "contest",
    "gallery:contest": "contest",
    "gallery:results": "contest",
    "gallery:photo": "contest",
    "gallery:privacy": None,
    "gallery:accessibility": None,
    "accounts:sign-in": None,
    "accounts:sign-in-code": None,
    "accounts:sign-out": None,
    "accounts:account": None,
    "accounts:language": None,
    "accounts:invitation": None,
    "accounts:second-factor": None,
    "accounts:sign-in-password": None,
    "accounts:password": None,
    "accounts:password-removal": None,
    "accounts:addresses": None,
    "accounts:address-code": None,
    "accounts:address-removal": None,
    "accounts:sign-ins": None,
    "accounts:other-sign-ins-end": None,
    "accounts:sign-in-end": None,
    "accounts:tokens": None,
    "accounts:token-end": None,
    "accounts:security": None,
    "accounts:app": None,
    "accounts:key": None,
    "accounts:factor-removal": None,
    "accounts:recovery-codes": None,
    "scoring:desk": None,
    "submissions:drafts": "contest",
    "contest:add-auditor": "contest",
    "contest:add-coordinator": "contest",
    "contest:claim": "contest",
    "contest:claims": "contest",
    "contest:end-auditor": "contest",
    "contest:panel": "contest",
    "contest:people": "contest",
    "contest:remove-coordinator": "contest",
    "contest:seat-activate": "contest",
    "contest:seat-invite": "contest",
    "contest:seat-remove": "contest",
    "contest:seat-restore": "contest",
    "contest:seat-role": "contest",
    "contest:rulebook": "contest",
    "contest:rulebook-version": "contest",
    "contest:criterion": "contest",
    "contest:nomination": "contest",
    "contest:limits": "contest",
    "contest:requirements": "contest",
    "contest:places": "contest",
    "contest:special-award-rules": "contest",
    "contest:questions": "contest",
    "contest:order": "contest",
    "contest:new-question": "contest",
    "contest:question": "contest",
    "submissions:form-preview": "contest",
    "contest:sheet-preview": "contest",
    "contest:weights": "contest",
    "contest:clone": "contest",
    "submissions:enter": "contest",
    "submissions:enter-for": "contest",
    "submissions:territory": "contest",
    "submissions:awards": "contest",
    "submissions:remove-award": "contest",
    "submissions:add-for": "contest",
    "submissions:entry": "entry",
    "submissions:entry-part": "entry",
    "submissions:entry-print": "entry",
    "submissions:entry-files": "entry",
    "submissions:entry-file": "entry",
    "submissions:declare-photo": "entry",
    "submissions:entry-send": "entry",
    "submissions:receipt": "entry",
    "submissions:entry-more": "entry",
    "submissions:entry-share": "entry",
    "submissions:entry-ask": "entry",
    "submissions:entry-invite": "entry",
    "submissions:entry-confirm": "entry",
    "submissions:entry-withdraw": "entry",
    "submissions:entry-restore": "entry",
    "submissions:entry-consent": "entry",
    "submissions:entry-recall": "entry",
    "organisations:add": None,
    "organisations:claim": "organisation",
    "organisations:organisation": "organisation",
    "organisations:change": "organisation",
    "organisations:invite": "organisation",
    "organisations:end": "organisation",
    "organisations:decide-claim": "organisation",
    "contest:deadline": "contest",
    "contest:telephone-code": "contest",
    "contest:edition": "contest",
    "contest:register": "contest",
    "contest:register-imports": "contest",
    "contest:register-import": "contest",
    "contest:register-import-problems": "contest",
    "contest:register-import-rejected": "contest",
    "contest:register-files": "contest",
    "contest:register-file": "contest",
    "contest:correct-organisation": "contest",
    "contest:merge-choice": "contest",
    "contest:merge": "contest",
    "submissions:register-organisation": "contest",
    "contest:logo": "contest",
    "contest:logos": "contest",
    "contest:new": None,
    "contest:new-series": None,
    "contest:new-organiser": None,
    "contest:organiser-details": "organiser",
    "contest:add-member": "organiser",
    "contest:organiser": "contest",
    "contest:reminders": "contest",
    "scoring:dashboard": "contest",
    "scoring:announce": "contest",
    "scoring:open-judging": "contest",
    "scoring:close-judging": "contest",
    "scoring:reopen-judging": "contest",
    "scoring:archive": "contest",
    "submissions:assignments": "contest",
    "submissions:assign-everything": "contest",
    "submissions:distribute": "contest",
    "submissions:assign-by-list": "contest",
    "submissions:unassign": "assignment",
    "submissions:record-conflict": "contest",
    "submissions:take-conflict-back": "assignment",
    "submissions:confirm-conflict": "assignment",
    "submissions:lift-conflict": "assignment",
    "exports:files": "contest",
    "exports:ticked-table": "contest",
    "exports:ticked-archive": "contest",
    "exports:file": "export",
    "exports:retry": "export",
    "exports:cancel": "export",
    "exports:rehearsal": "contest",
    "exports:rehearsal-score": "contest",
    "exports:rehearsal-delete": "contest",
    "scoring:ranking": "contest",
    "scoring:ranking-scores": "contest",
    "submissions:manage-entries": "contest",
    "submissions:entry-columns": "contest",
    "submissions:decide-entries": "contest",
    "submissions:assign-entries": "contest",
    "submissions:manage-entry": "entry",
    "submissions:checklist": "entry",
    "submissions:decide-entry": "entry",
    "submissions:return-entry": "entry",
    "submissions:extend-entry": "handling",
    "submissions:confirm-entry-on-paper": "handling",
    "submissions:withdraw-entry": "entry",
    "submissions:restore-entry": "entry",
    "scoring:audit": "contest",
    "scoring:messages": "contest",
    "scoring:message-retry": "contest",
    "scoring:remind-entrants": "contest",
    "scoring:remind-jurors": "contest",
    "scoring:proposals": "contest",
    "scoring:publication": "contest",
    "scoring:unpublish": "contest",
    "scoring:judging": "contest",
    "scoring:send-all": "contest",
    "scoring:sheet": "assignment",
    "scoring:reopen": "assignment",
    "scoring:exclusion": "assignment",
    "scoring:progress": "contest",
    "scoring:juror-progress": "contest",
    "scoring:exclusions": "contest",
    "submissions:declaration": "contest",
    "submissions:conflict-candidates": "contest",
    "submissions:conflict": "assignment",
    "submissions:conflict-undo": "assignment",
    "submissions:more-time": "contest",
}
BY_SLUG = {"contest", "organiser"}
# Their address names the contest before the object that it is about.
IN_CONTEST = {
    *("scoring:sheet", "scoring:reopen", "scoring:exclusion"),
    *("submissions:conflict", "submissions:conflict-undo"),
}
# Decided in the service, after a gate that asks less: row, and towards what.
DECIDED_BY_SERVICE = {
    ("submissions:enter", "post"): ("submissions.create", "entering"),
    **{
        ("submissions:entry-invite", method): (
            "contest.invite_first_representative",
            "contest",
        )
        for method in ("get", "post")
    },
    # The world's file is a ranking, and a ranking is asked for.
    ("exports:files", "post"): ("exports.request_ranking", "contest"),
    ("exports:file", "get"): ("exports.request_ranking", "export"),
    ("exports:retry", "post"): ("exports.request_ranking", "export"),
    ("exports:cancel", "post"): ("exports.request_ranking", "export"),
}


def _own_group(edition, who):
    """A confirmed action group of who acts for somebody; else whose the entry is."""
    person = edition.users.get(who)
    own = Organisation.objects.represented_by(person) if person else None
    if not own:
        return edition.entry.organisation_id
    group = own.filter(kind=Organisation.Kind.ACTION_GROUP).first()
    if group is None:
        group = ActionGroupFactory()
        RepresentativeFactory(organisation=group, person=person)
    return group.pk


# What further words an address takes: from the edition and the person, in its order.
WORDS = {
    "submissions:territory": lambda edition, who: [_own_group(edition, who)],
    "submissions:more-time": lambda edition, _who: [edition.assignment.juror_id],
    "scoring:juror-progress": lambda edition, _who: [edition.assignment.juror_id],
    "scoring:citation": lambda edition, _who: [
        "best",
        edition.entry.reference or "none",
    ],
    "scoring:tie": lambda edition, _who: [
        "overall",
        edition.entry.reference or "none",
    ],
    "scoring:special-award-take-back": lambda edition, _who: [
        edition.contest.special_awards.first().pk
    ],
    "organisations:end": lambda edition, _who: [edition.representative.pk],
    "organisations:decide-claim": lambda edition, _who: [edition.claim.pk],
    "scoring:message-retry": lambda edition, _who: [edition.message.pk],
    "submissions:entry-part": lambda _edition, _who: ["project"],
    **dict.fromkeys(
        ("submissions:entry-file", "submissions:declare-photo"),
        lambda edition, who: [edition.thing("attachment", who).pk],
    ),
    "gallery:photo": lambda edition, _who: [edition.photo.pk],
    "accounts:address-removal": lambda edition, who: [
        edition.of_account(
            EmailAddress, who, email=f"{who}@further.example", verified=True
        )
    ],
    "accounts:sign-in-end": lambda edition, who: [
        edition.of_account(UserSession, who, session_key=who, ip="127.0.0.1")
    ],
    "accounts:token-end": lambda edition, who: [
        edition.account_of(who).tokens.first().pk
    ],
    "accounts:factor-removal": lambda edition, who: [
        edition.of_account(Authenticator, who, type="webauthn", data=key_data("x"))
    ],
    "submissions:remove-award": lambda edition, _who: [
        edition.contest.series.awards.first().pk
    ],
    "contest:rulebook-version": lambda _edition, _who: [1],
    "contest:question": lambda _edition, _who: ["why"],
    "contest:order": lambda _edition, _who: ["criteria"],
    "contest:criterion": lambda _edition, _who: ["innovation"],
    "contest:nomination": lambda _edition, _who: ["best"],
    "contest:claim": lambda edition, _who: [edition.claim.pk],
    "contest:end-auditor": lambda edition, _who: [edition.contest.auditors.first().pk],
    "contest:remove-coordinator": lambda edition, _who: [
        edition.contest.coordinators.first().pk
    ],
    **{
        f"contest:seat-{act}": lambda edition, _who: [edition.contest.jurors.first().pk]
        for act in ("activate", "invite", "remove", "restore", "role")
    },
    **dict.fromkeys(
        (
            *("contest:register-import", "contest:register-import-problems"),
            "contest:register-import-rejected",
        ),
        lambda edition, _who: [edition.import_run.pk],
    ),
    "contest:register-file": lambda edition, _who: [edition.register_export.pk],
    **dict.fromkeys(
        (
            *("submissions:register-organisation", "contest:correct-organisation"),
            "contest:merge-choice",
        ),
        lambda edition, _who: [edition.entry.organisation.pk],
    ),
    "contest:merge": lambda edition, _who: [
        edition.entry.organisation.pk,
        edition.entry.prepared_by_id or edition.entry.organisation.pk,
    ],
    "contest:logo": lambda edition, _who: [edition.contest.logos.first().pk],
}
BODIES = {
    "submissions:entry-invite": lambda _edition, _who: {
        "email": "pirmininke@example.org",
        "name": "Ona",
    },
    "exports:files": lambda _edition, _who: {"kind": "ranking"},
}


# What is drawn anew for every page: the tokens of its forms.
_DRAWN = re.compile(rb'name="(csrfmiddlewaretoken|rendered_for)" value="[^"]*"')


def settled(page):
    """A page without what differs each time it is rendered."""
    return _DRAWN.sub(b"", page)


def is_page(name):
    return ":" in name


def browser_of(user):
    """A browser in which the person is signed in."""
    client = Client()
    if user is not None:
        client.force_login(user, backend="accounts.backends.CodeBackend")
    return client


def page_address(call, edition, who):
    """Where the page is for this person and edition."""
    words = [edition.contest.slug] if call.name in IN_CONTEST else []
    if call.kind is not None:
        thing = edition.thing(call.kind, who)
        words.append(thing.slug if call.kind in BY_SLUG else thing.pk)
    words += WORDS.get(call.name, lambda _edition, _who: [])(edition, who)
    return reverse(call.name, args=words)
