import uuid

from django.db import models

from core import clock


class Event(models.Model):
    """Who did what to which thing, in words that outlive the thing.

    Actor and subject are plain ids and labels: a person may be erased, an entry
    anonymised, and the record still stands.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=clock.now, db_index=True)
    action = models.CharField(max_length=64)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=64, blank=True)
    contest_id = models.UUIDField(null=True, db_index=True)
    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    subject_label = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=2000, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.action} {self.subject_label}"
