"""What is recorded beside an entry: who allowed, asked, decided, agreed, and why.

``submissions.models`` names these models too; import them from there.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contest.models import Contest, Series
from core import clock
from organisations.models import Organisation

_ENTRY = "submissions.Submission"


class Extension(models.Model):
    """A later end of collection for one organisation, or for one entry of it."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest = models.ForeignKey(
        Contest, on_delete=models.PROTECT, related_name="extensions"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    submission = models.ForeignKey(
        _ENTRY, on_delete=models.PROTECT, null=True, related_name="extensions"
    )
    until = models.DateTimeField()
    reason = models.CharField(max_length=2000)
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.organisation_id} {self.until:%Y-%m-%d %H:%M}"


class CorrectionRequest(models.Model):
    """An entry given back to be corrected: why, which fields, until when."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(
        _ENTRY, on_delete=models.PROTECT, related_name="correction_requests"
    )
    until = models.DateTimeField()
    fields = models.JSONField(default=list)
    reason = models.CharField(max_length=2000)
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.submission_id} {self.until:%Y-%m-%d %H:%M}"


class RequirementCheck(models.Model):
    """Whether an entry was found to meet one requirement; the last row stands."""

    append_only = True

    id = models.BigAutoField(primary_key=True)
    submission = models.ForeignKey(
        _ENTRY, on_delete=models.PROTECT, related_name="requirement_checks"
    )
    requirement = models.CharField(max_length=40)
    met = models.BooleanField(null=True)
    note = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.requirement}: {self.met}"


class EligibilityDecision(models.Model):
    """A decision about an entry, of which the last one stands."""

    append_only = True

    id = models.BigAutoField(primary_key=True)
    submission = models.ForeignKey(
        _ENTRY, on_delete=models.PROTECT, related_name="decisions"
    )
    version = models.ForeignKey(
        "submissions.SubmissionVersion", on_delete=models.PROTECT, related_name="+"
    )
    eligible = models.BooleanField()
    reason = models.CharField(max_length=2000, blank=True)
    checks = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.submission_id}: {self.eligible}"


class ConfirmationQuerySet(models.QuerySet):
    def agreeing_to(self, version):
        """The owner's words that hold for this version: given to it, or on paper.

        A word on paper holds whatever is changed later.
        """
        return self.filter(Q(kind="owner", working_version=version) | Q(kind="paper"))


class Confirmation(models.Model):
    """The owner's word that others may enter this; names may be erased from it."""

    class Kind(models.TextChoices):
        OWNER = "owner", _("by the organisation here")
        PAPER = "paper", _("on paper")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(
        _ENTRY, on_delete=models.PROTECT, related_name="confirmations"
    )
    kind = models.CharField(max_length=5, choices=Kind.choices)
    working_version = models.PositiveIntegerField()
    signed_by = models.CharField(max_length=200)
    signed_role = models.CharField(max_length=100)
    reason = models.CharField(max_length=2000, blank=True)
    # What was agreed to here; on paper stands what the paper says: the file, if any.
    texts_version = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=7, blank=True)
    paper = models.ForeignKey(
        "submissions.Attachment",
        on_delete=models.PROTECT,
        null=True,
        related_name="confirmations",
    )
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="confirmation_on_paper_says_why",
                condition=Q(kind="owner") | ~Q(reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.submission_id}"


class ConsentChange(models.Model):
    """A consent given or taken back beside a sending; names may be erased from it.

    That to publish the entry, or that of the people shown in a photo of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(
        _ENTRY, on_delete=models.PROTECT, related_name="consent_changes"
    )
    attachment = models.ForeignKey(
        "submissions.Attachment",
        on_delete=models.PROTECT,
        null=True,
        related_name="consent_changes",
    )
    consent = models.CharField(max_length=20)
    given = models.BooleanField()
    texts_version = models.CharField(max_length=10)
    language = models.CharField(max_length=7)
    signed_by = models.CharField(max_length=200)
    signed_role = models.CharField(max_length=100)
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.consent}: {self.given}"


class Award(models.Model):
    """A place that an organisation took in an edition of a series."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="awards")
    contest = models.ForeignKey(
        Contest, on_delete=models.PROTECT, null=True, related_name="awards"
    )
    edition = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="awards"
    )
    nomination = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField(null=True)
    citation = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField(default=clock.now)
    by_id = models.UUIDField()

    class Meta:
        ordering = ["-year", "nomination", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "edition", "nomination", "organisation"],
                name="award_once_in_nomination_of_edition",
            ),
            models.CheckConstraint(
                name="award_place_from_one_up",
                condition=Q(place__isnull=True) | Q(place__gte=1),
            ),
        ]

    def __str__(self):
        return f"{self.edition} {self.nomination}: {self.organisation_id}"
