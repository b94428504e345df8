"""One-time codes: sent, given by telephone, told to an inviter; and spent."""

import hmac
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import secrets
from accounts.letters import SIGN_IN_CODE
from accounts.models import ApiToken, OneTimeCode, User
from accounts.querysets import normalise_email
from accounts.sessions import end_sessions
from audit.services import record
from core import clock
from core.errors import Conflict, Invalid
from mail.letters import Letter, Recipient, Template
from mail.services import house_as_sender, post, ring

_Made = TypeVar("_Made")
_Purpose = OneTimeCode.Purpose
MOST_CODES_TO_ADDRESS = 5  # that work at once: nobody's letter box is flooded


@transaction.atomic
def send_code(*, email: str, asker: str = "") -> None:
    """Mail a sign-in code to whoever reads the address: known here, or a newcomer.

    Both are answered alike. A newcomer's account is made when the code comes back,
    so that nobody else's address gets one. ``asker`` is a secret of the browser that
    asks: strangers who guess at the code do not use up its tries.
    """
    address = normalise_email(email)
    person = User.objects.behind(address)
    is_locked_out = person is not None and not person.is_active
    if is_locked_out or _enough_under_way(address, person):
        transaction.on_commit(ring)  # as long as for who is let in
        return
    code = secrets.new_code()
    row = OneTimeCode.objects.create(
        person=person,
        email="" if person else address,
        purpose=_Purpose.SIGN_IN,
        digest=digest_of(person or address, code),
        asker=_digest_of_asker(asker),
        issued_by_id=getattr(person, "pk", None),
        tries_allowed=settings.EMAIL_CODE_TRIES,
        expires_at=clock.now() + settings.EMAIL_CODE_LIFETIME,
    )
    to = Recipient(
        address,
        person.language if person else _language(),
        getattr(person, "pk", None),
    )
    mail_code(to, code, row)


def sign_in(*, email: str, code: str, asker: str = "") -> User:
    """Exchange a code for a sign-in on a page; the caller opens the session."""
    return spend(email, code, _note_sign_in, asker=asker)


def spend(
    email: str, code: str, then: Callable[[User], _Made], *, asker: str = ""
) -> _Made:
    """Use the code and do ``then`` in one transaction.

    Each code of six digits stands a number of tries by strangers and as many by the
    browser that asked for it; an invitation is too long to guess and stands any.
    """
    address = normalise_email(email)
    person = User.objects.behind(address)
    living = OneTimeCode.objects.living(clock.now())
    for kept in living.that_open(address, person).select_related("person"):
        if not _admits_try(kept, asker):
            continue
        expected = digest_of(kept.person or kept.email, code)
        if not hmac.compare_digest(kept.digest, expected):
            continue
        with transaction.atomic():
            owner = _use(kept)
            if owner is not None:
                _note_proof(kept, owner, address)
                return then(owner)
    raise wrong_code()


def wrong_code() -> Invalid:
    """Tell nothing of why: wrong, used, out of date or of nobody."""
    return Invalid.field(
        "code",
        _(
            "This code is wrong, used or out of date. Ask for a new one; the newest"
            " message holds the code that works."
        ),
        code="wrong_code",
    )


def give_invitation(person: User, *, by: User | None) -> str:
    """Make the code of an invitation; it is told to ``by`` and kept nowhere."""
    code = secrets.new_invitation()
    OneTimeCode.objects.create(
        person=person,
        purpose=_Purpose.INVITATION,
        digest=digest_of(person, code),
        issued_by_id=getattr(by, "pk", None),
        tries_allowed=settings.EMAIL_CODE_TRIES,
        expires_at=clock.now() + settings.INVITATION_LIFETIME,
    )
    return code


@transaction.atomic
def give_by_command(*, email: str, reason: str) -> tuple[str, OneTimeCode]:
    """Make a code for a known person; a second factor is asked for all the same."""
    person = User.objects.behind(normalise_email(email))
    if person is None or not person.is_active:
        raise Invalid.field("email", _("Nobody with this address has an account."))
    record("accounts.give_code", person, by=None, reason=reason)
    return give_by_telephone(person, by=None)


def give_by_telephone(person: User, *, by: User | None) -> tuple[str, OneTimeCode]:
    """Make a code of six digits that is read out; it lives for minutes.

    Who may give it to whom is decided by the caller.
    """
    code = secrets.new_code()
    row = OneTimeCode.objects.create(
        person=person,
        purpose=_Purpose.TELEPHONE,
        digest=digest_of(person, code),
        issued_by_id=getattr(by, "pk", None),
        tries_allowed=settings.EMAIL_CODE_TRIES,
        expires_at=clock.now() + settings.TELEPHONE_CODE_LIFETIME,
    )
    return code, row


