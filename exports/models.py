import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contest.models import Contest
from core import clock
from exports.querysets import ExportQuerySet
from jobs.models import Job


class Export(models.Model):
    """A coordinator's wish for a file; the work and its result are the job's.

    What the file turned out to be (when it was read, whether judging was still open,
    by which rules) is told by the job that made it.
    """

    class Kind(models.TextChoices):
        RANKING = "ranking", _("ranking")
        ENTRIES = "entries", _("entries")
        CONTACTS = "contacts", _("contacts")
        ATTACHMENTS = "attachments", _("attachments")

    class Format(models.TextChoices):
        XLSX = "xlsx"
        CSV = "csv"
        JSON = "json"
        ZIP = "zip"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest = models.ForeignKey(
        Contest, on_delete=models.PROTECT, related_name="exports"
    )
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="export")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.RANKING)
    file_format = models.CharField(max_length=4, choices=Format.choices)
    language = models.CharField(max_length=7)
    names_jurors = models.BooleanField(default=True)
    reason = models.CharField(max_length=2000, blank=True, default="")
    only = models.JSONField(default=list, blank=True)  # ids of entries; empty for all
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    is_interim = models.BooleanField(null=True)
    rulebook_version = models.PositiveIntegerField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="export_of_contacts_says_why",
                condition=~Q(kind="contacts") | ~Q(reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.contest_id} {self.kind} {self.file_format}"

    @property
    def entries(self):
        """The keys of the entries that it tells of; none means all."""
        return [uuid.UUID(pk) for pk in self.only]
