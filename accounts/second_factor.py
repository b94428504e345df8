"""The second factor: an app with changing codes, keys (passkeys), recovery codes.

allauth's rows and its cryptography; what is asked before a change, and its record, are
ours. WebAuthn's challenge lies in the session of the request that allauth knows.
"""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from redis.exceptions import RedisError

from accounts.codes import require_proved
from accounts.letters import post_notice
from accounts.models import User
from audit.services import record
from core import clock
from core.errors import Conflict, Invalid, NotYours
from core.policy import require
from core.rates import count_try

_Type = Authenticator.Type
_MOST_KEYS = 10
_ADDED = gettext_lazy("A second factor was added to your account.")
_REMOVED = gettext_lazy("A second factor was removed from your account.")


def factors_of(person: User) -> QuerySet[Authenticator]:
    """List a person's app and keys, without the recovery codes."""
    mine = Authenticator.objects.filter(user=person)
    return mine.exclude(type=_Type.RECOVERY_CODES).order_by("created_at", "pk")


def recovery_codes_left(person: User) -> int:
    """Count the recovery codes that were not used yet."""
    row = Authenticator.objects.filter(user=person, type=_Type.RECOVERY_CODES).first()
    return len(row.wrap().get_unused_codes()) if row else 0


@transaction.atomic
def add_app(*, secret: str, code: str, by: User) -> list[str]:
    """Bind the app that shows ``code``; tell recovery codes, if there were none."""
    _require_may_change(by)
    if factors_of(by).filter(type=_Type.TOTP).exists():
        raise Conflict(_("An app is set up already. Remove it first."))
    if not validate_totp_code(secret, code):
        raise _wrong_code()
    TOTP.activate(by, secret)
    return _added(by, kind="app")


@transaction.atomic
def add_key(*, name: str, credential: Any, by: User) -> list[str]:
    """Bind the key that answered; tell recovery codes, if there were none."""
    _require_may_change(by)
    if factors_of(by).count() >= _MOST_KEYS:
        raise Conflict(_("There are enough keys. Remove one first."))
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except (ValidationError, KeyError, TypeError, ValueError) as error:
        raise _unreadable_key() from error
    webauthn.WebAuthn.add(by, name or _("Key"), credential)
    return _added(by, kind="key")


@transaction.atomic
def remove(*, factor_id: int, code: str, by: User) -> None:
    """Remove an app or a key, against a code of the app or a recovery code."""
    require(by, "accounts.change_security")
    factor = factors_of(by).filter(pk=factor_id).first()
    if factor is None:
        raise NotYours(
            _("There is nothing at this address, or it is not yours to see.")
        )
    check_code(person=by, code=code)
    post_notice(by, _REMOVED, of=f"removed:{factor.pk}")
    factor.delete()
    if not factors_of(by).exists():
        Authenticator.objects.filter(user=by).delete()
    record("accounts.remove_second_factor", by, by=by, kind=factor.type)


@transaction.atomic
def renew_recovery_codes(*, code: str, by: User) -> list[str]:
    """Make new recovery codes, against a code of the app or a recovery code."""
    require(by, "accounts.change_security")
    check_code(person=by, code=code)
    Authenticator.objects.filter(user=by, type=_Type.RECOVERY_CODES).delete()
    codes = RecoveryCodes.activate(by).generate_codes()
    record("accounts.renew_recovery_codes", by, by=by)
    return codes


def check_code(*, person: User, code: str) -> Authenticator:
    """Find which app or recovery code it is; each works once."""
    count_try("second_factor", of=str(person.pk))
    typed = code.replace(" ", "")
    mine = Authenticator.objects.filter(user=person).exclude(type=_Type.WEBAUTHN)
    try:
        for row in mine.order_by("type"):  # recovery codes first: they need no cache
            if row.wrap().validate_code(typed):
                return row
    except (OSError, RedisError) as error:
        raise Conflict(
            _("Codes of apps cannot be checked just now; a recovery code can.")
        ) from error
    raise _wrong_code()


def begin_check_of_key(person: User) -> dict[str, Any]:
    """Make the challenge that one of a person's keys has to answer."""
    return webauthn.begin_authentication(person)


def begin_adding_key(person: User) -> dict[str, Any]:
    """Make the challenge that a new key has to answer."""
    return webauthn.begin_registration(person, passwordless=False)


def check_key(*, person: User, credential: Any) -> Authenticator:
    """Find which key answered the challenge."""
    count_try("second_factor", of=str(person.pk))
    try:
        webauthn.parse_authentication_response(credential)
        return webauthn.complete_authentication(person, credential)
    except (ValidationError, KeyError, TypeError, ValueError) as error:
        raise _unreadable_key() from error


def app_address(person: User, secret: str) -> str:
    """Write what an app reads from the picture: ``otpauth://…``."""
    address: str = get_adapter().build_totp_url(person, secret)
    return address


def _require_may_change(person: User) -> None:
    require(person, "accounts.change_security")
    require_proved(person)


def _added(person: User, *, kind: str) -> list[str]:
    """Record a new factor; make the recovery codes that go with the first one."""
    person.__dict__.pop("has_second_factor", None)
    record("accounts.add_second_factor", person, by=person, kind=kind)
    count = factors_of(person).count()
    post_notice(person, _ADDED, of=f"added:{clock.now().isoformat()}")
    mine = Authenticator.objects.filter(user=person, type=_Type.RECOVERY_CODES)
    if count > 1 and mine.exists():
        return []
    mine.delete()
    codes: list[str] = RecoveryCodes.activate(person).generate_codes()
    return codes


def _wrong_code() -> Invalid:
    return Invalid.field(
        "code",
        _("This code is wrong or was used. The app shows a new one every 30 seconds."),
        code="wrong_code",
    )


def _unreadable_key() -> Invalid:
    return Invalid(
        _("The key did not answer as expected. Try once more, or use a code."),
        code="wrong_key",
    )
