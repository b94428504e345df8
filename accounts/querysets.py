from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import F, Q


class UserManager(BaseUserManager):
    """People by their address, whatever its capitals."""

    def get_by_natural_key(self, username):
        return self.get(email=normalise_email(username))


class OneTimeCodeQuerySet(models.QuerySet):
    def usable(self, at):
        return self.filter(
            used_at__isnull=True, expires_at__gt=at, tries__lt=F("tries_allowed")
        )

    def sent_to(self, address):
        """Codes by which somebody at this address may come in."""
        known = Q(person__email=address, person__is_active=True)
        return self.filter(known | Q(person__isnull=True, email=address))


class ApiTokenQuerySet(models.QuerySet):
    def valid(self, at):
        return self.filter(
            revoked_at__isnull=True, expires_at__gt=at, person__is_active=True
        )


def normalise_email(address):
    """One spelling of an address: trimmed, in small letters."""
    return address.strip().lower()
