"""Send what is due: codes first, one claim a message, each outcome written down."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from email.utils import formataddr, formatdate, parseaddr
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Case, F, IntegerField, Q, When

from core import clock
from mail import services
from mail.models import Message
from mail.outcomes import STOPPED, TOO_LATE, Fault, Outcome, outcome_of

logger = structlog.get_logger(__name__)
_CANDIDATES = 8  # so many senders can reach for the next message at once
_AT_ONCE = 60.0  # seconds; then others of the worker's tasks have their turn
_MINUTE = timedelta(minutes=1)
# The first wait and the longest.
_WAITS = timedelta(seconds=30), timedelta(hours=1)
_LINE_WAITS = timedelta(seconds=15), timedelta(minutes=5)
_CODE_WAITS = timedelta(seconds=5), timedelta(minutes=1)
_DOUBLINGS = 12
_LAPSES = 2  # tries in a row that nobody ended, after the first
_BROKEN_IN_A_ROW = 3
_CODE = Message.Priority.CODE


def send_due() -> int:
    """Send while something is due and the line holds; how many left.

    Not atomic on purpose: others must see each claim, and each message that left.
    """
    give_up()
    sent = broken = 0
    until = time.monotonic() + _AT_ONCE
    with _line() as line:
        while broken < _BROKEN_IN_A_ROW and (message := _claim()):
            failure = _send(line, message)
            sent += failure is None
            if failure is not None and failure.fault is Fault.LINE:
                _hang_up(line)
                broken += 1
            else:
                broken = 0
            if time.monotonic() > until:
                services.ring()
                break
    return sent


def give_up() -> int:
    """Close what nobody will send any more: codes out of date, stopped too often."""
    now = clock.now()
    due = Message.objects.due(now)
    late = due.filter(priority=_CODE, tried_until__lte=now)
    stopped = due.filter(state=Message.State.SENDING, lapses__gte=_LAPSES)
    return sum(
        _close(message, error, now)
        for messages, error in ((late, TOO_LATE), (stopped, STOPPED))
        for message in messages
    )


def _close(message: Message, error: str, now: datetime) -> int:
    as_read = Message.objects.filter(
        pk=message.pk, state=message.state, lease_token=message.lease_token
    )
    return as_read.update(
        state=Message.State.UNDELIVERED,
        lease_token=None,
        error=error,
        **services.erased(message, now),
    )


def _claim() -> Message | None:
    """Take the most urgent message by one UPDATE; None when there is nothing to do."""
    while candidates := _next():
        for pk in candidates:
            token, now = uuid.uuid4(), clock.now()
            lapsed = When(state=Message.State.SENDING, then=F("lapses") + 1)
            taken = (
                Message.objects.due(now)
                .filter(pk=pk)
                .update(
                    state=Message.State.SENDING,
                    lease_token=token,
                    due_at=now + settings.MAIL_LEASE,
                    attempts=F("attempts") + 1,
                    lapses=Case(lapsed, default=0, output_field=IntegerField()),
                    tried_at=now,
                )
            )
            if taken:
                return Message.objects.get(pk=pk)
    return None


def _next() -> list[UUID]:
    now = clock.now()
    due = Message.objects.due(now).filter(~Q(priority=_CODE) | Q(tried_until__gt=now))
    due = due.filter(lapses__lt=_LAPSES)
    if _mass_is_used_up(now):
        due = due.exclude(priority=Message.Priority.MASS)
    ordered = due.order_by("priority", "due_at", "pk")
    return list(ordered.values_list("pk", flat=True)[:_CANDIDATES])


def _mass_is_used_up(now: datetime) -> bool:
    tried = Message.objects.filter(
        priority=Message.Priority.MASS, tried_at__gt=now - _MINUTE
    )
    return tried.count() >= settings.MAIL_MASS_PER_MINUTE


def _send(line: Any, message: Message) -> Outcome | None:
    """Hand one message over and write down what came of it; None when it left.

    Between the server's word and our row lies the one moment in which a death makes a
    second copy; both then carry the same Message-ID.
    """
    try:
        line.open()  # kept open for the next one, which send_messages would not do
        line.send_messages([_mime(message)])
    except (OSError, ValueError) as exc:
        outcome = outcome_of(exc)
        _keep_failure(message, outcome)
        return outcome
    now = clock.now()
    _update(
        message,
        state=Message.State.SENT,
        sent_at=now,
        error="",
        server_said="",
        **services.erased(message, now),
    )
    return None


def _keep_failure(message: Message, outcome: Outcome) -> None:
    now = clock.now()
    due_at = now + _wait(message, outcome.fault)
    told = {"error": outcome.sentence, "server_said": outcome.server_said}
    logger.warning(
        "message not sent",
        message=str(message.pk),
        fault=outcome.fault.value,
        attempts=message.attempts,
    )
    if outcome.fault is Fault.FOR_GOOD or due_at >= message.tried_until:
        over = services.erased(message, now)
        _update(message, state=Message.State.UNDELIVERED, **told, **over)
    else:
        _update(message, state=Message.State.WAITING, due_at=due_at, **told)


def _wait(message: Message, fault: Fault) -> timedelta:
    """Tell how long to wait: twice as long each time; who needs a code waits less.

    A line that failed says nothing of the message, so it is soon tried again.
    """
    if message.priority == _CODE:
        first, longest = _CODE_WAITS
    else:
        first, longest = _LINE_WAITS if fault is Fault.LINE else _WAITS
    return min(first * 2 ** min(message.attempts - 1, _DOUBLINGS), longest)


def _update(message: Message, **fields: Any) -> None:
    held = Message.objects.held_by(message.pk, message.lease_token)
    if not held.update(lease_token=None, lapses=0, **fields):
        logger.warning("lease lost", message=str(message.pk))


def _mime(message: Message) -> EmailMultiAlternatives:
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    mime = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=formataddr((message.sender_name, address)),
        to=[message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={
            "Message-ID": message.message_id,
            "Date": formatdate(message.created_at.timestamp()),
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",  # RFC 3834: no robot need answer
        },
    )
    mime.attach_alternative(message.html, "text/html")
    return mime


@contextmanager
def _line() -> Iterator[Any]:
    """Hold one connection for all messages; it is opened with the first one."""
    line = get_connection()
    try:
        yield line
    finally:
        _hang_up(line)


def _hang_up(line: Any) -> None:
    with suppress(OSError):  # it may be broken: then there is nothing to say goodbye to
        line.close()
