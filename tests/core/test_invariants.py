"""Each invariant holds for an ordinary contest and is broken by its own fault."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from config.demo.seeding import seed_contest
from core import clock
from core.invariants import findings, invariant
from jobs import tasks
from submissions.models import CorrectionRequest, Submission
from tests.core.guards import guards_off
from tests.core.planted import (
    FAULTS,
    SIZE,
    spoil_scale,
    spoil_sent,
)
from tests.factories import (
    ActFactory,
    ApiTokenFactory,
    AttachmentFactory,
    ExportFactory,
    ExtensionFactory,
    MessageFactory,
    SubmissionFactory,
)
from tests.factories.contest import in_days

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.ATTACHMENT_FILES_DIR = tmp_path / "attachments"


@pytest.fixture
def contest():
    contest = seed_contest(slug="inspected", size=SIZE, seed=1).contest
    ExportFactory(contest=contest, job__content=b"a workbook")
    AttachmentFactory(submission=contest.submissions.first(), sent=False)
    ApiTokenFactory()
    for made in ({}, {"held": True}, {"sent": True}, {"undelivered": True}):
        MessageFactory(**made)
    MessageFactory(sent=True, code=True, erased=True)
    return contest


def broken():
    return {finding.name for finding in findings() if not finding.holds}


@pytest.mark.usefixtures("contest")
def test_an_ordinary_contest_breaks_none(capsys):
    call_command("check_invariants")

    assert "invariants hold." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("spoil", "expected"), FAULTS, ids=lambda value: getattr(value, "__name__", "")
)
def test_its_fault_is_noticed(contest, spoil, expected):
    spoil(contest)

    assert broken() == expected


def test_every_invariant_has_its_fault():
    """A check that nothing can break would prove nothing."""
    shown = set().union(*(expected for _spoil, expected in FAULTS))

    # These have their faults in tests of their own: here, and in test_freezing.py.
    assert {f.name for f in findings()} - shown == {
        "scoring.published_is_what_was_scored",
        "scoring.results_are_as_frozen",
    }


def test_the_command_fails_and_names_what_is_broken(contest, capsys):
    spoil_scale(contest)

    with pytest.raises(CommandError, match=r"scoring\.within_the_scale"):
        call_command("check_invariants")

    assert "BROKEN 1 times" in capsys.readouterr().out


def test_the_nightly_task_tells_the_log(contest, caplog):
    spoil_sent(contest)

    tasks.check_invariants()

    assert "scoring.sent_as_recorded" in caplog.text


def test_they_are_checked_every_night():
    entry = settings.CELERY_BEAT_SCHEDULE["check-invariants"]

    a_day_ago = clock.now() - timedelta(days=1)

    assert entry["task"] == tasks.check_invariants.name
    assert entry["schedule"].is_due(a_day_ago).is_due
    assert len(entry["schedule"].day_of_week) == 7


# Each is late by the contest's own deadline.
@pytest.mark.parametrize(
    "allow",
    [
        lambda entry, at: ExtensionFactory(
            contest=entry.contest,
            organisation=entry.organisation,
            at=at,
            until=in_days(1),
        ),
        lambda entry, at: CorrectionRequest.objects.create(
            submission=entry, at=at, until=in_days(1), by_id=entry.pk
        ),
        lambda entry, at: ActFactory(
            contest=entry.contest, kind="move_deadline", at=at, until=in_days(1)
        ),
        lambda entry, _at: Submission.objects.filter(pk=entry.pk).update(
            entered_by=Submission.EnteredBy.SECRETARIAT
        ),
    ],
    ids=["extended", "returned", "prolonged", "by the secretariat"],
)
def test_what_was_allowed_to_come_late_breaks_none(allow):
    entry = SubmissionFactory(contest__phase="eligibility")
    late = entry.contest.deadline + timedelta(hours=1)
    with guards_off():
        entry.versions.update(submitted_at=late)
    before = broken()

    allow(entry, late - timedelta(minutes=1))

    assert (before, broken()) == ({"submissions.sent_in_time"}, set())


def test_two_checks_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two invariants"):
        invariant("text.is_clean", "twice")(list)
