"""Further addresses by which a person signs in, each proved by a code sent to it."""

import hmac

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import secrets
from accounts.codes import (
    MOST_CODES_TO_ADDRESS,
    admit_try,
    digest_of,
    mail_code,
    require_proved,
    wrong_code,
)
from accounts.letters import ADDRESS_CODE, post_notice
from accounts.models import OneTimeCode, User
from accounts.querysets import normalise_email
from audit.services import record
from core import clock
from core.errors import Conflict, Invalid, NotYours
from core.policy import require
from mail.letters import Recipient

_MOST = 4
_ADDED = gettext_lazy("A further address was added: it opens your account, too.")
_REMOVED = gettext_lazy("An address was removed from your account.")


def addresses_of(person: User) -> QuerySet[EmailAddress]:
    """List the further addresses of a person; the first one is ``person.email``."""
    return EmailAddress.objects.filter(user=person, verified=True).order_by("pk")


@transaction.atomic
def send_address_code(*, email: str, by: User) -> None:
    """Mail a code to an address that somebody wants to add; it proves the address.

    Whose address it is otherwise is told only to who has proved it.
    """
    require(by, "accounts.change_security")
    require_proved(by)
    address = normalise_email(email)
    mine = addresses_of(by)
    if address == by.email or mine.filter(email=address).exists():
        raise Invalid.field("email", _("This address is yours already."))
    if mine.count() >= _MOST:
        raise Conflict(_("There are enough addresses. Remove one first."))
    if _under_way(by).count() >= MOST_CODES_TO_ADDRESS:
        raise Conflict(_("Enough codes are under way. The newest message holds one."))
    code = secrets.new_code()
    row = OneTimeCode.objects.create(
        person=by,
        email=address,
        purpose=OneTimeCode.Purpose.ADDRESS,
        digest=digest_of(by, code),
        issued_by_id=by.pk,
        tries_allowed=settings.EMAIL_CODE_TRIES,
        expires_at=clock.now() + settings.EMAIL_CODE_LIFETIME,
    )
    mail_code(Recipient(address, by.language, by.pk), code, row, ADDRESS_CODE)


def add_address(*, code: str, by: User) -> EmailAddress:
    """Add the address to which this code was sent."""
    require(by, "accounts.change_security")
    for kept in _under_way(by):
        is_right = admit_try(kept) and hmac.compare_digest(
            kept.digest, digest_of(by, code)
        )
        if is_right:
            return _add(kept, by)
    raise wrong_code()


@transaction.atomic
def remove_address(*, address_id: int, by: User) -> None:
    """Take a further address away; the first one stays."""
    require(by, "accounts.change_security")
    row = addresses_of(by).filter(pk=address_id).first()
    if row is None:
        raise NotYours(
            _("There is nothing at this address, or it is not yours to see.")
        )
    row.delete()
    record("accounts.remove_address", by, by=by)
    post_notice(by, _REMOVED, of=f"address:{clock.now().isoformat()}")


@transaction.atomic
def _add(code: OneTimeCode, by: User) -> EmailAddress:
    now = clock.now()
    unused = OneTimeCode.objects.filter(pk=code.pk, used_at__isnull=True)
    if not unused.update(used_at=now):
        raise wrong_code()
    if User.objects.behind(code.email) is not None:
        raise Conflict(
            _(
                "{email} belongs to another account. Sign in with it there, or ask"
                " those who run this site to close that account."
            ).format(email=code.email),
            code="address_taken",
        )
    row = EmailAddress.objects.create(user=by, email=code.email, verified=True)
    record("accounts.add_address", by, by=by)
    post_notice(by, _ADDED, of=f"address:{now.isoformat()}")
    return row


def _under_way(person: User) -> QuerySet[OneTimeCode]:
    usable = OneTimeCode.objects.usable(clock.now())
    return usable.filter(person=person, purpose=OneTimeCode.Purpose.ADDRESS)
