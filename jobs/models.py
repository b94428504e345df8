import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from jobs.querysets import JobQuerySet


class Job(models.Model):
    """One piece of long work and what became of it.

    The row is the work; the broker only rings a bell. ``lease_token`` fences: whoever
    lost the lease can no longer write to the row.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")
        EXPIRED = "expired", _("expired")  # done, and its file is no longer kept

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=64)
    state = models.CharField(max_length=9, choices=State.choices, default=State.QUEUED)
    parameters = models.JSONField(default=dict)
    requester_id = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    file_name = models.CharField(max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_size = models.PositiveBigIntegerField(null=True)
    kept_for = models.DurationField(null=True)  # the file, once it is done
    expires_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        indexes = [
            models.Index(
                fields=["lease_until"],
                condition=Q(state__in=["queued", "running"]),
                name="job_active_by_lease",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="job_running_iff_leased",
                condition=Q(
                    state="running",
                    lease_token__isnull=False,
                    lease_until__isnull=False,
                )
                | (~Q(state="running") & Q(lease_token__isnull=True)),
            ),
            models.CheckConstraint(
                name="job_file_only_when_done_and_whole",
                condition=Q(file_name="", file_sha256="", file_size__isnull=True)
                | (
                    Q(state="done", file_size__isnull=False)
                    & ~Q(file_name="")
                    & ~Q(file_sha256="")
                )
                # What was handed out can be recognised after it is gone.
                | (
                    Q(state="expired", file_name="", file_size__isnull=False)
                    & ~Q(file_sha256="")
                ),
            ),
            models.CheckConstraint(
                name="job_progress_within_total", condition=Q(done__lte=F("total"))
            ),
            models.CheckConstraint(
                name="job_failed_says_why",
                condition=~Q(state="failed") | ~Q(error=""),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def is_active(self):
        return self.state in (self.State.QUEUED, self.State.RUNNING)


class IdempotencyKey(models.Model):
    """The answer to a creating request, kept so that a repetition creates nothing."""

    id = models.BigAutoField(primary_key=True)
    person_id = models.UUIDField()
    key = models.CharField(max_length=200)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    etag = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "key"], name="idempotency_key_once_per_person"
            ),
        ]

    def __str__(self):
        return self.key
