from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Subquery

from contest.models import Contest
from contest.phases import ActKind, Dates, closing_time
from contest.phases import Extension as Told
from core.digests import json_digest
from core.invariants import invariant
from jobs.files import difference
from submissions import storage
from submissions.consents import PUBLICATION
from submissions.file_selectors import files_without_row
from submissions.models import (
    Attachment,
    ConsentChange,
    CorrectionRequest,
    Extension,
    Submission,
    SubmissionVersion,
    VersionContent,
)

# The sweeper removes it after a day, and may have been away for another one.
_SWEPT_BY = timedelta(days=2)


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


@invariant("submissions.sent_in_time", "Every sending was within its entry's time.")
def sent_in_time() -> Iterable[str]:
    own_ends = _own_ends()
    for contest in Contest.objects.with_course().iterator(chunk_size=20):
        sent = SubmissionVersion.objects.filter(submission__contest=contest)
        for version in sent.select_related("submission").iterator():
            entry = version.submission
            keys = entry.pk, (contest.pk, entry.organisation_id)
            ends = [end for key in keys for end in own_ends.get(key, [])]
            if not _is_in_time(version, contest, ends):
                yield str(version.pk)


def _own_ends() -> dict[Any, list[Told]]:
    """Collect the later ends given to an entry, or to an organisation in a contest."""
    found: dict[Any, list[Told]] = defaultdict(list)
    for each in Extension.objects.iterator():
        of_all = each.contest_id, each.organisation_id
        found[each.submission_id or of_all].append(Told(each.at, each.until))
    for request in CorrectionRequest.objects.iterator():
        found[request.submission_id].append(Told(request.at, request.until))
    return found


def _is_in_time(
    version: SubmissionVersion, contest: Contest, own_ends: Iterable[Told]
) -> bool:
    """Judge by what had been told by then; a secretariat enters what came on paper."""
    at = version.submitted_at
    acts = [act for act in contest.course() if act.at <= at]
    if any(act.kind == ActKind.OPEN_JUDGING for act in acts):
        return False
    if version.submission.entered_by == Submission.EnteredBy.SECRETARIAT:
        return True
    moves = [
        Told(act.at, act.until) for act in acts if act.kind == ActKind.MOVE_DEADLINE
    ]
    closes = closing_time(Dates(contest.opens_at, contest.closes_at), moves)
    ends = [end.until for end in own_ends if end.at <= at]
    return any(at < end for end in (closes, *ends) if end is not None)


@invariant("submissions.files_are_whole", "An attached file has its size and SHA-256.")
def files_are_whole() -> Iterable[str]:
    rows = Attachment.objects.order_by().values_list(
        "pk", "stored_name", "preview_name", "size", "sha256"
    )
    for pk, name, preview_name, size, sha256 in rows.iterator():
        path = storage.path_of(name)
        if wrong := difference(path, size=size, sha256=sha256):
            yield f"{pk} {wrong}"
        elif preview_name and not storage.path_of(preview_name).is_file():
            yield f"{pk} preview"


@invariant("submissions.files_have_rows", "No file lies about that no entry has.")
def files_have_rows() -> Iterable[str]:
    yield from (path.name for path in files_without_row(older_than=_SWEPT_BY))


@invariant(
    "submissions.newest_consent_stands",
    "An entry may be published as its newest recorded consent says.",
)
def newest_consent_stands() -> Iterable[str]:
    changes = ConsentChange.objects.filter(
        submission=OuterRef("pk"),
        consent=PUBLICATION,
        at__gte=OuterRef("submitted_at"),
    ).order_by("-at", "-pk")
    rows = (
        Submission.objects.sent()
        .annotate(said_since=Subquery(changes.values("given")[:1]))
        .values_list(
            "pk",
            "publication_allowed",
            "said_since",
            "current_version__content__consents",
        )
    )
    for pk, allowed, said_since, sent in rows.iterator():
        agreed = (sent or {}).get(PUBLICATION) if said_since is None else said_since
        if allowed != bool(agreed):
            yield str(pk)
