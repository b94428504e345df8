"""What accounts write to people."""

from django.utils.translation import gettext_noop

from accounts.models import User
from mail.letters import Recipient, Template
from mail.models import Message

SIGN_IN_CODE = Template(
    name="accounts.sign_in_code",
    label=gettext_noop("Sign-in code"),
    subject=gettext_noop("Your sign-in code: {code}"),
    paragraphs=(
        gettext_noop("Your code is {code}."),
        gettext_noop(
            "It works once, for {minutes} minutes, in any browser. Tell it to nobody."
        ),
        gettext_noop("If you did not ask for it, do nothing."),
    ),
    priority=Message.Priority.CODE,
)


def recipient_of(person: User) -> Recipient:
    """Address a person, in the language they chose."""
    return Recipient(person.email, person.language, person.pk)
