"""Questions about messages: what became of them, and what a mailing would be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.db.models import Count

from mail.letters import Letter, Recipient, Sender, digest_of, one_each
from mail.models import Message
from mail.querysets import MessageQuerySet
from mail.rendering import Rendered, render


@dataclass(frozen=True, slots=True)
class Preview:
    """A mailing before it is sent: to whom, and how the first message reads.

    ``new`` are the addresses that were not told the same before.
    """

    to: tuple[Recipient, ...]
    new: frozenset[str]
    sample: Rendered | None
    samples: tuple[Rendered, ...]  # the same in each language

    @property
    def recipients(self) -> int:
        """To how many addresses."""
        return len(self.to)


def messages_of(contest_id: UUID) -> MessageQuerySet:
    """List the messages of a contest, the undelivered first, without their texts."""
    messages = Message.objects.filter(contest_id=contest_id)
    return messages.undelivered_first().defer("text", "html")


def counts_of(contest_id: UUID) -> dict[str, int]:
    """Count the messages of a contest by state; what is being sent waits still."""
    messages = Message.objects.filter(contest_id=contest_id)
    rows = messages.order_by().values_list("state").annotate(Count("pk"))
    found = dict.fromkeys(("undelivered", "waiting", "sent"), 0)
    for state, count in rows:
        found["waiting" if state == "sending" else state] += count
    return found


def preview(letters: Sequence[Letter], *, sender: Sender) -> Preview:
    """Write the first letter and name the addresses; nothing is kept."""
    kept = list(one_each(letters))
    told = _told_before(kept)
    return Preview(
        to=tuple(letter.to for letter in kept),
        new=frozenset(
            letter.to.address for letter in kept if digest_of(letter) not in told
        ),
        sample=render(kept[0], sender) if kept else None,
        samples=tuple(
            render(replace(kept[0], to=replace(kept[0].to, language=code)), sender)
            for code, _name in (settings.LANGUAGES if kept else ())
        ),
    )


def _told_before(letters: Sequence[Letter]) -> set[str]:
    digests = [digest_of(letter) for letter in letters]
    told = Message.objects.filter(occasion_sha256__in=digests)
    return set(told.values_list("occasion_sha256", flat=True))
