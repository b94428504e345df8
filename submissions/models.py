import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contest.models import Contest, RulebookVersion
from core import clock
from organisations.countries.pack import PLACE_LENGTH
from organisations.models import Organisation
from submissions.attached import Attachment, SentAttachment
from submissions.content import MONEY_FIELDS
from submissions.judges import (
    Assignment,
    ConflictEvent,
    ImpartialityDeclaration,
    JurorExtension,
)
from submissions.querysets import SubmissionQuerySet
from submissions.records import (
    Award,
    Confirmation,
    ConsentChange,
    CorrectionRequest,
    EligibilityDecision,
    Extension,
    RequirementCheck,
)
from submissions.status import IN_EVALUATION, standing_state

__all__ = [
    "Assignment",
    "Attachment",
    "Award",
    "ColumnChoice",
    "Confirmation",
    "ConflictEvent",
    "ConsentChange",
    "CorrectionRequest",
    "EligibilityDecision",
    "Extension",
    "ImpartialityDeclaration",
    "JurorExtension",
    "RequirementCheck",
    "SentAttachment",
    "Submission",
    "SubmissionVersion",
    "VersionContent",
]

_MONEY = {"max_digits": 12, "decimal_places": 2, "null": True}
_TEXT = {"blank": True, "default": ""}
_NO_DEBTS = [
    Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0}) for name in MONEY_FIELDS
]


