"""The files of an entry: models on a page apart.

``submissions.models`` names them again.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from submissions.querysets import AttachmentQuerySet

_TEXT = {"blank": True, "default": ""}


class Attachment(models.Model):
    """A file of an entry. Its bytes never change: another file is another row.

    What is said about it belongs to the working copy; what was said when the entry
    was sent stands in the version's content.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", _("photo")
        DOCUMENT = "document", _("document")
        SIGNED_CONSENT = "signed_consent", _("signed consent")
        PERSONAL = "personal", _("personal paper")

    #: Kinds that only the organisation and those who see its contacts may open.
    PRIVATE_KINDS = (Kind.SIGNED_CONSENT, Kind.PERSONAL)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(
        "submissions.Submission", on_delete=models.PROTECT, related_name="attachments"
    )
    kind = models.CharField(max_length=14, choices=Kind.choices)
    question = models.CharField(max_length=40, **_TEXT)  # the code of what it answers
    position = models.PositiveSmallIntegerField()
    is_main = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.UUIDField()
    removed_at = models.DateTimeField(null=True)

    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=30)
    stored_name = models.CharField(max_length=60, unique=True)
    preview_name = models.CharField(max_length=60, blank=True, db_index=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    received_sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)

    caption = models.CharField(max_length=500, **_TEXT)
    author = models.CharField(max_length=200, **_TEXT)
    licence = models.CharField(max_length=200, **_TEXT)
    people_shown = models.BooleanField(null=True, default=None)  # None: not said
    minors_shown = models.BooleanField(default=False)
    consent = models.BooleanField(default=False)
    consent_holder = models.CharField(max_length=200, **_TEXT)
    declared_at = models.DateTimeField(null=True)  # the people, after it was sent
    consent_withdrawn_at = models.DateTimeField(null=True)

    answers_to: str  # the words of its question, where ``naming_questions`` was asked

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["position", "created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "kind", "question", "received_sha256"],
                condition=Q(removed_at__isnull=True),
                name="attachment_bytes_once_for_question",
            ),
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(is_main=True, removed_at__isnull=True),
                name="attachment_one_is_main",
            ),
            models.CheckConstraint(
                name="attachment_main_is_a_photo",
                condition=Q(is_main=False) | Q(kind="photo"),
            ),
            models.CheckConstraint(
                name="attachment_minors_are_people",
                condition=Q(minors_shown=False)
                | Q(people_shown=True, people_shown__isnull=False),
            ),
            models.CheckConstraint(
                name="attachment_picture_iff_preview",
                condition=Q(preview_name="", width__isnull=True, height__isnull=True)
                | (Q(width__gt=0, height__gt=0) & ~Q(preview_name="")),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_private(self):
        return self.kind in self.PRIVATE_KINDS

    @property
    def may_be_shown(self):
        """Whether it is said that nobody is recognised without having agreed."""
        return self.consent or self.people_shown is False

    @property
    def is_undeclared(self):
        """Whether nobody said of a photo if people can be recognised in it."""
        is_photo = self.kind == self.Kind.PHOTO
        return is_photo and self.people_shown is None and not self.consent

    @property
    def is_declarable(self):
        """Whether something may still be said of its people once it was sent.

        What somebody shown took back stays so.
        """
        was_withdrawn = self.consent_withdrawn_at is not None
        return self.is_undeclared or (self.lacks_consent and not was_withdrawn)

    @property
    def lacks_consent(self):
        """Whether people can be recognised in it whose consent is not noted."""
        return bool(self.people_shown) and not self.consent


class SentAttachment(models.Model):
    """A file that went with a version. Never changed; holds nothing to be erased."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(
        "submissions.SubmissionVersion", on_delete=models.PROTECT, related_name="files"
    )
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="sendings"
    )
    position = models.PositiveSmallIntegerField()
    is_main = models.BooleanField()
    may_be_shown = models.BooleanField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "attachment"], name="attachment_sent_once_a_version"
            ),
        ]

    def __str__(self):
        return f"{self.attachment_id} in {self.version_id}"
