"""A secret does not show in any other way of asking either.

``test_non_interference.py`` replays every address. Here a sample of everything else is
asked in both worlds, a different one for each secret: the pages that it leaves out,
HEAD, requests that hold the entity tag of somebody who knows, pages of lists, other
formats and fields; and whatever would write. A refusal must be the same to the letter,
and so must every letter to those who may not know.
"""

import re
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

import pytest
from django.db import transaction
from django.urls import resolve

from core.api.queries import ALWAYS, parameters_of
from mail.models import Message
from tests.policy.calls import Call, address, body, calls
from tests.policy.pages import is_page
from tests.policy.secret import (
    ADDRESS,
    JUROR_ROWS,
    SECRETS,
    SHEET_ROWS,
    WORD,
    Secret,
    answer,
    change_score,
    decide_against,
    prepare,
    rename_juror,
    strangers_of,
    withdraw,
    write_on,
)
from tests.policy.test_non_interference import PAGES_OF_JUDGING, RESTLESS
from tests.policy.world import BY_TOKEN, PEOPLE

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.usefixtures("quiet"),
]

# Jurors choose among the entries that take part: one that no longer does is not there.
ENTRY_ROWS = "submissions.view", "submissions.view_conflict_candidates"
ASKED = [
    *(secret for secret in SECRETS if secret.name in {"score", "juror-name"}),
    *(secret for secret in SECRETS if secret.name == "unpublished-status"),
    Secret("ineligible", "eligibility", decide_against, ENTRY_ROWS),
    Secret("withdrawn", "eligibility", withdraw, ENTRY_ROWS),
    Secret(
        "unsent-change-published",
        *("published", write_on, ("submissions.view_working_copy",)),
    ),
]
ONE_IN = 211  # a prime, so that no person and no way of asking is passed over
# A workbook says when it was made, the record who read it.
MOMENTARY = RESTLESS | {
    *("contest:register-import-problems", "contest:register-import-rejected"),
    *("register-import-problems", "scoring:audit"),
}
# Their answers are drawn anew or tell how often one asked; none is of a contest.
_OF_ACCOUNTS = ("accounts:", "auth-")
QUERIES = (
    *("page=2&page_size=1", "page_size=1", "page=99", f"q={WORD}"),
    *("format=csv", "format=json", "include=scores,jurors&fields=total,juror"),
    "order=-total&state=sent&nomination=best",
)
# A code or a link that works once is another one each time.
_DRAWN = re.compile(r"\b\d{6}\b|(?<=/)[\w-]{20,}")


@dataclass(frozen=True)
class Asked:
    """One request of one person."""

    who: str
    call: Call
    where: str
    method: str
    sent: dict | None = None
    headers: dict = field(default_factory=dict, hash=False)

    def __str__(self):
        return f"{self.who}: {self.method} {self.where} {self.headers or ''}".strip()


@pytest.mark.parametrize("secret", ASKED, ids=str)
def test_no_other_way_of_asking_tells_a_secret(secret, record_property):
    world = prepare(secret)
    sample = sampled(world, secret)

    for asked in sample:  # what is kept on first use is kept now
        if asked.method in {"get", "head"}:
            told(world, asked)
    before = [told(world, asked) for asked in sample]
    secret.change(world)
    after = [told(world, asked) for asked in sample]

    record_property("comparisons", len(sample))
    refused = [a for a in before if a[0][0] >= 400 and a[1] is not None]
    assert len(refused) > 10
    leaks = {
        str(asked): differing(str(was), str(now))
        for asked, was, now in zip(sample, before, after, strict=True)
        if was != now
    }
    assert leaks == {}


def differing(was, now):
    """What stands in one answer and not in the other, in short."""
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    return [
        f"{was[a:b][:80]} → {now[c:d][:80]}"
        for tag, a, b, c, d in blocks
        if tag != "equal"
    ][:8]