def forget_what_others_were_told(person: User) -> None:
    """End the invitations and tokens of an address that nobody has proved yet.

    Whoever invited first may hold them. With the new inviter's role they would open
    what the first one must not see; the person comes in by a code sent to the address.
    """
    now = clock.now()
    OneTimeCode.objects.living(now).filter(
        person=person, purpose__in=[_Purpose.INVITATION, _Purpose.TELEPHONE]
    ).update(expires_at=now)
    ApiToken.objects.valid(now).filter(person=person).update(revoked_at=now)


def require_proved(person: User) -> None:
    """Refuse to bind anything to an account whose address nobody has proved.

    Whoever invited its owner may be in it.
    """
    if person.email_proved_at is None:
        raise Conflict(
            _(
                "First prove that {email} is yours: sign out, and sign in with a code"
                " sent to it. Nothing was changed."
            ).format(email=person.email),
            code="address_not_proved",
        )


def digest_of(whose: User | str, code: str) -> str:
    """Bind a code to its person, or to the address of a newcomer."""
    key = whose if isinstance(whose, str) else whose.pk
    return secrets.keyed_digest(f"{key}:{code.strip()}", key=settings.SECRET_KEY)


def mail_code(
    to: Recipient, code: str, row: OneTimeCode, template: Template = SIGN_IN_CODE
) -> None:
    """Write the message; a worker sends it, never the request.

    How long an answer takes must not tell that the address is known (ADR 17).
    """
    minutes = int(settings.EMAIL_CODE_LIFETIME.total_seconds() // 60)
    letter = Letter(
        template,
        to=to,
        occasion=str(row.pk),
        values={"code": code, "minutes": minutes},
        tried_until=row.expires_at,
    )
    post(letter, sender=house_as_sender())


def admit_try(code: OneTimeCode, *, column: str = "tries") -> bool:
    """Count a try before it is compared, in one statement; False when none is left."""
    left = {f"{column}__lt": F("tries_allowed")}
    counted = OneTimeCode.objects.filter(pk=code.pk, **left)
    return bool(counted.update(**{column: F(column) + 1}))


def _admits_try(code: OneTimeCode, asker: str) -> bool:
    if code.purpose == _Purpose.INVITATION:
        return True
    is_asker = bool(code.asker) and hmac.compare_digest(
        code.asker, _digest_of_asker(asker)
    )
    return admit_try(code, column="own_tries" if is_asker else "tries")


def _digest_of_asker(asker: str) -> str:
    return secrets.token_digest(asker) if asker else ""


def _enough_under_way(address: str, person: User | None) -> bool:
    """Tell whether enough codes are under way that anybody may still type.

    One whose tries strangers used up does not count: its owner gets another.
    """
    mailed = OneTimeCode.objects.usable(clock.now()).that_open(address, person)
    under_way = mailed.filter(purpose=_Purpose.SIGN_IN).count()
    return under_way >= MOST_CODES_TO_ADDRESS


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _note_sign_in(person: User) -> User:
    record("accounts.sign_in", person, by=person)
    return person


def _register(address: str) -> User:
    """Make the account of who has just proved the address; an invited one is theirs."""
    person, created = User.objects.get_or_create(
        email=address, defaults={"language": _language()}
    )
    if created:
        person.set_unusable_password()
        person.save(update_fields=["password"])
        record("accounts.register", person, by=person)
    return person


def _note_proof(code: OneTimeCode, person: User, address: str) -> None:
    """Remember that the address was proved; what was opened before it ends."""
    is_proof = code.purpose == _Purpose.SIGN_IN and address == person.email
    if is_proof and person.email_proved_at is None:
        forget_what_others_were_told(person)
        end_sessions(person)
        person.email_proved_at = clock.now()
        person.save(update_fields=["email_proved_at"])


def _use(code: OneTimeCode) -> User | None:
    """Mark it used in one statement; None when somebody else was first.

    Who became known or was locked out in between is asked again here.
    """
    used = OneTimeCode.objects.filter(pk=code.pk, used_at__isnull=True).update(
        used_at=clock.now()
    )
    if not used:
        return None
    person = code.person or _register(code.email)
    return person if person.is_active else None
