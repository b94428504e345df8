"""What the writer of an entry does next, and until when."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from contest.phases import Phase
from contest.rulebook import read_version
from core import clock
from submissions.models import Confirmation, Submission
from submissions.pages.own_entries import time_left
from submissions.pages.showing import told_state
from submissions.selectors import progress_of

_State = Submission.State
_HERE = "submissions:entry"


@dataclass(frozen=True, slots=True)
class NextStep:
    """An entry with its state in words and the one thing to do; empty for nothing."""

    entry: Submission
    state: dict[str, str]
    words: str
    page: str = _HERE
    until: datetime | None = None
    time_left: str = ""
    missing: int = 0  # answers that a draft needs before it can be sent


def with_agreement(entries: QuerySet[Submission]) -> QuerySet[Submission]:
    """Let each entry know whether its owner ``agreed`` to what others prepared."""
    given = Confirmation.objects.filter(submission=OuterRef("pk"))
    return entries.annotate(agreed=Exists(given.agreeing_to(OuterRef("version"))))


def next_step(entry: Submission, *, helps: bool = False) -> NextStep:
    """Tell what comes next for one entry; asks no more than is loaded with it.

    ``helps`` is for who prepares it for its owner.
    """
    state, left = told_state(entry), time_left(entry)
    missing = 0
    if state["code"] == _State.DRAFT and left:
        missing = len(progress_of(entry, read_version(entry.form)).missing)
    if left and not missing and _waits_for_owner(entry, state["code"]):
        words, page = _agreement(entry, helps=helps)
    else:
        words, page = _words(entry, state["code"], missing, is_open=bool(left))
    until = entry.returned_until if state["code"] == _State.RETURNED else entry.deadline
    return NextStep(entry, state, words, page, until if left else None, left, missing)


def _waits_for_owner(entry: Submission, state: str) -> bool:
    """Tell whether what others prepared cannot be sent by them as it stands."""
    if not entry.is_prepared_by_others or entry.agreed:
        return False
    return state == _State.DRAFT or (
        state == _State.SUBMITTED and entry.has_unsent_changes
    )


def _agreement(entry: Submission, *, helps: bool) -> tuple[str, str]:
    if not helps:
        return _("Read and confirm it"), "submissions:entry-confirm"
    waits = _("{organisation} must confirm it").format(organisation=entry.organisation)
    return waits, _HERE


def _words(
    entry: Submission, state: str, missing: int, *, is_open: bool
) -> tuple[str, str]:
    if state == _State.RETURNED:
        return _("Correct it and send it again"), _HERE
    if state == _State.DRAFT and is_open:
        if missing:
            return _("Fill in what is missing"), _HERE
        return _("Check and send"), "submissions:entry-send"
    if state == _State.DRAFT:
        return _("It was not sent, and collection is over"), _HERE
    if state == _State.SUBMITTED and entry.has_unsent_changes and is_open:
        return _("Send your changes"), "submissions:entry-send"
    return _after(entry, state), _HERE


def _after(entry: Submission, state: str) -> str:
    if state == _State.WITHDRAWN:
        return ""
    phase = entry.contest.state_at(clock.now()).phase
    if phase in {Phase.PUBLISHED, Phase.ARCHIVED}:
        return _("The results are published")
    return _("Nothing to do: it is sent")
