"""What a mail server's answer means for a message: for good, for now, or for the line.

RFC 5321: an answer 4xx may change with time, an answer 5xx will not.
"""

import smtplib
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_noop

from core.text import visible

_FOR_GOOD = 500
_LONGEST = 300

ADDRESS_REFUSED = gettext_noop(
    "The recipient's mail server refused the message for good; the address may be"
    " wrong."
)
MESSAGE_REFUSED = gettext_noop("The mail server refused the message for good.")
NOT_YET = gettext_noop("The mail server asked to try again later.")
WE_ARE_REFUSED = gettext_noop(
    "The mail server does not let us send. Please tell the administrator."
)
LINE_BROKEN = gettext_noop("The connection to the mail server failed or broke off.")
NO_ADDRESS = gettext_noop("Mail cannot be sent to this address.")
STOPPED = gettext_noop(
    "Sending stopped in the middle several times; nobody knows whether the message"
    " arrived."
)
TOO_LATE = gettext_noop("The code ran out before it could be sent.")


class Fault(Enum):
    """How far a failure reaches."""

    FOR_GOOD = "for good"  # this message, for ever
    FOR_NOW = "for now"  # this message, for a while
    LINE = "line"  # whatever goes over this connection


@dataclass(frozen=True, slots=True)
class Outcome:
    """A failure: how far it reaches, in plain words, and what the server said."""

    fault: Fault
    sentence: str
    server_said: str = ""


def outcome_of(error: Exception) -> Outcome:
    """Read an exception of sending; one that is no answer of a server is raised."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return _answered(code, answer, ADDRESS_REFUSED)
    if isinstance(error, smtplib.SMTPDataError):
        return _answered(error.smtp_code, error.smtp_error, MESSAGE_REFUSED)
    if isinstance(error, smtplib.SMTPResponseException):  # sender, sign-in, greeting
        said = _told(error.smtp_code, error.smtp_error)
        return Outcome(Fault.LINE, WE_ARE_REFUSED, said)
    if isinstance(error, OSError):  # smtplib's own and the socket's
        return Outcome(Fault.LINE, LINE_BROKEN, visible(str(error))[:_LONGEST])
    if isinstance(error, ValueError):  # Django and Python: no such address or header
        return Outcome(Fault.FOR_GOOD, NO_ADDRESS)
    raise error


def _answered(code: int, said: bytes | str, refusal: str) -> Outcome:
    if code >= _FOR_GOOD:
        return Outcome(Fault.FOR_GOOD, refusal, _told(code, said))
    return Outcome(Fault.FOR_NOW, NOT_YET, _told(code, said))


def _told(code: int, said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return visible(f"{code} {' '.join(text.split())}")[:_LONGEST]
