"""What accounts write to people."""

from typing import Any

from django.utils.translation import gettext_noop

from accounts.models import User
from mail.letters import Letter, Recipient, Template
from mail.models import Message
from mail.services import house_as_sender, post

SIGN_IN_CODE = Template(
    name="accounts.sign_in_code",
    label=gettext_noop("Sign-in code"),
    subject=gettext_noop("Your sign-in code: {code}"),
    paragraphs=(
        gettext_noop("Your code is {code}."),
        gettext_noop(
            "It works once, for {minutes} minutes, in any browser. Do not share it."
        ),
        gettext_noop("If you did not ask for it, do nothing."),
    ),
    priority=Message.Priority.CODE,
)
ADDRESS_CODE = Template(
    name="accounts.address_code",
    label=gettext_noop("Code for a further address"),
    subject=gettext_noop("Code for adding this address: {code}"),
    paragraphs=(
        gettext_noop("The code is {code}. It works once, for {minutes} minutes."),
        gettext_noop(
            "Somebody who is signed in wants to use this address for signing in. If"
            " that was not you, do nothing."
        ),
    ),
    priority=Message.Priority.CODE,
)
NOTICE = Template(
    name="accounts.notice",
    label=gettext_noop("Change of an account"),
    subject=gettext_noop("Your account was changed"),
    paragraphs=(
        "{what}",
        gettext_noop(
            "If that was you, do nothing. If not, sign in, end the other sign-ins in"
            " your account and tell us."
        ),
    ),
)


def recipient_of(person: User) -> Recipient:
    """Address a person, in the language they chose."""
    return Recipient(person.email, person.language, person.pk)


def post_notice(person: User, what: Any, *, of: str) -> None:
    """Tell somebody that what guards their account has changed; once per ``of``."""
    letter = Letter(NOTICE, to=recipient_of(person), occasion=of, values={"what": what})
    post(letter, sender=house_as_sender())
