"""The models of files of the register: brought in, and asked for."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from jobs.models import Job


class ImportRun(models.Model):
    """A file brought in for the register: what it would change, what was done.

    ``contest_id`` is the edition whose coordinator brought it. The file itself, and
    what was found wrong in it, are erased after a time; counts and acts stay.
    """

    class Mode(models.TextChoices):
        ALL_OR_NOTHING = "all_or_nothing", _("all or nothing")
        GOOD_ROWS = "good_rows", _("the good rows now")

    class State(models.TextChoices):
        CHECKING = "checking", _("being checked")
        REFUSED = "refused", _("the file cannot be read")
        CHECKED = "checked", _("checked, nothing written yet")
        APPLYING = "applying", _("being written")
        NOT_APPLIED = "not_applied", _("nothing was written")
        APPLIED = "applied", _("written")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest_id = models.UUIDField(db_index=True)
    country = models.CharField(max_length=2)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(max_length=255)
    stored_name = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    check_job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="+")
    apply_job = models.OneToOneField(
        Job, on_delete=models.PROTECT, null=True, related_name="+"
    )
    mode = models.CharField(max_length=14, choices=Mode.choices, blank=True)
    facts = models.JSONField(default=dict)
    refusal = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    outcomes = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="import_applied_by_a_job_in_a_mode",
                condition=Q(applied_at__isnull=True)
                | (Q(apply_job__isnull=False) & ~Q(mode="")),
            ),
            models.CheckConstraint(
                name="import_erased_has_no_file",
                condition=Q(erased_at__isnull=True) | Q(stored_name=""),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def job(self) -> Job:
        """The job that speaks of the present state."""
        return self.apply_job or self.check_job

    @property
    def state(self) -> "ImportRun.State":
        if self.applied_at is not None:
            return self.State.APPLIED
        if self.job.state == Job.State.FAILED:
            return self.State.FAILED
        if self.refusal:
            return self.State.REFUSED
        if self.apply_job is not None:
            is_over = self.apply_job.state == Job.State.DONE
            return self.State.NOT_APPLIED if is_over else self.State.APPLYING
        is_over = self.check_job.state == Job.State.DONE
        return self.State.CHECKED if is_over else self.State.CHECKING


class ImportProblem(models.Model):
    """One thing to look at in a file: where, what was received, the reason's code."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="problems"
    )
    row = models.PositiveIntegerField()
    field = models.CharField(max_length=20, blank=True)
    column = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=40)
    received = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict)
    is_error = models.BooleanField(default=True)

    class Meta:
        ordering = ["row", "pk"]

    def __str__(self) -> str:
        return f"{self.row} {self.column} {self.code}"


class RegisterExport(models.Model):
    """A coordinator's wish for the register as a file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest_id = models.UUIDField(db_index=True)
    country = models.CharField(max_length=2)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="+")
    with_contacts = models.BooleanField(default=False)
    language = models.CharField(max_length=7)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.country} {self.language}"
