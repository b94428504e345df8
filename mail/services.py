"""Put messages into the outbox, ring for them, try them again, erase what is over."""

import uuid
from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr
from typing import Any

import structlog
from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from audit.services import record
from core import clock, contact
from core.errors import Conflict
from mail.letters import Letter, Recipient, Sender, digest_of, one_each
from mail.models import Message
from mail.redirecting import instead_of_all
from mail.rendering import Rendered, render

logger = structlog.get_logger(__name__)
SEND_DUE = "mail.send_due"
_BATCH = 500
_EMPTY = {"subject": "", "text": "", "html": ""}
_ADDRESSES = {"to": "", "reply_to": "", "sender_name": "", "server_said": ""}


def house_as_sender() -> Sender:
    """Who writes where no contest is meant: those who run this installation."""
    told = contact.house()
    return Sender(told.name, told.phone, told.email)


@transaction.atomic
def post(*letters: Letter, sender: Sender) -> int:
    """Write the letters in the caller's transaction and ring once it is committed.

    Tells how many are new: what somebody was told before is not told again. An address
    gets one letter of an occasion, whoever shares it.
    """
    instead = instead_of_all(sender.contest_id)
    rendered = _rendering(sender, for_another=instead is not None)
    written = [
        _written(letter, rendered(letter), sender, instead)
        for letter in one_each(letters)
    ]
    Message.objects.bulk_create(written, batch_size=_BATCH, ignore_conflicts=True)
    new = Message.objects.filter(pk__in=[message.pk for message in written]).count()
    if new:
        transaction.on_commit(ring)
    return new


def ring() -> None:
    """Tell a worker; when the broker is away, the clock of the workers does later."""
    try:
        current_app.send_task(SEND_DUE, retry=False)
    except (OperationalError, OSError) as exc:
        logger.warning("bell not heard", task=SEND_DUE, error=str(exc))


@transaction.atomic
def try_again(*, message: Message, by: Any) -> Message:
    """Put an undelivered message back into the queue; the caller asks the policy."""
    undelivered = Message.objects.undelivered().filter(
        pk=message.pk, erased_at__isnull=True
    )
    now = clock.now()
    queued = undelivered.update(
        state=Message.State.WAITING,
        due_at=now,
        tried_until=now + settings.MAIL_TRIED_FOR,
        lapses=0,
        error="",
        server_said="",
    )
    message.refresh_from_db()
    if not queued:
        raise _not_again(message)
    record(
        "mail.try_again",
        message,
        by=by,
        contest_id=message.contest_id,
        label=message.template,
    )
    transaction.on_commit(ring)
    return message


def erase_outlived() -> int:
    """Erase what was written, and to whom, once it is over; how many.

    The row stays without personal data, so that the same thing is not told again.
    """
    oldest = clock.now() - settings.MAIL_TEXTS_KEPT
    over = Q(state=Message.State.SENT, sent_at__lt=oldest)
    over |= Q(state=Message.State.UNDELIVERED, tried_until__lt=oldest)
    outlived = Message.objects.filter(over, erased_at__isnull=True)
    return outlived.update(erased_at=clock.now(), **_EMPTY, **_ADDRESSES)


def erased(message: Message, at: datetime) -> dict[str, Any]:
    """Tell what to write into a row that is over: a code leaves nothing to read."""
    if message.priority != Message.Priority.CODE:
        return {}
    return {"erased_at": at, **_EMPTY}


def _rendering(sender: Sender, *, for_another: bool) -> Callable[[Letter], Rendered]:
    """Render each text once: letters to many share their values, and so their text."""
    known: dict[tuple[str, int, str, str, str], Rendered] = {}

    def rendered(letter: Letter) -> Rendered:
        meant_for = letter.to.address if for_another else ""
        # The caller holds the letters, so no two values have one id meanwhile.
        values, language = id(letter.values), letter.to.language
        key = letter.template.name, values, letter.link, language, meant_for
        if key not in known:
            known[key] = render(letter, sender, meant_for=meant_for)
        return known[key]

    return rendered


def _written(
    letter: Letter, rendered: Rendered, sender: Sender, instead: Recipient | None
) -> Message:
    to, now, pk = instead or letter.to, clock.now(), uuid.uuid4()
    return Message(
        pk=pk,
        template=letter.template.name,
        priority=letter.template.priority,
        to=to.address,
        person_id=to.person_id,
        language=rendered.language,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        contest_id=sender.contest_id,
        sender_name=rendered.sender_name[:200],
        reply_to=sender.email,
        message_id=f"<{pk}@{_domain()}>",
        occasion_sha256=digest_of(letter),
        due_at=now,
        tried_until=letter.tried_until or now + settings.MAIL_TRIED_FOR,
        created_at=now,
    )


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _not_again(message: Message) -> Conflict:
    if message.state != Message.State.UNDELIVERED:
        return Conflict(
            _("This message is not among the undelivered ones: {state}.").format(
                state=message.get_state_display()
            ),
            code="not_undelivered",
        )
    return Conflict(
        _(
            "The text of this message is no longer kept, so it cannot be sent again."
            " Do again what it told of, or write to the person."
        ),
        code="message_erased",
    )
