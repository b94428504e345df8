import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.collation import search_key, sort_key
from organisations.countries import HOME, country
from organisations.countries.pack import PLACE_LENGTH
from organisations.querysets import (
    ClaimQuerySet,
    OrganisationManager,
    OrganisationQuerySet,
    RepresentativeQuerySet,
)
from organisations.runs import ImportProblem, ImportRun, RegisterExport

__all__ = [
    "Change",
    "Claim",
    "ImportProblem",
    "ImportRun",
    "Organisation",
    "RegisterExport",
    "Representative",
]


class Organisation(models.Model):
    """A community, an association, a public body: whoever may enter a contest.

    A duplicate that was merged keeps its row and points to the one that stands for it.
    Those that were generated for a rehearsal (``rehearsed_in``) are no part of the
    register: only ``generated`` and what points to them find them.
    """

    class Kind(models.TextChoices):
        COMMUNITY = "community"
        NGO = "ngo"
        ACTION_GROUP = "action_group"
        PUBLIC_BODY = "public_body"
        COMPANY = "company"
        OTHER = "other"

    class CodeState(models.TextChoices):
        VALID = "valid", _("code holds")
        TO_CHECK = "to_check", _("code to check")
        MISSING = "missing", _("has no code")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    country = models.CharField(max_length=2, default=HOME)
    name = models.CharField(max_length=300)
    name_search = models.CharField(max_length=600, editable=False)
    name_sort = models.CharField(max_length=120, editable=False, db_index=True)
    name_key = models.CharField(max_length=300, editable=False, db_index=True)
    former_names = models.JSONField(default=list, blank=True)
    code = models.CharField(max_length=20, blank=True)
    code_state = models.CharField(
        max_length=8, choices=CodeState.choices, default=CodeState.TO_CHECK
    )
    former_codes = models.JSONField(default=list, blank=True)
    search_also = models.TextField(blank=True, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    legal_form = models.CharField(max_length=40, blank=True)
    municipality = models.CharField(max_length=PLACE_LENGTH, blank=True)
    eldership = models.CharField(max_length=100, blank=True)
    action_group = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged"
    )
    rehearsed_in = models.UUIDField(null=True, db_index=True)  # the contest's id
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)

    objects = OrganisationManager()
    generated = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name_sort", "pk"]
        indexes = [models.Index(fields=["municipality"])]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "code"],
                condition=~Q(code=""),
                name="organisation_code_unique_in_country",
            ),
            models.CheckConstraint(
                name="organisation_has_a_name", condition=~Q(name="")
            ),
            models.CheckConstraint(
                name="organisation_valid_code_is_there",
                condition=~Q(code_state="valid", code=""),
            ),
            models.CheckConstraint(
                name="organisation_missing_code_is_empty",
                condition=~Q(code_state="missing") | Q(code=""),
            ),
            models.CheckConstraint(
                name="organisation_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
        ]

    def __str__(self):
        return self.name

    def set_name(self, name):
        """Set the name with the columns it is searched, sorted and compared by."""
        self.name = name
        self.name_search = search_key(name)[:600]
        self.name_sort = sort_key(name)
        self.name_key = country(self.country).name_key(name)[:300]

    def set_search(self):
        """Gather what it is also found by: its code, former codes and former names."""
        words = [self.code, *self.former_codes, *self.former_names]
        self.search_also = f" {search_key(' '.join(words))} "

    @property
    def municipality_name(self):
        return country(self.country).place_name(self.municipality)

    @property
    def county(self):
        place = country(self.country).county_of(self.municipality)
        return place.code if place else ""

    @property
    def county_name(self):
        return country(self.country).county_name(self.municipality)

    @property
    def action_group_is_listed(self):
        return self.action_group in country(self.country).action_groups


class Representative(models.Model):
    """A person who acts for an organisation, from a day until further notice.

    ``person`` is the account. Several people may share one address, each with a row and
    a ``name`` of their own; where it is empty, the account's name is meant.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="representatives"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=100, blank=True)
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.UUIDField(null=True)
    end_note = models.CharField(max_length=500, blank=True)

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person", "name"],
                condition=Q(ended_at__isnull=True),
                name="representative_once_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.person_id} – {self.organisation_id}"

    @property
    def shown_name(self):
        return self.name or self.person.name


class Claim(models.Model):
    """A person asks to act for an organisation; somebody entitled decides.

    While it is pending it opens nothing.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("waits for an answer")
        APPROVED = "approved", _("request approved")
        REFUSED = "refused", _("request refused")
        WITHDRAWN = "withdrawn", _("request withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="claims"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=100, blank=True)
    message = models.CharField(max_length=2000, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PENDING)
    created_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=2000, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=Q(state="pending"),
                name="claim_pending_once",
            ),
            models.CheckConstraint(
                name="claim_pending_iff_undecided",
                condition=Q(state="pending", decided_at__isnull=True)
                | (~Q(state="pending") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.person_id} – {self.organisation_id} {self.state}"

    @property
    def is_pending(self):
        """Tell whether it waits for an answer."""
        return self.state == self.State.PENDING


class Change(models.Model):
    """One change of a row of the register. Of contacts it says only that they changed.

    ``organisation_id`` is a plain id: a row that cannot be changed must not stand in
    the way of a merge.
    """

    append_only = True

    class Kind(models.TextChoices):
        ADDED = "added", _("added to the register")
        CHANGED = "changed", _("changed in the register")
        MERGED = "merged", _("a duplicate was merged into it")

    class ActedAs(models.TextChoices):
        SELF = "self", _("itself, or who added it")
        ORGANISER = "organiser", _("an organiser or coordinator")
        ADMINISTRATOR = "administrator", _("an administrator")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation_id = models.UUIDField(db_index=True)
    at = models.DateTimeField(default=clock.now)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    by_id = models.UUIDField(null=True)
    acted_as = models.CharField(max_length=13, choices=ActedAs.choices)
    version = models.PositiveIntegerField()
    fields = models.JSONField()
    values = models.JSONField()
    reason = models.CharField(max_length=2000, blank=True)

    class Meta:
        ordering = ["-at", "pk"]

    def __str__(self):
        return f"{self.kind} {self.organisation_id} v{self.version}"
