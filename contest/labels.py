"""The words for phases and acts, marked for translation.

The matrix and the pure modules speak in codes; people are shown these.
"""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from contest.phases import Phase, PhaseState

PHASE_LABELS: Mapping[str, str] = {
    Phase.SET_UP: gettext_noop("set-up"),
    Phase.ANNOUNCED: gettext_noop("announced"),
    Phase.OPEN: gettext_noop("open"),
    Phase.ELIGIBILITY: gettext_noop("eligibility"),
    Phase.JUDGING: gettext_noop("judging"),
    Phase.DELIBERATION: gettext_noop("deliberation"),
    Phase.PUBLISHED: gettext_noop("published"),
    Phase.ARCHIVED: gettext_noop("archived"),
}

ROLE_LABELS: Mapping[str, str] = {
    "chair": gettext_noop("chair"),
    "deputy": gettext_noop("deputy chair"),
    "secretary": gettext_noop("secretary"),
    "member": gettext_noop("member"),
    "observer": gettext_noop("observer"),
    "substitute": gettext_noop("substitute"),
}
INVITATION_LABELS: Mapping[str, str] = {
    "planned": gettext_noop("not invited yet"),
    "invited": gettext_noop("invited"),
    "expired": gettext_noop("invitation out of date"),
    "known": gettext_noop("invited, has an account"),
    "joined": gettext_noop("has signed in"),
}


def role_label(role: str) -> str:
    """Name a seat's role in the reader's language."""
    return _(ROLE_LABELS[role])


def invitation_label(invitation: str) -> str:
    """Tell in the reader's language how far an invitation is."""
    return _(INVITATION_LABELS[invitation])


def phase_label(phase: str) -> str:
    """Name a phase in the reader's language."""
    return _(PHASE_LABELS[Phase(phase)])


def local_time(at: datetime, zone: str) -> str:
    """Write a time in the contest's zone, with the offset: a deadline is meant."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%d %H:%M:%S} {zone} (UTC{local:%z})"


def where_it_is(state: PhaseState, zone: str) -> str:
    """Tell the phase now, since when, and until when where that is known."""
    phase = phase_label(state.phase)
    if state.until:
        return _("Now it is in: {phase}, until {until}.").format(
            phase=phase, until=local_time(state.until, zone)
        )
    if state.since:
        return _("Now it is in: {phase}, since {since}.").format(
            phase=phase, since=local_time(state.since, zone)
        )
    return _("Now it is in: {phase}.").format(phase=phase)
