import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from mail.querysets import MessageQuerySet


class Message(models.Model):
    """One message to one address, as it was written, and what became of it.

    The row is the message; the broker only rings a bell. ``due_at`` is when a sender
    may take it: the next try, or the end of the lease of the one that has it.
    ``lease_token`` fences: whoever lost the lease can no longer write to the row.
    Person and contest are plain ids: they live in storeys above.
    """

    class Priority(models.IntegerChoices):
        CODE = 1  # holds a secret that works for minutes
        PERSONAL = 5  # answers what somebody just did
        MASS = 9  # goes to many at once, at a limited rate

    class State(models.TextChoices):
        WAITING = "waiting", _("waits to be sent")
        SENDING = "sending", _("is being sent")
        SENT = "sent", _("message sent")
        UNDELIVERED = "undelivered", _("not delivered")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    template = models.CharField(max_length=64)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices)
    to = models.CharField(max_length=254, blank=True)
    person_id = models.UUIDField(null=True, db_index=True)
    language = models.CharField(max_length=7)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    contest_id = models.UUIDField(null=True)
    sender_name = models.CharField(max_length=200, blank=True)
    reply_to = models.CharField(max_length=254, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    # SHA-256 of the occasion and the address: nobody is told the same thing twice.
    occasion_sha256 = models.CharField(max_length=64, unique=True)
    state = models.CharField(
        max_length=11, choices=State.choices, default=State.WAITING
    )
    due_at = models.DateTimeField(default=clock.now)
    tried_until = models.DateTimeField()
    lease_token = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lapses = models.PositiveSmallIntegerField(default=0)  # leases nobody gave back
    tried_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    server_said = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        indexes = [
            models.Index(
                fields=["priority", "due_at"],
                condition=Q(state__in=["waiting", "sending"]),
                name="message_next_by_priority",
            ),
            models.Index(
                fields=["tried_at"],
                condition=Q(priority=9),
                name="message_mass_by_last_try",
            ),
            models.Index(fields=["contest_id", "-created_at"], name="message_contest"),
            models.Index(
                fields=["sent_at"],
                condition=Q(erased_at__isnull=True),
                name="message_readable_by_sending",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_sending_iff_leased",
                condition=Q(state="sending", lease_token__isnull=False)
                | (~Q(state="sending") & Q(lease_token__isnull=True)),
            ),
            models.CheckConstraint(
                name="message_sent_iff_dated",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="message_undelivered_says_why",
                condition=~Q(state="undelivered") | ~Q(error=""),
            ),
            models.CheckConstraint(
                name="message_code_unreadable_once_over",
                condition=~Q(priority=1)
                | Q(state__in=["waiting", "sending"])
                | Q(erased_at__isnull=False),
            ),
            models.CheckConstraint(
                name="message_erased_is_empty",
                condition=Q(erased_at__isnull=True) | Q(subject="", text="", html=""),
            ),
            models.CheckConstraint(
                name="message_readable_has_an_address",
                condition=~Q(to="") | Q(erased_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.template} {self.pk}"
