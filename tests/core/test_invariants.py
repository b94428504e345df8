"""Each invariant holds for an ordinary contest and is broken by its own fault."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from accounts.models import ApiToken
from config.demo.seeding import Size, seed_contest
from contest.models import Contest, Criterion, RulebookVersion
from core import clock
from core.invariants import findings, invariant
from jobs import files, tasks
from jobs.models import Job
from scoring.models import Score, ScoreEvent, Sheet
from submissions.models import (
    Assignment,
    Submission,
    SubmissionVersion,
    VersionContent,
)
from tests.factories import (
    ApiTokenFactory,
    ExportFactory,
    JurorFactory,
    MessageFactory,
)

pytestmark = pytest.mark.django_db
SIZE = Size(entries=3, jurors=2, criteria=2, share=1.0)


@pytest.fixture
def contest():
    contest = seed_contest(slug="inspected", size=SIZE, seed=1).contest
    ExportFactory(contest=contest, job__content=b"a workbook")
    ApiTokenFactory()
    for made in ({}, {"held": True}, {"sent": True}, {"undelivered": True}):
        MessageFactory(**made)
    MessageFactory(sent=True, code=True, erased=True)
    return contest


def broken():
    return {finding.name for finding in findings() if not finding.holds}


def spoil_token(_contest):
    ApiToken.objects.update(digest="a token in plain letters")


def spoil_patience(_contest):
    long_ago = clock.now() - timedelta(days=2)
    Job.objects.create(kind="exports.ranking", created_at=long_ago)


def spoil_file(_contest):
    job = Job.objects.exclude(file_name="").get()
    files.path_of(job.file_name).write_bytes(b"a Workbook")


def spoil_rulebook(contest):
    other = seed_contest(slug="other", size=SIZE, seed=2).contest
    other_rules, rules = other.rulebook_id, contest.rulebook_id
    Contest.objects.filter(pk=other.pk).update(rulebook=None)
    Contest.objects.filter(pk=contest.pk).update(rulebook=other_rules)
    Contest.objects.filter(pk=other.pk).update(rulebook=rules)


def spoil_rulebook_digest(contest):
    RulebookVersion.objects.create(
        contest=contest,
        number=2,
        document=contest.rulebook.document,
        sha256="0" * 64,
        by_id=contest.pk,
    )


def spoil_criteria(contest):
    Criterion.objects.filter(contest=contest, position=0).update(retired=True)


def spoil_current_version(contest):
    add_receipt(contest, number=2)


def spoil_numbers(contest):
    receipt = add_receipt(contest, number=7)
    Submission.objects.filter(pk=receipt.submission_id).update(current_version=receipt)


def add_receipt(contest, *, number):
    entry = Submission.objects.filter(contest=contest).first()
    return SubmissionVersion.objects.create(
        submission=entry,
        number=number,
        rulebook=contest.rulebook,
        working_version=1,
        submitted_at=clock.now(),
        by_id=entry.pk,
        sha256="0" * 64,
    )


def spoil_content(_contest):
    content = VersionContent.objects.first()
    content.document["title"] = "Kas kita"
    content.save()


def spoil_assignment(_contest):
    Assignment.objects.filter(pk=Assignment.objects.first().pk).update(
        juror=JurorFactory()
    )


def spoil_criterion(_contest):
    other = seed_contest(slug="other", size=SIZE, seed=2).contest
    Score.objects.filter(pk=Score.objects.first().pk).update(
        criterion=Criterion.objects.filter(contest=other).first()
    )


def spoil_scale(_contest):
    Score.objects.filter(pk=Score.objects.first().pk).update(steps=10_000)


def spoil_history(_contest):
    score = Score.objects.first()
    Score.objects.filter(pk=score.pk).update(steps=(score.steps + 1) % 9)


def spoil_missing_score(_contest):
    Score.objects.first().delete()


def spoil_missing_history(_contest):
    score = Score.objects.first()
    Score.objects.filter(pk=score.pk).update(version=score.version + 1)


def spoil_event_numbers(_contest):
    score = Score.objects.first()
    ScoreEvent.objects.create(
        sheet_id=score.sheet_id,
        kind="saved",
        criterion_id=score.criterion_id,
        steps=score.steps,
        version=score.version + 2,
        by_id=score.sheet_id,
    )
    Score.objects.filter(pk=score.pk).update(version=score.version + 2)


def spoil_sent(_contest):
    Sheet.objects.filter(pk=Sheet.objects.first().pk).update(
        state="draft", sent_at=None
    )


def spoil_text(_contest):
    Submission.objects.filter(pk=Submission.objects.first().pk).update(
        title="pavadinimas\u0007"
    )


def spoil_text_form(_contest):
    Submission.objects.filter(pk=Submission.objects.first().pk).update(
        answers={"why": "s\u030ciltas"}
    )


def spoil_code(_contest):
    MessageFactory(code=True, tried_until=clock.now() - timedelta(days=2))


def spoil_sent_message(_contest):
    MessageFactory(sent=True, tried_at=clock.now() + timedelta(seconds=1))


def spoil_uncounted_try(_contest):
    MessageFactory(sent=True, attempts=0)


def spoil_lease(_contest):
    MessageFactory(held=True, due_at=clock.now() + timedelta(days=9))


def spoil_lapses(_contest):
    MessageFactory(lapses=1)


def spoil_outbox(_contest):
    MessageFactory(created_at=clock.now() - timedelta(days=2))


FAULTS = [
    (spoil_token, {"accounts.secrets_are_hashed"}),
    (spoil_patience, {"jobs.end"}),
    (spoil_file, {"jobs.files_are_whole"}),
    (spoil_code, {"mail.codes_are_erased"}),
    (spoil_sent_message, {"mail.sent_once"}),
    (spoil_uncounted_try, {"mail.sent_once"}),
    (spoil_lease, {"mail.leases_are_sane"}),
    (spoil_lapses, {"mail.leases_are_sane"}),
    (spoil_outbox, {"mail.goes_out"}),
    (spoil_rulebook, {"contest.rulebook_is_its_own"}),
    (spoil_rulebook_digest, {"contest.rulebooks_are_as_written"}),
    (spoil_criteria, {"contest.criteria_have_rows"}),
    (spoil_current_version, {"submissions.entered_is_the_last_sent"}),
    (spoil_numbers, {"submissions.no_receipt_is_missing"}),
    (spoil_content, {"submissions.receipts_hold"}),
    (spoil_assignment, {"submissions.assigned_within_a_contest"}),
    (spoil_scale, {"scoring.within_the_scale", "scoring.current_is_the_last_event"}),
    (spoil_history, {"scoring.current_is_the_last_event"}),
    (spoil_missing_score, {"scoring.current_is_the_last_event"}),
    (spoil_missing_history, {"scoring.current_is_the_last_event"}),
    (spoil_event_numbers, {"scoring.current_is_the_last_event"}),
    (spoil_sent, {"scoring.sent_as_recorded"}),
    (spoil_text, {"text.is_clean"}),
    (spoil_text_form, {"text.is_clean"}),
]


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


def test_a_score_of_another_contest_is_noticed(contest):
    spoil_criterion(contest)

    assert "scoring.criterion_of_the_contest" in broken()


def test_every_invariant_has_its_fault():
    """A check that nothing can break would prove nothing."""
    shown = set().union(*(expected for _spoil, expected in FAULTS))

    # These have their faults in tests of their own: here, and in test_freezing.py.
    assert {f.name for f in findings()} - shown == {
        "scoring.criterion_of_the_contest",
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


def test_two_checks_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two invariants"):
        invariant("text.is_clean", "twice")(list)
