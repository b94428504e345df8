"""Everything that changes people, their codes and their tokens."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import secrets
from accounts.letters import SIGN_IN_CODE, recipient_of
from accounts.models import ApiToken, OneTimeCode, User
from accounts.querysets import normalise_email
from audit.services import record
from core import clock
from core.errors import Invalid, NotYours
from core.policy import require
from mail.letters import Letter, Recipient
from mail.services import house, post, ring

_Made = TypeVar("_Made")
_MOST_CODES_TO_NEWCOMER = 5  # that work at once: nobody's letter box is flooded
_INVITATION_TRIES = 1000  # 128 bits cannot be guessed; nobody may burn a juror's code


@dataclass(frozen=True, slots=True)
class Invitation:
    """A person and the code that lets them in; the code is told once.

    ``code`` is None for people who already have an account of their own: they sign in
    by a code sent to their address. Telling theirs to whoever invites them again would
    hand the account over.
    """

    person: User
    code: str | None


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A token's row and its text; the text is told once."""

    row: ApiToken
    text: str


@transaction.atomic
def invite(
    *, email: str, name: str = "", language: str = "", by: User | None
) -> Invitation:
    """Find or make the person behind ``email``; the first inviter gets a code."""
    person, created = User.objects.get_or_create(
        email=normalise_email(email),
        defaults={"name": name, "language": language or settings.LANGUAGE_CODE},
    )
    if created:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    may_be_told = created or _is_waiting_for(person, by)
    if not may_be_told and person.email_proved_at is None:
        _forget_what_others_were_told(person)
    code = _give_invitation(person, by=by) if may_be_told else None
    record("accounts.invite", person, by=by, told=may_be_told)
    return Invitation(person, code)


@transaction.atomic
def make_administrator(*, email: str) -> Invitation:
    """Make or find a person and let them administer; for the command line."""
    person = invite(email=email, by=None).person
    person.is_administrator = True
    person.save(update_fields=["is_administrator"])
    record("accounts.make_administrator", person, by=None)
    return Invitation(person, _give_invitation(person, by=None))


@transaction.atomic
def send_code(*, email: str) -> None:
    """Mail a sign-in code to whoever reads the address: known here, or a newcomer.

    Both are answered alike. A newcomer's account is made when the code comes back,
    so that nobody else's address gets one.
    """
    address = normalise_email(email)
    person = User.objects.filter(email=address).first()
    refused = not person.is_active if person else _waits_for_newcomer(address)
    if refused:
        transaction.on_commit(ring)  # as long as for who is let in
        return
    code = secrets.new_code()
    row = OneTimeCode.objects.create(
        person=person,
        email="" if person else address,
        purpose=OneTimeCode.Purpose.SIGN_IN,
        digest=_digest(person or address, code),
        issued_by_id=getattr(person, "pk", None),
        tries_allowed=settings.EMAIL_CODE_TRIES,
        expires_at=clock.now() + settings.EMAIL_CODE_LIFETIME,
    )
    to = recipient_of(person) if person else Recipient(address, _language())
    _mail_code(to, code, row)


def redeem_code(
    *,
    email: str,
    code: str,
    name: str,
    scope: str,
    lifetime: timedelta | None,
    contest: UUID | None = None,
) -> IssuedToken:
    """Exchange a code for a token; a code works once, in any browser."""
    return _spend_code(
        email,
        code,
        lambda person: issue_token(
            person=person, name=name, scope=scope, lifetime=lifetime, contest=contest
        ),
    )


def sign_in(*, email: str, code: str) -> User:
    """Exchange a code for a sign-in on a page; the caller opens the session."""
    return _spend_code(email, code, _note_sign_in)


def _spend_code(email: str, code: str, then: Callable[[User], _Made]) -> _Made:
    """Use the code and do ``then`` in one transaction.

    A wrong try is counted against the sender's codes, invitations excepted in effect:
    theirs are too long to guess and too many tries are allowed to burn them.
    """
    now = clock.now()
    usable = OneTimeCode.objects.usable(now).sent_to(normalise_email(email))
    candidates = list(usable.select_related("person"))
    for kept in candidates:
        expected = _digest(kept.person or kept.email, code)
        if not hmac.compare_digest(kept.digest, expected):
            continue
        with transaction.atomic():
            person = _use(kept)
            if person is not None:
                _note_proof(kept, person)
                return then(person)
    OneTimeCode.objects.usable(now).filter(pk__in=[c.pk for c in candidates]).update(
        tries=F("tries") + 1
    )
    raise Invalid.field(
        "code",
        _(
            "This code is wrong, used or out of date. Ask for a new one; the newest"
            " message holds the code that works."
        ),
        code="wrong_code",
    )


def _note_sign_in(person: User) -> User:
    record("accounts.sign_in", person, by=person)
    return person


