import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.collation import search_key, sort_key
from organisations.countries import country
from organisations.querysets import OrganisationQuerySet, RepresentativeQuerySet


class Organisation(models.Model):
    """A community, an association, a public body: whoever may enter a contest."""

    class Kind(models.TextChoices):
        COMMUNITY = "community"
        NGO = "ngo"
        ACTION_GROUP = "action_group"
        PUBLIC_BODY = "public_body"
        COMPANY = "company"
        OTHER = "other"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    country = models.CharField(max_length=2, default="LT")
    name = models.CharField(max_length=300)
    name_search = models.CharField(max_length=600, editable=False)
    name_sort = models.CharField(max_length=120, editable=False, db_index=True)
    code = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    municipality = models.CharField(max_length=6, blank=True)
    action_group = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name_sort", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "code"],
                condition=~Q(code=""),
                name="organisation_code_unique_in_country",
            ),
            models.CheckConstraint(
                name="organisation_has_a_name", condition=~Q(name="")
            ),
        ]

    def __str__(self):
        return self.name

    def set_name(self, name):
        """Set the name with the columns it is searched and sorted by."""
        self.name = name
        self.name_search = search_key(name)[:600]
        self.name_sort = sort_key(name)

    @property
    def municipality_name(self):
        place = country(self.country).municipalities.get(self.municipality)
        return place.name if place else ""

    @property
    def county_name(self):
        place = country(self.country).county_of(self.municipality)
        return place.name if place else ""


class Representative(models.Model):
    """A person who acts for an organisation, from a day until further notice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="representatives"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=100, blank=True)
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=Q(ended_at__isnull=True),
                name="representative_once_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.person_id} – {self.organisation_id}"
