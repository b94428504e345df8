import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contest.people import Auditor, Coordinator, Juror, Rehearsal
from contest.phases import Act as PhaseAct
from contest.phases import ActKind, Dates, Extension, closing_time, phase_at
from contest.querysets import ContestLogoQuerySet, ContestQuerySet, SeriesQuerySet
from core import clock
from core.localized import localized
from core.prepared import Prepared
from organisations.countries import HOME

__all__ = [
    "Act",
    "Auditor",
    "Contest",
    "ContestLogo",
    "Coordinator",
    "Criterion",
    "Juror",
    "Organiser",
    "OrganiserMember",
    "Picture",
    "Proposal",
    "Rehearsal",
    "RulebookVersion",
    "Series",
]


class Picture(models.Model):
    """A logo as we encoded it. Never changed: editions that show it share the row.

    It is small (``contest.logos``) and lies in the database: a copy of the database is
    a copy of everything, and no stored name can lead anywhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content = models.BinaryField()
    content_type = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self):
        return f"{self.content_type} {self.width}×{self.height}"


class Organiser(models.Model):
    """The tenant: who owns the right to create contests, and whom entrants call."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.JSONField()
    country = models.CharField(max_length=2, default=HOME)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    website = models.URLField(max_length=300, blank=True)
    logo = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, related_name="organisers"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["slug"]

    def __str__(self):
        return localized(self.name)


class OrganiserMember(models.Model):
    """A person who may create and prepare the organiser's contests."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organiser = models.ForeignKey(
        Organiser, on_delete=models.PROTECT, related_name="members"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organiser", "person"], name="organiser_member_once"
            ),
        ]

    def __str__(self):
        return f"{self.person_id} – {self.organiser_id}"


class Series(models.Model):
    """The contest that comes back every year."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organiser = models.ForeignKey(
        Organiser, on_delete=models.PROTECT, related_name="series"
    )
    slug = models.SlugField(max_length=60, unique=True)
    title = models.JSONField()
    created_at = models.DateTimeField(default=clock.now)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name_plural = "series"

    def __str__(self):
        return localized(self.title)


class Contest(models.Model):
    """One edition of a series."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, related_name="contests"
    )
    slug = models.SlugField(max_length=60, unique=True)
    title = models.JSONField()
    edition = models.CharField(max_length=30)
    languages = models.JSONField()
    fallback_language = models.CharField(max_length=7)
    time_zone = models.CharField(max_length=64, default="Europe/Vilnius")
    currency = models.CharField(max_length=3, default="EUR")
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    # When people mean to do what only their acts do; these dates remind, no more.
    judging_opens_at = models.DateTimeField(null=True)
    judging_closes_at = models.DateTimeField(null=True)
    results_at = models.DateTimeField(null=True)
    reference_prefix = models.CharField(max_length=12)
    last_reference = models.PositiveIntegerField(default=0)
    rulebook = models.OneToOneField(
        "RulebookVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    description = models.JSONField(default=dict, blank=True)
    funder_line = models.JSONField(default=dict, blank=True)
    sample_note = models.JSONField(default=dict, blank=True)
    masks_organisations = models.BooleanField(default=False)
    is_rehearsal = models.BooleanField(default=False)  # see ``Rehearsal``
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)

    objects = ContestQuerySet.as_manager()

    #: The time to judge by, set by a service that asked the database; None means now.
    moment: datetime | None = None
    #: The acts, where ``keep_course`` loaded them.
    acts_kept: "list[Act] | None" = None

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="contest_opens_before_it_closes",
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(opens_at__lt=F("closes_at")),
            ),
            models.UniqueConstraint(
                fields=["series", "edition"], name="contest_edition_once_in_series"
            ),
        ]

    def __str__(self):
        return localized(self.title, fallback=self.fallback_language)

    def state_at(self, now):
        """Tell the phase; reads the acts that are loaded, or loads them."""
        acts = self.course()
        return phase_at(
            Dates(self.opens_at, self.closes_at),
            [PhaseAct(ActKind(a.kind), a.at) for a in acts],
            _extensions(acts),
            now,
        )

    @property
    def rules_in_force(self):
        """The version that counts; an edition has one from its creation on."""
        return self.rulebook

    @property
    def deadline(self):
        """When collection closes, extensions counted; None while it is not set."""
        dates = Dates(self.opens_at, self.closes_at)
        return closing_time(dates, _extensions(self.course()))

    def course(self):
        """List the acts: those that are loaded or kept, else those of now."""
        loaded = getattr(self, "_prefetched_objects_cache", {}).get("acts")
        if loaded is not None:
            return list(loaded)
        return _ACTS.all(contest=self.pk) if self.acts_kept is None else self.acts_kept

    def keep_course(self):
        """Load the acts once, for a contest that is only looked at."""
        self.acts_kept = _ACTS.all(contest=self.pk)


class ContestLogo(models.Model):
    """A logo of a funder or partner, in the order in which an edition shows them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="logos")
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, related_name="contest_logos"
    )
    alt = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)

    objects = ContestLogoQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return localized(self.alt) or f"logo {self.position}"


