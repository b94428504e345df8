"""The people of an edition: models, on a page apart; import them from ``models``."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contest.querysets import AuditorQuerySet, JurorQuerySet
from core import clock


class Coordinator(models.Model):
    """A person who runs an edition."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest = models.ForeignKey(
        "Contest", on_delete=models.PROTECT, related_name="coordinators"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "person"], name="coordinator_once_in_contest"
            ),
        ]

    def __str__(self):
        return f"{self.person_id} – {self.contest_id}"


class Auditor(models.Model):
    """Who may read an edition for a time, and why; every reading is recorded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest = models.ForeignKey(
        "Contest", on_delete=models.PROTECT, related_name="auditors"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    until = models.DateTimeField()
    reason = models.CharField(max_length=2000)
    created_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    objects = AuditorQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "person"],
                condition=Q(ended_at__isnull=True),
                name="auditor_once_at_a_time",
            ),
            models.CheckConstraint(
                name="auditor_is_named_for_a_time",
                condition=Q(until__gt=F("created_at")),
            ),
        ]

    def __str__(self):
        return f"{self.person_id} – {self.contest_id}"


class Juror(models.Model):
    """A seat on the panel; ``number`` is the key that hashed results know.

    Chair, deputy and member vote; a substitute does from ``activated_at`` on; secretary
    and observer never. Without ``invited_at`` the seat is planned and opens nothing.
    ``groups`` are the panels of nominations that the juror belongs to.
    """

    class Role(models.TextChoices):
        CHAIR = "chair"
        DEPUTY = "deputy"
        SECRETARY = "secretary"
        MEMBER = "member"
        OBSERVER = "observer"
        SUBSTITUTE = "substitute"

    VOTING = (Role.CHAIR, Role.DEPUTY, Role.MEMBER)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest = models.ForeignKey(
        "Contest", on_delete=models.PROTECT, related_name="jurors"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    groups = models.JSONField(default=list, blank=True)
    invited_at = models.DateTimeField(null=True, default=clock.now)
    activated_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    removed_at = models.DateTimeField(null=True)
    removed_reason = models.CharField(max_length=2000, blank=True)
    scores_excluded = models.BooleanField(default=False)

    objects = JurorQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "person"], name="juror_once_in_contest"
            ),
            models.UniqueConstraint(
                fields=["contest", "number"], name="juror_number_once_in_contest"
            ),
            models.UniqueConstraint(
                fields=["contest"],
                condition=Q(role="chair", removed_at__isnull=True),
                name="contest_has_one_chair",
            ),
            models.CheckConstraint(
                name="juror_scores_excluded_only_by_removal",
                condition=Q(scores_excluded=False) | Q(removed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="juror_activated_is_a_substitute",
                condition=Q(activated_at__isnull=True) | Q(role="substitute"),
            ),
            models.CheckConstraint(
                name="juror_replaces_only_when_activated",
                condition=Q(replaces__isnull=True) | Q(activated_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.key

    @property
    def key(self):
        """The pseudonym that stands in hashed results."""
        return f"J{self.number:02d}"

    @property
    def invitation(self):
        """How far the invitation is; read ``with_invitation``.

        planned (not sent), invited, expired (the code is out of date), known (had an
        account before), joined (has signed in since).
        """
        last = self.person.last_login
        if self.invited_at is None:
            return "planned"
        if last is not None:
            return "joined" if last >= self.invited_at else "known"
        return "invited" if self.has_code else "expired"

    @property
    def votes(self):
        """Whether this seat scores; a removed one keeps what it was."""
        return self.role in self.VOTING or self.activated_at is not None

    @property
    def is_voting(self):
        """Whether it scores now: the row form of ``JurorQuerySet.voting``."""
        is_acting = self.removed_at is None and self.invited_at is not None
        return is_acting and self.votes


class Rehearsal(models.Model):
    """A contest of generated people: which one it rehearses, and for whom.

    All its letters go to that person. ``Contest.is_rehearsal`` says the same without a
    query more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest = models.OneToOneField(
        "Contest", on_delete=models.PROTECT, related_name="rehearsal"
    )
    of = models.OneToOneField(
        "Contest", on_delete=models.PROTECT, related_name="rehearsed_as"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self):
        return f"{self.contest_id} of {self.of_id}"
