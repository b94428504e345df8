import uuid

import rules
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from accounts.querysets import ApiTokenQuerySet, OneTimeCodeQuerySet, UserManager
from core import clock


class User(AbstractBaseUser):
    """A person. Rights come from the matrix; no flag opens everything."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=7, default="lt")
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    email_proved_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    # How they came, no columns: by a session of a browser; with a token for one
    # contest, its id.
    came_by_session = False
    limited_to = None

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_email_in_small_letters", condition=Q(email=Lower("email"))
            ),
        ]

    def __str__(self):
        """A short key: logs and records hold no names and addresses."""
        return str(self.pk)[:8]

    @cached_property
    def has_second_factor(self):
        """Whether an app or a key is asked for besides the code; costs a query."""
        kinds = ["totp", "webauthn"]
        return self.authenticator_set.filter(type__in=kinds).exists()

    @property
    def lacks_second_factor(self):
        """Whether the offices are closed to this session until one is set up."""
        return (
            self.came_by_session
            and settings.SECOND_FACTOR_REQUIRED
            and not self.has_second_factor
        )

    def has_perm(self, perm, obj=None):
        """Ask the policy; nobody is above it."""
        return self.is_active and rules.has_perm(perm, self, obj)


class OneTimeCode(models.Model):
    """What proves an address once: six digits by mail, or an invitation by hand.

    A newcomer has no account until the code came back: then only ``email`` is known.
    It also names the further address that somebody is about to add. ``asker`` is the
    digest of a secret of the browser that asked for the code, whose tries are counted
    apart (``own_tries``).
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in"
        INVITATION = "invitation"
        TELEPHONE = "telephone"
        ADDRESS = "address"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="codes"
    )
    email = models.EmailField(max_length=254, blank=True)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    digest = models.CharField(max_length=64)
    issued_by_id = models.UUIDField(null=True)
    asker = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    own_tries = models.PositiveSmallIntegerField(default=0)
    tries_allowed = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = OneTimeCodeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "expires_at"]),
            models.Index(
                fields=["email", "expires_at"],
                name="code_of_a_newcomer",
                condition=~Q(email=""),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="code_of_a_person_or_of_an_address",
                condition=Q(person__isnull=False, email="")
                | (Q(person__isnull=False, purpose="address") & ~Q(email=""))
                | (
                    Q(person__isnull=True, email=Lower("email"), purpose="sign_in")
                    & ~Q(email="")
                ),
            ),
            models.CheckConstraint(
                name="code_tries_within_allowed",
                condition=Q(
                    tries__lte=F("tries_allowed"), own_tries__lte=F("tries_allowed")
                ),
            ),
        ]

    def __str__(self):
        return f"{self.purpose} {self.pk}"


class ApiToken(models.Model):
    """A person's key to the interface: only its digest is kept.

    ``contest_id`` is the contest to which it is limited, a plain id: contests live in a
    storey above. None is every contest.
    """

    class Scope(models.TextChoices):
        READ = "read"
        WRITE = "write"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=5, choices=Scope.choices, default=Scope.WRITE)
    contest_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]

    def __str__(self):
        return f"{self.name or self.pk}"

    @property
    def may_write(self):
        return self.scope == self.Scope.WRITE
