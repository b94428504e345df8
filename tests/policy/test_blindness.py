"""While judging is open a juror learns nothing of the others by any channel."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contest.models import Juror
from core import clock
from scoring import excluding
from submissions import conflicts
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    SheetFactory,
    SubmissionFactory,
)
from tests.policy.pages import browser_of, settled

pytestmark = pytest.mark.django_db

CODES = ("innovation", "success", "social_responsibility", "originality")
NOISE = {"X-Request-ID", "Date"}


@pytest.fixture
def mine():
    """An assignment of a juror with a sheet that is begun, beside somebody else's."""
    assignment = AssignmentFactory()
    SheetFactory(assignment=assignment, values={"innovation": 5})
    AssignmentFactory(submission=assignment.submission)
    return assignment


def channels(assignment):
    contest, entry = assignment.submission.contest, assignment.submission
    return [
        "submissions/",
        "submissions/?ordering=submitted_at",
        f"submissions/{entry.pk}/",
        f"submissions/{entry.pk}/versions/",
        "assignments/",
        f"assignments/?submission={entry.pk}",
        f"assignments/{assignment.pk}/",
        f"assignments/{assignment.pk}/sheet/",
        f"contests/{contest.slug}/",
        f"contests/{contest.slug}/rulebook/",
        f"contests/{contest.slug}/jurors/",
        f"contests/{contest.slug}/assignments/",
        f"contests/{contest.slug}/conflicts/",
        f"contests/{contest.slug}/conflict-candidates/",
        f"contests/{contest.slug}/declaration/",
        f"contests/{contest.slug}/progress/",
        f"contests/{contest.slug}/progress/entries/",
        f"contests/{contest.slug}/progress/mine/",
        f"contests/{contest.slug}/closing-check/",
        f"contests/{contest.slug}/exclusions/",
        f"contests/{contest.slug}/ranking/",
        f"contests/{contest.slug}/exports/",
        "contests/",
    ]


def pages(assignment):
    contest = assignment.submission.contest
    judging, manage = f"/judging/{contest.slug}/", f"/contests/{contest.slug}/manage/"
    return [
        *("/", "/desk/", f"/contests/{contest.slug}/", judging),
        *(f"{judging}?state=draft", f"{judging}send/", f"{judging}conflicts/"),
        *(f"{judging}declaration/", f"{judging}{assignment.pk}/"),
        *(f"{judging}{assignment.pk}/conflict/", f"{judging}{assignment.pk}/reopen/"),
        *(manage, f"{manage}progress/", f"{manage}progress/exclusions/"),
        f"{manage}progress/{assignment.juror_id}/",
    ]


def seen(assignment):
    """Everything that pages tell a juror, and how many statements each took."""
    browser, told = browser_of(assignment.juror.person), {}
    for where in pages(assignment):
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(where)
        headers = {k: v for k, v in answer.headers.items() if k not in NOISE}
        body = settled(answer.content)
        told[where] = answer.status_code, headers, body, len(asked)
    return told


def heard(assignment):
    """Everything that the interface tells a juror: status, headers and body."""
    person = Person(assignment.juror.person)
    told = seen(assignment)
    for where in channels(assignment):
        answer = person.get(where)
        headers = {k: v for k, v in answer.headers.items() if k not in NOISE}
        told[where] = answer.status_code, headers, answer.content
    return told


def others_work(assignment):
    """Somebody else scores and sends, steps back, is excluded, is removed."""
    entry, contest = assignment.submission, assignment.submission.contest
    coordinator = CoordinatorFactory(contest=contest).person
    other = entry.assignments.exclude(pk=assignment.pk).get()
    sheet = SheetFactory(assignment=other, sent=True, values=dict.fromkeys(CODES, 9))
    yield "sent"
    excluding.exclude_sheet(assignment_id=sheet.pk, reason="x", by=coordinator)
    yield "excluded"
    conflicts.declare_conflict(assignment=other, reason="x", by=other.juror.person)
    yield "conflict"
    Juror.objects.filter(pk=other.juror_id).update(removed_at=clock.now())
    yield "removed"
    AssignmentFactory(submission=entry)
    yield "assigned"


def test_nothing_that_others_do_changes_what_a_juror_is_told(mine):
    before = heard(mine)

    changed = {
        (step, where)
        for step in others_work(mine)
        for where, answer in heard(mine).items()
        if answer != before[where]
    }

    assert changed == set()


def test_a_change_that_is_the_jurors_own_is_noticed(mine):
    """The control: this comparison can fail."""
    before = heard(mine)
    AssignmentFactory(
        submission=SubmissionFactory(contest=mine.submission.contest), juror=mine.juror
    )

    changed = {
        where for where, answer in heard(mine).items() if answer != before[where]
    }

    assert "assignments/" in changed
    assert {f"/judging/{mine.submission.contest.slug}/", "/desk/"} <= changed


def test_a_saved_score_is_answered_alike_whatever_others_gave(mine):
    person = Person(mine.juror.person)
    where = f"assignments/{mine.pk}/sheet/success/"
    first = person.patch(where, {"value": 7, "version": 0})
    for _step in others_work(mine):
        pass

    second = person.patch(where, {"value": 7, "version": 1})

    assert (first.headers["ETag"], second.headers["ETag"]) == ('"v1"', '"v2"')
    differ = {k for k in first.json() if first.json()[k] != second.json()[k]}
    assert differ == {"version", "changed_at"}
