import uuid

from django.conf import settings
from django.db import models

from contest.models import Contest
from core import clock
from jobs.models import Job


class Export(models.Model):
    """A coordinator's wish for a file; the work and its result are the job's."""

    class Format(models.TextChoices):
        XLSX = "xlsx"
        CSV = "csv"
        JSON = "json"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest = models.ForeignKey(
        Contest, on_delete=models.PROTECT, related_name="exports"
    )
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="export")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    file_format = models.CharField(max_length=4, choices=Format.choices)
    language = models.CharField(max_length=7)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-created_at", "pk"]

    def __str__(self):
        return f"{self.contest_id} {self.file_format}"
