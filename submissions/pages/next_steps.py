"""What the writer of an entry does next, and until when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from contest.phases import Phase
from contest.rulebook import read_version
from core import clock
from submissions.models import Submission
from submissions.pages.own_entries import time_left
from submissions.pages.showing import told_state
from submissions.selectors import progress_of

_State = Submission.State


@dataclass(frozen=True, slots=True)
class NextStep:
    """An entry with its state in words and the one thing to do; empty for nothing."""

    entry: Submission
    state: dict[str, str]
    words: str
    page: str = "submissions:entry"
    until: datetime | None = None
    time_left: str = ""


def next_step(entry: Submission) -> NextStep:
    """Tell what comes next for one entry; asks no more than is loaded with it."""
    state, left = told_state(entry), time_left(entry)
    words, page = _words(entry, state["code"], is_open=bool(left))
    until = entry.returned_until if state["code"] == _State.RETURNED else entry.deadline
    return NextStep(entry, state, words, page, until if left else None, left)


def _words(entry: Submission, state: str, *, is_open: bool) -> tuple[str, str]:
    here = "submissions:entry"
    if state == _State.RETURNED:
        return _("Correct it and send it again"), here
    if state == _State.DRAFT and is_open:
        if progress_of(entry, read_version(entry.form)).missing:
            return _("Fill in what is missing"), here
        return _("Check and send"), "submissions:entry-send"
    if state == _State.DRAFT:
        return _("It was not sent, and collection is over"), here
    if state == _State.SUBMITTED and entry.has_unsent_changes and is_open:
        return _("Send your changes"), "submissions:entry-send"
    return _after(entry, state), here


def _after(entry: Submission, state: str) -> str:
    if state == _State.WITHDRAWN:
        return ""
    phase = entry.contest.state_at(clock.now()).phase
    if phase in {Phase.PUBLISHED, Phase.ARCHIVED}:
        return _("The results are published")
    return _("Nothing to do: it is sent")
