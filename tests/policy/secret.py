"""What only some may know: a change that is made, and the rows that let one know it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection, transaction

from core import clock
from scoring.models import Score, Sheet
from submissions.models import EligibilityDecision, Submission, VersionContent
from tests.factories.scoring import ScoreFactory
from tests.policy import table
from tests.policy.pages import settled
from tests.policy.table import OK, expected
from tests.policy.world import PEOPLE, build, roles_of

WORD = "Slaptažodžiukai"
ADDRESS = "slapta@pavyzdys.lt"


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


def strangers_of(secret):
    """The people of the world, in conflict or not, whom no row lets know it."""
    return [
        who for who in PEOPLE if who in table.roles() and not secret.is_known_to(who)
    ]


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


def decide_against(world):
    """Somebody finds that the entry does not meet the rules."""
    Submission.objects.filter(pk=world.own.entry.pk).update(
        state="ineligible",
        decided_at=clock.now(),
        decision_reason=WORD,
        returned_until=None,
    )


def withdraw(world):
    """Its organisation takes the entry back."""
    Submission.objects.filter(pk=world.own.entry.pk).update(
        state="withdrawn",
        withdrawn_from="submitted",
        withdrawn_reason=WORD,
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


def answer(client, where, method="get", sent=None, headers=None):
    """Ask: ``(status, headers, body, number of statements)``."""
    asked = []

    def count(execute, *args):
        asked.append(args[0])
        return execute(*args)

    with connection.execute_wrapper(count), transaction.atomic():
        response = getattr(client, method)(where, sent, headers=headers)
        body = response.getvalue() if response.streaming else response.content
    told = {k: v for k, v in response.headers.items() if k != "Date"}
    return response.status_code, told, settled(body), len(asked)
