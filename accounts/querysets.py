from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Case, F, Q, When


class UserQuerySet(models.QuerySet):
    def behind(self, address):
        """Whose address it is: their first one, or a further one that was proved.

        One query whatever the answer, so that its time tells nothing.
        """
        further = Q(emailaddress__email=address, emailaddress__verified=True)
        first_ones = Case(When(email=address, then=0), default=1)
        return self.filter(Q(email=address) | further).order_by(first_ones).first()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """People by their address, whatever its capitals."""

    def get_by_natural_key(self, username):
        return self.get(email=normalise_email(username))


class OneTimeCodeQuerySet(models.QuerySet):
    def living(self, at):
        return self.filter(used_at__isnull=True, expires_at__gt=at)

    def usable(self, at):
        """Codes that a stranger may still try."""
        return self.living(at).filter(tries__lt=F("tries_allowed"))

    def that_open(self, address, person):
        """Codes by which somebody at this address comes in, as ``person`` if known."""
        newcomers = Q(person__isnull=True, email=address)
        known = Q(person=person) if person else Q(pk__in=[])
        return self.exclude(purpose="address").filter(newcomers | known)


class ApiTokenQuerySet(models.QuerySet):
    def valid(self, at):
        return self.filter(
            revoked_at__isnull=True, expires_at__gt=at, person__is_active=True
        )


def normalise_email(address):
    """One spelling of an address: trimmed, in small letters."""
    return address.strip().lower()