def _extensions(acts):
    return [Extension(a.at, a.until) for a in acts if a.kind == ActKind.MOVE_DEADLINE]


class Act(models.Model):
    """What a coordinator did to the course of a contest, and why. Never changed."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=16, choices=[(k, k) for k in ActKind])
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=2000, blank=True)
    by_id = models.UUIDField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="act_until_iff_deadline_moved",
                condition=Q(kind="move_deadline", until__isnull=False)
                | (~Q(kind="move_deadline") & Q(until__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["contest"],
                condition=Q(kind="announce"),
                name="contest_announced_once",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


def _course_of(contest):
    return Act.objects.filter(contest=contest).only("kind", "at", "until")


_ACTS = Prepared(_course_of, contest=uuid.UUID)  # every request asks for a phase


class Proposal(models.Model):
    """An act that waits for a second person, where the rules ask for two.

    ``subject_id`` is what it is about, the contest itself where it is about that as a
    whole; ``basis`` the state it was proposed for. A pending one whose time is up is
    ``expired``: nothing writes that down.
    """

    class Kind(models.TextChoices):
        PUBLISH = "publish"
        UNPUBLISH = "unpublish"
        REOPEN_JUDGING = "reopen_judging"
        CHANGE_WEIGHTS = "change_weights"
        LIFT_CONFLICT = "lift_conflict"

    class State(models.TextChoices):
        PENDING = "pending", _("waits to be confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DECLINED = "declined", _("declined")
        OUTDATED = "outdated", _("out of date")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest = models.ForeignKey(
        Contest, on_delete=models.PROTECT, related_name="proposals"
    )
    kind = models.CharField(max_length=16, choices=Kind.choices)
    subject_id = models.UUIDField()
    details = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=2000)
    basis = models.CharField(max_length=200)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PENDING)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "kind", "subject_id"],
                condition=Q(state="pending"),
                name="proposal_pending_once",
            ),
            models.CheckConstraint(
                name="proposal_confirmed_by_another",
                condition=~Q(state="confirmed")
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="proposal_pending_iff_undecided",
                condition=Q(state="pending", decided_at__isnull=True)
                | (~Q(state="pending") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.contest_id}"

    def state_at(self, now):
        """Tell the state, time counted."""
        is_over = self.state == self.State.PENDING and self.expires_at <= now
        return "expired" if is_over else self.state


class RulebookVersion(models.Model):
    """The rules of an edition as one document; a change is a new version."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest = models.ForeignKey(
        Contest, on_delete=models.PROTECT, related_name="rulebooks"
    )
    number = models.PositiveIntegerField()
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=2000, blank=True)
    by_id = models.UUIDField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "number"], name="rulebook_number_once_in_contest"
            ),
        ]

    def __str__(self):
        return f"{self.contest_id} v{self.number}"


class Criterion(models.Model):
    """What scores point to: stable, while its words and weight live in the rulebook."""

    id = models.BigAutoField(primary_key=True)
    contest = models.ForeignKey(
        Contest, on_delete=models.PROTECT, related_name="criteria"
    )
    code = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "code"], name="criterion_code_once_in_contest"
            ),
        ]

    def __str__(self):
        return self.code
