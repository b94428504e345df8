import uuid

from django.db import models
from django.db.models import Q

from contest.models import Act, Contest, Criterion, RulebookVersion
from core import clock
from submissions.models import Assignment, Submission


class Sheet(models.Model):
    """A juror's score sheet for one entry: a draft until it is sent.

    The two comments differ in who reads them. An excluded sheet is kept as it is, and
    none of its scores counts.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        SENT = "sent"

    assignment = models.OneToOneField(
        Assignment, on_delete=models.PROTECT, primary_key=True, related_name="sheet"
    )
    state = models.CharField(max_length=5, choices=State.choices, default=State.DRAFT)
    sent_at = models.DateTimeField(null=True)
    comment_commission = models.TextField(blank=True, default="")
    comment_entrant = models.TextField(blank=True, default="")
    comments_version = models.PositiveIntegerField(default=0)
    # Why it was given back to its juror, while it is not sent again.
    reopened_reason = models.CharField(max_length=2000, blank=True, default="")
    excluded_at = models.DateTimeField(null=True)
    excluded_reason = models.CharField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sheet_excluded_iff_reason",
                condition=Q(excluded_at__isnull=True, excluded_reason="")
                | (Q(excluded_at__isnull=False) & ~Q(excluded_reason="")),
            ),
            models.CheckConstraint(
                name="sheet_reopened_is_not_sent",
                condition=Q(state="draft") | Q(reopened_reason=""),
            ),
            models.CheckConstraint(
                name="sheet_sent_iff_sent_at",
                condition=Q(state="sent", sent_at__isnull=False)
                | Q(state="draft", sent_at__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.assignment_id} {self.state}"


class Score(models.Model):
    """A juror's current value for one criterion, in steps of the scale.

    ``steps`` is None for "not scored", which is not zero.
    """

    id = models.BigAutoField(primary_key=True)
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, related_name="scores"
    )
    steps = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion"], name="score_once_per_criterion"
            ),
        ]

    def __str__(self):
        return f"{self.criterion_id}: {self.steps}"


class ScoreEvent(models.Model):
    """One change of a score or a sheet. Never changed; holds no text."""

    class Kind(models.TextChoices):
        SAVED = "saved"  # one criterion
        REMARKED = "remarked"  # the comments on the whole
        SENT = "sent"
        REOPENED = "reopened"
        EXCLUDED = "excluded"
        INCLUDED = "included"

    append_only = True

    id = models.BigAutoField(primary_key=True)
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    steps = models.PositiveSmallIntegerField(null=True)
    version = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion", "version"],
                name="score_event_once_per_version",
            ),
            models.CheckConstraint(
                name="score_event_names_what_was_saved",
                condition=Q(
                    kind="saved", criterion__isnull=False, version__isnull=False
                )
                | Q(kind="remarked", criterion__isnull=True, version__isnull=False)
                | (
                    ~Q(kind__in=["saved", "remarked"])
                    & Q(criterion__isnull=True, version__isnull=True)
                ),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.sheet_id}"


class FrozenResult(models.Model):
    """The ranking as it stood at an act, with all that it was computed from.

    ``text`` is the canonical form (``scoring/canonical.py``): pseudonymous keys and
    numbers, nothing that may have to be erased; ``digest`` its SHA-256. Never changed.
    """

    append_only = True

    act = models.OneToOneField(
        Act, on_delete=models.PROTECT, primary_key=True, related_name="result"
    )
    contest = models.ForeignKey(
        Contest, on_delete=models.PROTECT, related_name="results"
    )
    rulebook = models.ForeignKey(
        RulebookVersion, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "pk"]

    def __str__(self):
        return f"{self.contest_id} {self.digest[:12]}"


class ChairDecision(models.Model):
    """In what order the chair put entries of a list that nothing else told apart.

    ``references`` are all that were tied, best first. Never changed: of those about the
    same tie the newest stands; where other entries are tied, none of them does.
    """

    append_only = True

    id = models.BigAutoField(primary_key=True)
    contest = models.ForeignKey(
        Contest, on_delete=models.PROTECT, related_name="chair_decisions"
    )
    nomination = models.CharField(max_length=40)
    references = models.JSONField()
    reason = models.CharField(max_length=2000)
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.nomination}: {', '.join(self.references)}"


class Citation(models.Model):
    """The jury's words of praise for an entry in a list; published with the result."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest = models.ForeignKey(
        Contest, on_delete=models.PROTECT, related_name="citations"
    )
    nomination = models.CharField(max_length=40)
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="citations"
    )
    text = models.CharField(max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    class Meta:
        ordering = ["nomination", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "nomination", "submission"],
                name="citation_once_in_nomination",
            ),
        ]

    def __str__(self):
        return f"{self.nomination} {self.submission_id}"


class SpecialAward(models.Model):
    """An award beside the places that an entry was given, with the jury's words why.

    ``award`` is its code in the rules. It counts while the rules know it and the entry
    competes (``scoring/special_awards.py``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest = models.ForeignKey(
        Contest, on_delete=models.PROTECT, related_name="special_awards"
    )
    award = models.CharField(max_length=40)
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="special_awards"
    )
    citation = models.CharField(max_length=2000, blank=True)
    given_at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    class Meta:
        ordering = ["award", "given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "award", "submission"],
                name="special_award_once_for_entry",
            ),
        ]

    def __str__(self):
        return f"{self.award} {self.submission_id}"
