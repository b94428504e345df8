"""What stands between a juror and an entry: models on a page apart.

``submissions.models`` names them again.
"""

import uuid

from django.db import models
from django.db.models import Q

from contest.models import Juror
from core import clock
from submissions.querysets import AssignmentQuerySet, JurorExtensionQuerySet


class Assignment(models.Model):
    """A juror and an entry: assigned to score it, stepped back from it, or both.

    A conflict of interest closes the entry to the juror, assigned or not. It stands
    from the moment it is declared; until a coordinator confirms it, the juror may
    take it back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(
        "submissions.Submission", on_delete=models.PROTECT, related_name="assignments"
    )
    juror = models.ForeignKey(
        Juror, on_delete=models.PROTECT, related_name="assignments"
    )
    created_at = models.DateTimeField(default=clock.now)
    is_assigned = models.BooleanField(default=True)
    conflict_at = models.DateTimeField(null=True)
    # Kept when a conflict is lifted; erased when the juror takes it back.
    conflict_reason = models.CharField(max_length=2000, blank=True)
    conflict_confirmed_at = models.DateTimeField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["submission__reference", "juror__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "juror"], name="assignment_once"
            ),
            models.CheckConstraint(
                name="assignment_conflict_has_a_reason",
                condition=Q(conflict_at__isnull=True) | ~Q(conflict_reason=""),
            ),
            models.CheckConstraint(
                name="assignment_confirmed_only_in_conflict",
                condition=Q(conflict_confirmed_at__isnull=True)
                | Q(conflict_at__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_is_assigned_or_in_conflict",
                condition=Q(is_assigned=True) | Q(conflict_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.juror_id} – {self.submission_id}"

    @property
    def label(self):
        """Whose pair it is in the record: a pseudonym and a reference, no names."""
        return f"{self.juror.key} {self.submission}"


class ConflictEvent(models.Model):
    """One step in the life of a conflict of interest. Never changed; holds no text."""

    class Kind(models.TextChoices):
        FOUND = "found"  # by the house: the juror represents the organisation
        DECLARED = "declared"
        WITHDRAWN = "withdrawn"
        CONFIRMED = "confirmed"
        LIFTED = "lifted"

    append_only = True

    id = models.BigAutoField(primary_key=True)
    submission = models.ForeignKey(
        "submissions.Submission", on_delete=models.PROTECT, related_name="+"
    )
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.kind} {self.juror_id} – {self.submission_id}"


class ImpartialityDeclaration(models.Model):
    """A juror's signature under the text on impartiality and confidentiality."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    juror = models.ForeignKey(
        Juror, on_delete=models.PROTECT, related_name="declarations"
    )
    text_version = models.CharField(max_length=20)
    language = models.CharField(max_length=7)
    signed_by = models.CharField(max_length=200)
    role = models.CharField(max_length=10, blank=True)  # the seat at that time
    signed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["juror", "text_version"], name="declaration_once_per_text"
            ),
        ]

    def __str__(self):
        return f"{self.juror_id} v{self.text_version}"


class JurorExtension(models.Model):
    """More time for one juror after judging was closed; the last one told stands."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    juror = models.ForeignKey(
        Juror, on_delete=models.PROTECT, related_name="extensions"
    )
    until = models.DateTimeField()
    reason = models.CharField(max_length=2000)
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    objects = JurorExtensionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="juror_extension_has_a_reason", condition=~Q(reason="")
            ),
        ]

    def __str__(self):
        return f"{self.juror_id} {self.until:%Y-%m-%d %H:%M}"
