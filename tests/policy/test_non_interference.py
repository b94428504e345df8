"""What a person may not know changes nothing that this person is told.

One thing is changed that only some may know. Everybody else asks every address again,
with every filter, order and search term, the secret itself among them: status,
headers, body and the number of statements must be the same as before.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.db import connection, transaction
from django.urls import resolve

from core import clock
from scoring.models import Score, Sheet
from submissions.models import EligibilityDecision, Submission, VersionContent
from tests.factories.scoring import ScoreFactory
from tests.policy import table
from tests.policy.calls import address, calls
from tests.policy.pages import is_page, settled
from tests.policy.table import OK, expected
from tests.policy.world import PEOPLE, build, roles_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.timeout(600),
    pytest.mark.usefixtures("quiet"),
]
WORD = "Slaptažodžiukai"
ADDRESS = "slapta@pavyzdys.lt"


# These answer differently from one moment to the next: an auditor's readings are in the
# record themselves, and two tell or hold the time.
RESTLESS = {"contest-audit", "contest-timetable", "register-import-rejected"}


PAGES_OF_JUDGING = {
    *("scoring:judging", "scoring:send-all", "scoring:sheet", "scoring:progress"),
    *("scoring:juror-progress", "scoring:exclusions", "scoring:reopen"),
    *("submissions:declaration", "submissions:conflict-candidates", "scoring:desk"),
    "submissions:conflict",
}


@dataclass(frozen=True)
class Secret:
    """A change, the phase it is made in, and the rows that let one know it."""

    name: str
    phase: str
    change: Callable
    rows: tuple[str, ...]
    rules: dict = field(default_factory=dict)
    without: frozenset = frozenset()  # roles that those rules give to nobody

    def __str__(self):
        return self.name

    def is_known_to(self, who):
        """Whether any of the rows lets the person know."""
        return any(
            expected(
                row,
                roles_of(who, kind_of(row), is_own=True) - self.without,
                self.phase,
            )
            == OK
            for row in self.rows
        )


def kind_of(row):
    """What a row is asked about."""
    of_contest = row.startswith("contest.") or row == "scoring.view_ranking"
    return "contest" if of_contest else "entry"


def change_score(world):
    Score.objects.filter(sheet__assignment=world.own.assignment).update(
        steps=3, version=9
    )


def rename_juror(world):
    person = world.own.assignment.juror.person
    person.name, person.email = WORD, ADDRESS
    person.save()


def change_contact(world):
    content = world.own.entry.current_version.content
    document = content.document | {"contact_name": WORD, "contact_email": ADDRESS}
    VersionContent.objects.filter(pk=content.pk).update(document=document)
    Submission.objects.filter(pk=world.own.entry.pk).update(
        contact_name=WORD, contact_email=ADDRESS
    )


def decide_eligibility(world):
    """Somebody finds that the entry meets the rules."""
    Submission.objects.filter(pk=world.own.entry.pk).update(
        state="eligible",
        decided_at=clock.now(),
        decision_reason=WORD,
        checks={"implemented": True},
        returned_until=None,
    )
    EligibilityDecision.objects.create(
        submission=world.own.entry,
        version=world.own.entry.current_version,
        eligible=True,
        reason=WORD,
        by_id=world.users["coordinator"].pk,
    )


def write_on(world):
    """Its organisation goes on writing, and does not send it."""
    entry = world.own.entry
    entry.title = entry.summary = entry.innovation = WORD
    entry.contact_email, entry.version = ADDRESS, 9
    entry.save()


SHEET_ROWS = "scoring.view_sheet", "scoring.view_ranking"
JUROR_ROWS = (
    "contest.view_jurors",
    "contest.view_addresses",
    "submissions.view_assignments",
    *SHEET_ROWS,
)
RESERVED = {"visibility": {"juror_names": "coordinators", "deliberation": False}}
ALONE = frozenset({"deliberating"})
SECRETS = [
    Secret("score", "judging", change_score, SHEET_ROWS),
    Secret(
        "juror-name",
        "judging",
        rename_juror,
        JUROR_ROWS,
    ),
    # Judging is closed: jurors compare what they scored, or do not.
    Secret("score-compared", "deliberation", change_score, SHEET_ROWS),
    Secret(
        *("score-reserved", "deliberation", change_score, SHEET_ROWS),
        rules=RESERVED,
        without=ALONE,
    ),
    # The result is published, and the rules do not name the jury.
    Secret(
        *("juror-name-reserved", "published", rename_juror, JUROR_ROWS),
        rules=RESERVED,
        without=ALONE,
    ),
    Secret("contact", "judging", change_contact, ("submissions.view_contacts",)),
    Secret(
        *("unpublished-status", "eligibility", decide_eligibility),
        ("submissions.view_checklist",),
    ),
    Secret(
        *("unsent-change", "eligibility", write_on),
        ("submissions.view_working_copy",),
    ),
]

QUICK = {"score", "unsent-change"}


@pytest.mark.slow  # in `make test`, test_blindness.py asks this of the scores
@pytest.mark.parametrize("secret", SECRETS, ids=str)
def test_a_secret_changes_nothing_for_those_who_may_not_know_it(
    secret, record_property
):
    world = prepare(secret)
    strangers = [
        who for who in PEOPLE if who in table.roles() and not secret.is_known_to(who)
    ]

    before = {who: told(world, who) for who in strangers}
    secret.change(world)
    after = {who: told(world, who) for who in strangers}

    record_property("comparisons", sum(map(len, before.values())))
    leaks = {
        f"{who}: {where}": different(before[who][where], after[who][where])
        for who in strangers
        for where in before[who]
        if before[who][where] != after[who][where]
    }
    assert {leak: str(parts)[:500] for leak, parts in leaks.items()} == {}


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param(s, marks=[] if s.name in QUICK else pytest.mark.slow, id=s.name)
        for s in SECRETS
    ],
)
def test_a_secret_changes_something_for_those_who_may(secret):
    """The control: the comparison sees the change where it is meant to be seen."""
    world = prepare(secret)
    who = next(w for w in ("coordinator", "owner") if secret.is_known_to(w))

    before = told(world, who)
    secret.change(world)

    assert told(world, who) != before


def prepare(secret):
    """The world of its phase and rules, with a sent sheet where there is one."""
    return with_sent_sheet(build(secret.phase, **secret.rules))


def with_sent_sheet(world):
    """Let the juror of the own entry score and send, where a sheet is begun."""
    drafts = Sheet.objects.filter(state=Sheet.State.DRAFT)
    for sheet in drafts.filter(assignment=world.own.assignment):
        for criterion in world.own.contest.criteria.all():
            ScoreFactory(sheet=sheet, criterion=criterion)
        sheet.state, sheet.sent_at = Sheet.State.SENT, clock.now()
        sheet.save()
    return world


def told(world, who):
    """What a person is told: ``{address and query: (status, headers, body, …)}``."""
    return {
        where: answer(clients[who], where)
        for call in calls()
        if call.method == "get" and call.name not in RESTLESS
        if not is_page(call.name) or call.name in PAGES_OF_JUDGING
        for clients in [world.browsers if is_page(call.name) else world.clients]
        for where in addresses(call, world, who)
    }


def different(before, after):
    """The parts of two answers that are not the same."""
    return [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]


def answer(client, where):
    asked = []

    def count(execute, *args):
        asked.append(args[0])
        return execute(*args)

    with connection.execute_wrapper(count), transaction.atomic():
        response = client.get(where)
        body = response.getvalue() if response.streaming else response.content
    headers = {k: v for k, v in response.headers.items() if k != "Date"}
    return response.status_code, headers, settled(body), len(asked)


def addresses(call, world, who):
    """An address bare, and with everything that its list can be asked for."""
    where = address(call, world.own, who, world.tokens.get(who, world.tokens["owner"]))
    yield where
    view = getattr(resolve(where).func, "cls", None)
    filters = getattr(getattr(view, "filterset_class", None), "base_filters", {})
    for name in filters:
        yield f"{where}?{name}={WORD}"
    for name in getattr(view, "ordering_fields", None) or []:
        yield f"{where}?ordering=-{name}"