class Submission(models.Model):
    """An organisation's entry: the working copy, and which version is entered."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned for correction")
        ELIGIBLE = "eligible", _("eligible")
        INELIGIBLE = "ineligible", _("ineligible")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class EnteredBy(models.TextChoices):
        OWNER = "owner", _("the organisation itself")
        ACTION_GROUP = "action_group", _("a local action group")
        NOMINATOR = "nominator", _("a nominator")
        SECRETARIAT = "secretariat", _("the secretariat of the contest")

    #: The states with the one that organisations are told instead of „eligible“.
    TOLD_STATES = [*State.choices, (IN_EVALUATION, _("in evaluation"))]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest = models.ForeignKey(
        Contest, on_delete=models.PROTECT, related_name="submissions"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="submissions"
    )
    entered_by = models.CharField(
        max_length=12, choices=EnteredBy.choices, default=EnteredBy.OWNER
    )
    prepared_by = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="prepared_submissions",
    )
    reference = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)
    created_by_id = models.UUIDField()
    changed_at = models.DateTimeField(default=clock.now)
    changed_by_id = models.UUIDField(null=True)
    # Who changed which field when, on what; told where two collide, until it is sent.
    touched = models.JSONField(default=dict, blank=True)
    submitted_at = models.DateTimeField(null=True)
    current_version = models.OneToOneField(
        "SubmissionVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=2000, blank=True)
    checks = models.JSONField(default=dict, blank=True)
    withdrawn_reason = models.CharField(max_length=2000, blank=True)
    withdrawn_from = models.CharField(max_length=10, blank=True)
    returned_until = models.DateTimeField(null=True)
    returned_fields = models.JSONField(default=list, blank=True)
    returned_reason = models.CharField(max_length=2000, blank=True)
    extended_until = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True)
    publication_allowed = models.BooleanField(default=False)

    title = models.CharField(max_length=300, **_TEXT)
    summary = models.TextField(**_TEXT)
    innovation = models.TextField(**_TEXT)
    success = models.TextField(**_TEXT)
    social_responsibility = models.TextField(**_TEXT)
    measure = models.CharField(max_length=60, **_TEXT)
    project_number = models.CharField(max_length=100, **_TEXT)
    contract_number = models.CharField(max_length=100, **_TEXT)
    total = models.DecimalField(**_MONEY)
    grant_awarded = models.DecimalField(**_MONEY)
    grant_paid = models.DecimalField(**_MONEY)
    with_vat = models.BooleanField(null=True)
    share_eu = models.DecimalField(**_MONEY)
    share_state = models.DecimalField(**_MONEY)
    share_municipality = models.DecimalField(**_MONEY)
    share_partners = models.DecimalField(**_MONEY)
    share_own = models.DecimalField(**_MONEY)
    share_in_kind = models.DecimalField(**_MONEY)
    started_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    place = models.CharField(max_length=200, **_TEXT)
    eldership = models.CharField(max_length=200, **_TEXT)
    municipality = models.CharField(max_length=PLACE_LENGTH, **_TEXT)
    action_group = models.CharField(max_length=200, **_TEXT)
    partners = models.TextField(**_TEXT)
    links = models.JSONField(default=list, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    nominations = models.JSONField(default=list, blank=True)
    contact_name = models.CharField(max_length=200, **_TEXT)
    contact_email = models.EmailField(max_length=254, **_TEXT)
    contact_phone = models.CharField(max_length=40, **_TEXT)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["reference", "created_at", "pk"]
        indexes = [models.Index(fields=["contest", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "reference"],
                condition=~Q(reference=""),
                name="submission_reference_unique_in_contest",
            ),
            models.UniqueConstraint(
                fields=["contest", "organisation", "title"],
                condition=~Q(title="") & ~Q(state="withdrawn"),
                name="submission_title_once_per_organisation",
            ),
            # Sent, numbered and frozen are one fact told three times.
            models.CheckConstraint(
                name="submission_sent_iff_numbered_and_frozen",
                condition=Q(
                    submitted_at__isnull=True,
                    current_version__isnull=True,
                    reference="",
                    state__in=["draft", "withdrawn"],
                )
                | (
                    Q(submitted_at__isnull=False, current_version__isnull=False)
                    & ~Q(reference="")
                    & ~Q(state="draft")
                ),
            ),
            models.CheckConstraint(
                name="submission_eligibility_iff_decided",
                condition=Q(
                    state__in=["eligible", "ineligible"], decided_at__isnull=False
                )
                | Q(
                    state__in=["draft", "submitted", "returned"],
                    decided_at__isnull=True,
                )
                | Q(state="withdrawn"),
            ),
            models.CheckConstraint(
                name="submission_withdrawn_knows_what_it_was",
                condition=Q(state="withdrawn")
                & ~Q(withdrawn_from__in=["", "withdrawn"])
                | ~Q(state="withdrawn") & Q(withdrawn_from=""),
            ),
            models.CheckConstraint(
                name="submission_returned_until_a_time",
                condition=~Q(state="returned") | Q(returned_until__isnull=False),
            ),
            models.CheckConstraint(
                name="submission_prepared_iff_by_others",
                condition=Q(
                    entered_by__in=["action_group", "nominator"],
                    prepared_by__isnull=False,
                )
                # A person may nominate without an organisation.
                | Q(
                    entered_by__in=["owner", "secretariat", "nominator"],
                    prepared_by__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="submission_owes_nothing", condition=Q(*_NO_DEBTS)
            ),
            models.CheckConstraint(
                name="submission_starts_before_it_ends",
                condition=Q(started_on__isnull=True)
                | Q(finished_on__isnull=True)
                | Q(started_on__lte=F("finished_on")),
            ),
        ]

    def __str__(self):
        return self.reference or f"draft {self.pk}"

    @property
    def currency(self):
        return self.contest.currency

    @property
    def form(self):
        """The rulebook whose questions it answers: the one it was sent under first.

        A draft follows the rulebook in force.
        """
        if self.current_version is None:
            return self.contest.rules_in_force
        return self.current_version.rulebook

    @property
    def is_prepared_by_others(self):
        return self.entered_by != self.EnteredBy.OWNER

    @property
    def nominator_id(self):
        """The person who nominated it alone, without an organisation; else None."""
        is_alone = self.prepared_by_id is None
        is_nominated = self.entered_by == self.EnteredBy.NOMINATOR
        return self.created_by_id if is_nominated and is_alone else None

    @property
    def interested_organisations(self):
        """Whose people have an interest in it: the owner and who prepared it."""
        return {self.organisation_id, self.prepared_by_id} - {None}

    @property
    def open_until(self):
        """Its own end of collection: an extension, or the time to correct it."""
        returned = self.state == self.State.RETURNED
        ends = [self.extended_until, self.returned_until if returned else None]
        return max(filter(None, ends), default=None)

    @property
    def deadline(self):
        """Until when it can be sent: the contest's deadline, or a later one of its own.

        Once collection is over, a time that has passed says that it was.
        """
        return max(filter(None, [self.contest.deadline, self.open_until]), default=None)

    @property
    def standing_state(self):
        """What it is now: a correction that did not come in time changes nothing."""
        now = self.contest.moment or clock.now()
        phase = self.contest.state_at(now).phase
        return self.State(standing_state(self.state, self.returned_until, phase, now))

    @property
    def sent_document(self):
        """What is entered: the content of the version sent last."""
        return self.current_version.content.document

    @property
    def title_told(self):
        """The title that was sent; of a draft that others may see, its own."""
        return (
            self.title if self.current_version is None else self.sent_document["title"]
        )

    @property
    def has_unsent_changes(self):
        """Whether the working copy differs from what is entered."""
        return (
            self.current_version is not None
            and self.current_version.working_version != self.version
        )


class SubmissionVersion(models.Model):
    """The receipt of one sending. Never changed; holds nothing that may be erased."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    working_version = models.PositiveIntegerField()
    rulebook = models.ForeignKey(
        RulebookVersion, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField()
    by_id = models.UUIDField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "number"], name="version_number_once_in_entry"
            ),
        ]

    def __str__(self):
        return f"{self.submission_id} v{self.number}"


class VersionContent(models.Model):
    """What was sent. Apart from the receipt, because personal data can be erased."""

    version = models.OneToOneField(
        SubmissionVersion,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="content",
    )
    document = models.JSONField()
    salt = models.CharField(max_length=32)
    signed_by = models.CharField(max_length=200)
    signed_role = models.CharField(max_length=100)
    consents = models.JSONField(default=dict)
    language = models.CharField(max_length=7, blank=True)

    def __str__(self):
        return str(self.version_id)


class ColumnChoice(models.Model):
    """Which columns a person shows in the list of a contest's entries, by code."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "contest"], name="column_choice_once_in_contest"
            ),
        ]

    def __str__(self):
        return f"{self.person_id} – {self.contest_id}"
