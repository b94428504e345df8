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

_ADDRESS_REFUSED = gettext_noop(
    "The recipient's mail server refused the message for good; the address may be"
    " wrong."
)
_MESSAGE_REFUSED = gettext_noop("The mail server refused the message for good.")
_NOT_YET = gettext_noop("The mail server asked to try again later.")
_WE_ARE_REFUSED = gettext_noop(
    "The mail server does not let us send. Please tell the administrator."
)
_LINE_BROKEN = gettext_noop("The connection to the mail server failed or broke off.")
_NO_ADDRESS = gettext_noop("Mail cannot be sent to this address.")


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
        return _answered(code, answer, _ADDRESS_REFUSED)
    if isinstance(error, smtplib.SMTPDataError):
        return _answered(error.smtp_code, error.smtp_error, _MESSAGE_REFUSED)
    if isinstance(error, smtplib.SMTPResponseException):  # sender, sign-in, greeting
        said = _told(error.smtp_code, error.smtp_error)
        return Outcome(Fault.LINE, _WE_ARE_REFUSED, said)
    if isinstance(error, OSError):  # smtplib's own and the socket's
        return Outcome(Fault.LINE, _LINE_BROKEN, visible(str(error))[:_LONGEST])
    if isinstance(error, ValueError):  # Django and Python: no such address or header
        return Outcome(Fault.FOR_GOOD, _NO_ADDRESS)
    raise error


def _answered(code: int, said: bytes | str, refusal: str) -> Outcome:
    if code >= _FOR_GOOD:
        return Outcome(Fault.FOR_GOOD, refusal, _told(code, said))
    return Outcome(Fault.FOR_NOW, _NOT_YET, _told(code, said))


def _told(code: int, said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return visible(f"{code} {' '.join(text.split())}")[:_LONGEST]
