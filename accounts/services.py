"""What changes people and their tokens; their codes are in ``codes.py``."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import secrets
from accounts.codes import (
    forget_what_others_were_told,
    give_invitation,
    spend,
)
from accounts.models import ApiToken, User
from accounts.querysets import normalise_email
from audit.services import record
from core import clock
from core.errors import NotYours
from core.policy import require


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
    person, created = _find_or_make(normalise_email(email), name, language)
    may_be_told = created or _is_waiting_for(person, by)
    if not may_be_told and person.email_proved_at is None:
        forget_what_others_were_told(person)
    code = give_invitation(person, by=by) if may_be_told else None
    record("accounts.invite", person, by=by, told=may_be_told)
    return Invitation(person, code)


@transaction.atomic
def make_administrator(*, email: str) -> Invitation:
    """Make or find a person and let them administer; for the command line.

    Whoever has the command line has the database: the address is taken as proved.
    """
    person = invite(email=email, by=None).person
    person.is_administrator = True
    person.email_proved_at = person.email_proved_at or clock.now()
    person.save(update_fields=["is_administrator", "email_proved_at"])
    record("accounts.make_administrator", person, by=None)
    return Invitation(person, give_invitation(person, by=None))


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
    return spend(
        email,
        code,
        lambda person: issue_token(
            person=person, name=name, scope=scope, lifetime=lifetime, contest=contest
        ),
    )


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


def _find_or_make(address: str, name: str, language: str) -> tuple[User, bool]:
    """Find whose address it is, the first or a further one, or make the person."""
    person = User.objects.behind(address)
    if person is not None:
        return person, False
    person, created = User.objects.get_or_create(
        email=address,
        defaults={"name": name, "language": language or settings.LANGUAGE_CODE},
    )
    if created:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return person, created


def _is_waiting_for(person: User, inviter: User | None) -> bool:
    """Tell whether the account was never used and only ``inviter`` ever invited it."""
    issued_by = getattr(inviter, "pk", None)
    others = person.codes.exclude(issued_by_id=issued_by)
    return person.last_login is None and not others.exists()
