from collections.abc import Iterable

from django.db.models import Count, F, Max

from core.digests import json_digest
from core.invariants import invariant
from submissions.models import Assignment, Submission, SubmissionVersion, VersionContent


@invariant(
    "submissions.entered_is_the_last_sent", "An entry's version is its own newest one."
)
def entered_is_the_last_sent() -> Iterable[str]:
    rows = Submission.objects.annotate(
        newest=Max("versions__number"), sendings=Count("versions")
    ).filter(sendings__gt=0)
    wrong = rows.exclude(
        current_version__submission_id=F("pk"), current_version__number=F("newest")
    )
    yield from (str(pk) for pk in wrong.values_list("pk", flat=True))


@invariant("submissions.no_receipt_is_missing", "Receipts of an entry are 1, 2, 3 ….")
def no_receipt_is_missing() -> Iterable[str]:
    rows = (
        SubmissionVersion.objects.order_by()
        .values("submission")
        .annotate(newest=Max("number"), count=Count("pk"))
    )
    wrong = rows.exclude(newest=F("count"))
    yield from (str(pk) for pk in wrong.values_list("submission", flat=True))


@invariant("submissions.receipts_hold", "What was sent has the SHA-256 of its receipt.")
def receipts_hold() -> Iterable[str]:
    contents = VersionContent.objects.select_related("version")
    for content in contents.iterator():
        if json_digest(content.document, salt=content.salt) != content.version.sha256:
            yield str(content.version_id)


@invariant(
    "submissions.assigned_within_a_contest", "Entry and juror are of one contest."
)
def assigned_within_a_contest() -> Iterable[str]:
    mixed = Assignment.objects.exclude(juror__contest=F("submission__contest"))
    yield from (str(pk) for pk in mixed.values_list("pk", flat=True))