@transaction.atomic
def add_token(
    *,
    name: str,
    scope: str,
    lifetime: timedelta | None,
    contest: UUID | None,
    shown: ApiToken | None,
    by: User,
) -> IssuedToken:
    """Make a further token of one's own.

    Asked for with a token, ``shown``, it ends no later than that one: who has got hold
    of somebody's token does not keep what it opens.
    """
    require(by, "accounts.add_token")
    lasts = lifetime or settings.TOKEN_LIFETIME
    if shown is not None:
        lasts = min(lasts, shown.expires_at - clock.now())
    return issue_token(
        person=by, name=name, scope=scope, lifetime=lasts, contest=contest
    )


@transaction.atomic
def issue_token(
    *,
    person: User,
    name: str,
    scope: str,
    lifetime: timedelta | None = None,
    contest: UUID | None = None,
) -> IssuedToken:
    """Make a token for ``person``'s own rights, or for those in one contest.

    Whether there is such a contest is not asked: a token opens no more than its person
    may, and one that names nothing opens nothing.
    """
    User.objects.filter(pk=person.pk).update(last_login=clock.now())
    text = secrets.new_token()
    row = ApiToken.objects.create(
        person=person,
        name=name,
        scope=scope,
        contest_id=contest,
        digest=secrets.token_digest(text),
        expires_at=clock.now() + (lifetime or settings.TOKEN_LIFETIME),
    )
    record(
        *("accounts.issue_token", row),
        by=person,
        label=name,
        scope=scope,
        limited_to=str(contest) if contest else None,
    )
    return IssuedToken(row, text)


@transaction.atomic
def revoke_token(*, token_id: str, by: User) -> None:
    """End one of one's own tokens at once."""
    token = ApiToken.objects.filter(pk=token_id, person=by).first()
    if token is None:
        raise NotYours(
            _("There is nothing at this address, or it is not yours to see.")
        )
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        record("accounts.revoke_token", token, by=by)


@transaction.atomic
def change_self(*, by: User, **fields: str) -> User:
    """Change one's own name or language."""
    for field, value in fields.items():
        setattr(by, field, value)
    by.save(update_fields=list(fields))
    record("accounts.change_self", by, by=by, fields=sorted(fields))
    return by


def _is_waiting_for(person: User, inviter: User | None) -> bool:
    """Tell whether the account was never used and only ``inviter`` ever invited it."""
    issued_by = getattr(inviter, "pk", None)
    others = person.codes.exclude(issued_by_id=issued_by)
    return person.last_login is None and not others.exists()


def _forget_what_others_were_told(person: User) -> None:
    """End the invitations and tokens of an address that nobody has proved yet.

    Whoever invited first may hold them. With the new inviter's role they would open
    what the first one must not see; the person comes in by a code sent to the address.
    """
    now = clock.now()
    OneTimeCode.objects.usable(now).filter(
        person=person, purpose=OneTimeCode.Purpose.INVITATION
    ).update(expires_at=now)
    ApiToken.objects.valid(now).filter(person=person).update(revoked_at=now)


def _waits_for_newcomer(address: str) -> bool:
    """Tell whether enough codes are under way to an address that nobody proved."""
    usable = OneTimeCode.objects.usable(clock.now())
    return usable.filter(email=address).count() >= _MOST_CODES_TO_NEWCOMER


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


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


def _note_proof(code: OneTimeCode, person: User) -> None:
    """Remember that the address was proved; tokens from before it end."""
    is_proof = code.purpose == OneTimeCode.Purpose.SIGN_IN
    if is_proof and person.email_proved_at is None:
        _forget_what_others_were_told(person)
        person.email_proved_at = clock.now()
        person.save(update_fields=["email_proved_at"])


def _give_invitation(person: User, *, by: User | None) -> str:
    code = secrets.new_invitation()
    OneTimeCode.objects.create(
        person=person,
        purpose=OneTimeCode.Purpose.INVITATION,
        digest=_digest(person, code),
        issued_by_id=getattr(by, "pk", None),
        tries_allowed=_INVITATION_TRIES,
        expires_at=clock.now() + settings.INVITATION_LIFETIME,
    )
    return code


def _digest(whose: User | str, code: str) -> str:
    """Bind a code to its person, or to the address of a newcomer."""
    key = whose if isinstance(whose, str) else whose.pk
    return secrets.keyed_digest(f"{key}:{code.strip()}", key=settings.SECRET_KEY)


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


def _mail_code(to: Recipient, code: str, row: OneTimeCode) -> None:
    """Write the message; a worker sends it, never the request.

    How long an answer takes must not tell that the address is known (ADR 17).
    """
    minutes = int(settings.EMAIL_CODE_LIFETIME.total_seconds() // 60)
    letter = Letter(
        SIGN_IN_CODE,
        to=to,
        occasion=str(row.pk),
        values={"code": code, "minutes": minutes},
        tried_until=row.expires_at,
    )
    post(letter, sender=house())
