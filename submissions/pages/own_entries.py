"""Pages of one entry for those who write it."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import ngettext

from accounts.models import User
from contest.rulebook import read_version
from core import clock
from core.policy import allows
from organisations.notices import speakers_of
from submissions.authorship import preparer_of
from submissions.models import Attachment, Submission
from submissions.pages.parts import parts_of
from submissions.preparing import has_agreement
from submissions.rules import Handling, is_told_as_owner
from submissions.selectors import suggestions_for

_HOUR, _LAST_DAYS = timedelta(hours=1), timedelta(days=2)
RELATED = (
    "contest__rulebook",
    "contest__series__organiser",
    "organisation",
    "prepared_by",
    "current_version__rulebook",
    "current_version__content",
)


def photos_to_declare(entry: Submission, person: User) -> list[Attachment]:
    """Find the photos that were sent, of whose people the person may still speak."""
    if not allows(person, "submissions.declare_photo", entry):
        return []
    return list(entry.attachments.entered().declarable())


class OwnEntry:
    """A page of the entry that its address names, judged against it."""

    def find(self):
        """Find the entry with what every page of it asks."""
        entries = Submission.objects.select_related(*RELATED)
        entry = self.fetch(entries, pk=self.kwargs["pk"])
        prefetch_related_objects([entry.contest], "acts")
        return entry

    @property
    def entry(self):
        """The entry of the address."""
        return self.subject

    @property
    def rules(self):
        """The rulebook whose questions the entry answers."""
        return read_version(self.entry.form)

    @cached_property
    def is_own(self):
        """Whether the reader acts for who owns or prepared it, or asks to."""
        return is_told_as_owner(self.entry, self.request.user)

    def get_context_data(self, **kwargs):
        """Let every template know the entry, its contest and how long it is open."""
        entry = self.entry
        return super().get_context_data(
            entry=entry,
            contest=entry.contest,
            parts=parts_of(self.rules),
            may_change=allows(self.request.user, "submissions.change", entry)
            and entry.state != Submission.State.WITHDRAWN,
            time_left=time_left(entry),
            preparer=preparer_of(entry),
            is_own=self.is_own,
            **kwargs,
        )


def agreement_on(entry: Submission) -> dict[str, Any]:
    """Tell a template whether the owner agrees as it stands, and who could be asked."""
    if not entry.is_prepared_by_others or has_agreement(entry):
        return {"is_confirmed": True}
    return {
        "is_confirmed": False,
        "speakers": speakers_of([entry.organisation_id]),
        "handling": Handling(entry),
    }


def offers_answers(entry: Submission, person: User) -> bool:
    """Tell whether there is something to offer ``person`` for a still empty entry."""
    if entry.touched or not allows(person, "submissions.view_suggestions", entry):
        return False
    return bool(suggestions_for(entry))


def time_left(entry: Submission) -> str:
    """Tell in words how long the entry can still be sent; empty once it cannot."""
    now, ends = clock.now(), entry.deadline
    if entry.state == Submission.State.RETURNED and entry.returned_until:
        ends = entry.returned_until
    return _duration(ends - now) if ends and ends > now else ""


def _duration(left: timedelta) -> str:
    """Write how long there is: whole days, on the last two of them hours or minutes."""
    hours, minutes = int(left / _HOUR), int(left / timedelta(minutes=1))
    if left >= _LAST_DAYS:
        return ngettext("{count} day", "{count} days", left.days).format(
            count=left.days
        )
    if hours:
        return ngettext("{count} hour", "{count} hours", hours).format(count=hours)
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
