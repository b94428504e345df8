"""Questions about messages: what became of them, and what a mailing would be."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from mail.letters import Letter, Sender, one_each
from mail.models import Message
from mail.querysets import MessageQuerySet
from mail.rendering import Rendered, render


@dataclass(frozen=True, slots=True)
class Preview:
    """A mailing before it is sent: to how many addresses, and the first message."""

    recipients: int
    sample: Rendered | None


def messages_of(contest_id: UUID) -> MessageQuerySet:
    """List the messages of a contest, the undelivered first, without their texts."""
    messages = Message.objects.filter(contest_id=contest_id)
    return messages.undelivered_first().defer("text", "html")


def preview(letters: Sequence[Letter], *, sender: Sender) -> Preview:
    """Write the first letter and count the addresses; nothing is kept."""
    kept = list(one_each(letters))
    sample = render(kept[0], sender) if kept else None
    return Preview(len(kept), sample)
