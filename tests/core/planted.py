"""Faults planted in a contest, each with the invariants that it breaks."""

import os
from datetime import timedelta
from uuid import uuid4

from django.db import connection

from accounts.models import ApiToken
from config.demo.seeding import Size, seed_contest
from contest.models import Contest, Criterion, RulebookVersion
from core import clock
from jobs import files
from jobs.models import Job
from scoring.models import Score, ScoreEvent, Sheet
from submissions import storage
from submissions.models import (
    Assignment,
    Attachment,
    ConsentChange,
    EligibilityDecision,
    SentAttachment,
    Submission,
    SubmissionVersion,
    VersionContent,
)
from tests.core.guards import guards_off
from tests.factories import (
    ActFactory,
    AwardFactory,
    ExtensionFactory,
    JurorFactory,
    MessageFactory,
)
from tests.factories.contest import in_days

SIZE = Size(entries=3, jurors=2, criteria=2, share=1.0)


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
        submitted_at=entry.submitted_at,
        by_id=entry.pk,
        sha256="0" * 64,
    )


def spoil_content(_contest):
    content = VersionContent.objects.first()
    content.document["title"] = "Kas kita"
    content.save()


def spoil_late_version(contest):
    with guards_off():
        SubmissionVersion.objects.update(submitted_at=contest.deadline)


def spoil_deadline(contest):
    """The deadline was moved before it was sent, to an earlier time."""
    sent = SubmissionVersion.objects.first().submitted_at
    earlier = sent - timedelta(minutes=1)
    ActFactory(contest=contest, kind="move_deadline", at=earlier, until=sent)


def spoil_extension(contest):
    """It was told after the sending that it would have excused."""
    entry = Submission.objects.first()
    ExtensionFactory(contest=contest, organisation=entry.organisation, until=in_days(1))
    with guards_off():
        entry.versions.update(submitted_at=contest.deadline)


def spoil_attached_size(_contest):
    Attachment.objects.update(size=1)


def spoil_attached_bytes(_contest):
    path = storage.path_of(Attachment.objects.get().stored_name)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def spoil_attached_file(_contest):
    storage.remove(Attachment.objects.get().stored_name)


def spoil_preview(_contest):
    storage.remove(Attachment.objects.get().preview_name)


def spoil_folder(_contest):
    stray = storage.partial_path("jpg")
    stray.touch()
    long_ago = (clock.now() - timedelta(days=3)).timestamp()
    os.utime(stray, (long_ago, long_ago))


def spoil_guard(_contest):
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only"
        )


def spoil_guards(_contest):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER contest_act_append_only ON contest_act")


def spoil_consent(_contest):
    entry = Submission.objects.filter(publication_allowed=False).first()
    Submission.objects.filter(pk=entry.pk).update(publication_allowed=True)


def spoil_taken_back(_contest):
    ConsentChange.objects.create(
        submission=Submission.objects.first(),
        consent="publication",
        given=True,
        texts_version="1",
        language="lt",
        signed_by="Ona Onaitė",
        signed_role="pirmininkė",
        by_id=uuid4(),
    )


def spoil_assignment(_contest):
    Assignment.objects.filter(pk=Assignment.objects.first().pk).update(
        juror=JurorFactory()
    )


def spoil_criterion(_contest):
    other = seed_contest(slug="other", size=SIZE, seed=2).contest
    score = Score.objects.first()
    theirs = Criterion.objects.filter(contest=other).first()
    Score.objects.filter(pk=score.pk).update(criterion=theirs)
    events = ScoreEvent.objects.filter(sheet=score.sheet_id)
    with guards_off():
        events.filter(criterion=score.criterion_id).update(criterion=theirs)


def spoil_extended_entry(_contest):
    ExtensionFactory(submission=Submission.objects.first())


def spoil_sent_file(_contest):
    file = Attachment.objects.get()
    others = SubmissionVersion.objects.exclude(submission=file.submission_id)
    SentAttachment.objects.create(
        version=others.first(),
        attachment=file,
        position=9,
        is_main=False,
        may_be_shown=False,
    )


def spoil_decision(_contest):
    entry = Submission.objects.first()
    other = Submission.objects.exclude(pk=entry.pk).first()
    EligibilityDecision.objects.create(
        submission=entry, version=other.current_version, eligible=True, by_id=entry.pk
    )


def spoil_award(contest):
    AwardFactory(contest=contest)


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
    (spoil_late_version, {"submissions.sent_in_time"}),
    (spoil_deadline, {"submissions.sent_in_time"}),
    (spoil_extension, {"submissions.sent_in_time"}),
    (spoil_attached_size, {"submissions.files_are_whole"}),
    (spoil_attached_bytes, {"submissions.files_are_whole"}),
    (spoil_attached_file, {"submissions.files_are_whole"}),
    (spoil_preview, {"submissions.files_are_whole"}),
    (spoil_folder, {"submissions.files_have_rows"}),
    (spoil_guard, {"history.is_guarded"}),
    (spoil_guards, {"history.is_guarded"}),
    (spoil_consent, {"submissions.newest_consent_stands"}),
    (spoil_taken_back, {"submissions.newest_consent_stands"}),
    (spoil_assignment, {"parts.belong_together"}),
    (spoil_criterion, {"parts.belong_together"}),
    (spoil_extended_entry, {"parts.belong_together"}),
    (spoil_sent_file, {"parts.belong_together"}),
    (spoil_decision, {"parts.belong_together"}),
    (spoil_award, {"parts.belong_together", "scoring.awards_are_as_published"}),
    (spoil_scale, {"scoring.within_the_scale", "scoring.current_is_the_last_event"}),
    (spoil_history, {"scoring.current_is_the_last_event"}),
    (spoil_missing_score, {"scoring.current_is_the_last_event"}),
    (spoil_missing_history, {"scoring.current_is_the_last_event"}),
    (spoil_event_numbers, {"scoring.current_is_the_last_event"}),
    (spoil_sent, {"scoring.sent_as_recorded"}),
    (spoil_text, {"text.is_clean"}),
    (spoil_text_form, {"text.is_clean"}),
]
