from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from core import clock
from core.invariants import invariant
from mail.models import Message

# How long a message may wait for its first try before somebody should look.
_PATIENCE = timedelta(hours=24)
_State = Message.State


def _labels(messages: QuerySet[Message]) -> Iterable[str]:
    yield from (str(pk) for pk in messages.values_list("pk", flat=True))


@invariant("mail.codes_are_erased", "No code can be read once it is over.")
def codes_are_erased() -> Iterable[str]:
    codes = Message.objects.filter(priority=Message.Priority.CODE)
    readable = codes.exclude(subject="", text="", html="")
    over = Q(state__in=[_State.SENT, _State.UNDELIVERED])
    yield from _labels(readable.filter(over | Q(tried_until__lt=_long_ago())))


@invariant("mail.sent_once", "Nobody took a message again that had been sent.")
def sent_once() -> Iterable[str]:
    again = Q(tried_at__gt=F("sent_at")) | Q(attempts=0)
    yield from _labels(Message.objects.filter(again, state=_State.SENT))


@invariant("mail.leases_are_sane", "A message is leased for a moment, or not at all.")
def leases_are_sane() -> Iterable[str]:
    held = Q(state=_State.SENDING)
    too_long = held & Q(due_at__gt=clock.now() + _PATIENCE)
    uncounted = held & Q(attempts=0)
    left_over = ~held & Q(lapses__gt=0)
    yield from _labels(Message.objects.filter(too_long | uncounted | left_over))


@invariant("mail.goes_out", "No message waits for more than a day for its first try.")
def goes_out() -> Iterable[str]:
    waiting = Message.objects.filter(state=_State.WAITING, attempts=0)
    yield from _labels(waiting.filter(created_at__lt=_long_ago()))


def _long_ago() -> datetime:
    return clock.now() - _PATIENCE