def sampled(world, secret):
    """Draw from all people, addresses and ways of asking."""
    people = [w for w in PEOPLE if not secret.is_known_to(w)]
    everything = (
        (who, call, way)
        for who in people
        for call in calls()
        if call.name not in MOMENTARY and not call.name.startswith(_OF_ACCOUNTS)
        if who not in BY_TOKEN or not is_page(call.name)
        for way in ways(call)
    )
    reads, writes = [], []  # drawn apart: there are five times as many reads
    for each in everything:
        (reads if each[1].method == "get" else writes).append(each)
    first = ASKED.index(secret)
    drawn = [*reads[first::ONE_IN], *writes[first :: ONE_IN // 2]]
    return [made(world, *each) for each in drawn]


def ways(call):
    """How else the call can be made: a query, ``HEAD`` or ``ETag``; or as it is."""
    if call.method != "get":
        return [None]
    is_left_out = is_page(call.name) and call.name not in PAGES_OF_JUDGING
    return ["HEAD", "ETag", *QUERIES, *([None] if is_left_out else [])]


def made(world, who, call, way):
    """Make the request of a way; the entity tag is that of who knows more."""
    where = address(call, world.own, who, world.tokens.get(who, world.tokens["owner"]))
    if call.method != "get":
        return Asked(who, call, where, call.method, body(call, world.own, who, world))
    if way == "HEAD":
        return Asked(who, call, where, "head")
    if way == "ETag":
        known = answer(client_of(world, "coordinator", call), where)[1].get("ETag")
        tag = {"If-None-Match": known or '"v1"'}
        return Asked(who, call, where, "get", headers=tag)
    query = read_there(call, where, way or "")
    return Asked(who, call, f"{where}?{query}" if query else where, "get")


def read_there(call, where, query):
    """Leave out what the address does not read: for that alone it is refused."""
    route = resolve(where).func
    if is_page(call.name) or not hasattr(route, "cls"):
        return query
    view = route.cls(action=getattr(route, "actions", {}).get("get"))
    known = {*parameters_of(view), *ALWAYS}
    return "&".join(p for p in query.split("&") if p.partition("=")[0] in known)


def client_of(world, who, call):
    return (world.browsers if is_page(call.name) else world.clients)[who]


def told(world, asked):
    """Tell the answer and the letters written, and take back what was done.

    What was let in and written has new ids and times: of it the status is told.
    """
    client = client_of(world, asked.who, asked.call)
    cookies = client.cookies.copy()
    point = transaction.savepoint()
    there, letters = set(Message.objects.values_list("pk", flat=True)), None
    said = answer(client, asked.where, asked.method, asked.sent, asked.headers)
    if asked.method not in {"get", "head"}:
        said = said if said[0] >= 400 else said[:1]
        letters = letters_beside(there)
    transaction.savepoint_rollback(point)
    client.cookies = cookies
    return said, letters


def letters_beside(there):
    """Letters that are not among those: to whom, and every word."""
    new = Message.objects.exclude(pk__in=there).order_by("to", "template", "subject")
    facts = new.values_list("to", "template", "subject", "text", "html")
    return [tuple(_DRAWN.sub("", fact) for fact in letter) for letter in facts]


RENAMED = Secret("juror-name", "judging", rename_juror, JUROR_ROWS)
OF_LETTERS = [
    Secret("score", "judging", change_score, SHEET_ROWS),
    RENAMED,
    Secret(
        *("unsent-change", "eligibility", write_on),
        ("submissions.view_working_copy",),
    ),
]
# What most writings ask for beside their own words.
_SAID = {
    "reason": "Taip nutarta.",
    "until": "2999-01-01T12:00:00Z",
    "eligible": False,
    "email": "nauja@example.org",
}


@pytest.mark.parametrize("secret", OF_LETTERS, ids=str)
def test_no_letter_tells_a_secret_whoever_lets_it_be_written(secret):
    world = prepare(secret)
    strangers = {world.users[w].email for w in strangers_of(secret) if w in world.users}

    before = letters(world, written := writings(world))
    secret.change(world)
    after = letters(world, [asked for asked in written if before[str(asked)]])

    told_before, told_after = (
        {at: [one for one in all_ if one[0] in strangers] for at, all_ in each.items()}
        for each in (before, after)
    )
    assert any(told_after.values())
    assert told_after == {at: told_before[at] for at in told_after}


def test_a_letter_that_may_tell_is_seen_to_tell():
    """The control: the juror who is called otherwise is written to otherwise."""
    world = prepare(RENAMED)
    invitations = [a for a in writings(world) if a.call.name == "juror-invite"]

    before = letters(world, invitations)
    rename_juror(world)

    assert ADDRESS in str(letters(world, invitations))
    assert ADDRESS not in str(before)


def writings(world):
    """Whatever those can write who have most to write; pages ask the same services."""
    return [
        fitting(
            world,
            Asked(
                *(who, call, address(call, world.own, who, world.tokens[who])),
                call.method,
                _SAID | (body(call, world.own, who, world) or {}),
            ),
        )
        for who in ("coordinator", "owner")
        for call in calls()
        if call.method != "get" and not is_page(call.name)
        if not call.name.startswith(_OF_ACCOUNTS)
    ]


def fitting(world, asked):
    """Leave out what the request does not take: for that alone it would be refused."""
    client, point = client_of(world, asked.who, asked.call), transaction.savepoint()
    refusal = getattr(client, asked.method)(asked.where, asked.sent)
    transaction.savepoint_rollback(point)
    if refusal.status_code != 400:
        return asked
    errors = refusal.json().get("errors", [])
    unknown = {each["field"] for each in errors if each["code"] == "unknown"}
    kept = {name: said for name, said in asked.sent.items() if name not in unknown}
    return replace(asked, sent=kept)


def letters(world, written):
    """Tell for each request which letters it lets be written."""
    return {str(asked): told(world, asked)[1] for asked in written}
