"""The words for phases and acts, marked for translation.

The matrix and the pure modules speak in codes; people are shown these.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from contest.phases import Phase, PhaseState
from core.times import local_time

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
#: The fixed fields of an entry, which a rulebook may require; in the form's order.
FIELD_LABELS: Mapping[str, object] = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Summary of the project"),
    "place": gettext_lazy("Place"),
    "eldership": gettext_lazy("Eldership"),
    "municipality": gettext_lazy("Municipality"),
    "action_group": gettext_lazy("Action group"),
    "partners": gettext_lazy("Partners"),
    "measure": gettext_lazy("Measure"),
    "project_number": gettext_lazy("Project number"),
    "contract_number": gettext_lazy("Contract number"),
    "started_on": gettext_lazy("Begun on"),
    "finished_on": gettext_lazy("Finished on"),
    "total": gettext_lazy("Total value"),
    "with_vat": gettext_lazy("With VAT"),
    "grant_awarded": gettext_lazy("Grant awarded"),
    "grant_paid": gettext_lazy("Grant paid"),
    "share_eu": gettext_lazy("Share of the EU"),
    "share_state": gettext_lazy("Share of the state"),
    "share_municipality": gettext_lazy("Share of the municipality"),
    "share_partners": gettext_lazy("Share of the partners"),
    "share_own": gettext_lazy("Own share"),
    "share_in_kind": gettext_lazy("Contribution in kind"),
    "innovation": gettext_lazy("Innovation"),
    "success": gettext_lazy("Success"),
    "social_responsibility": gettext_lazy("Social responsibility"),
    "links": gettext_lazy("Links"),
    "nominations": gettext_lazy("Nominations"),
    "contact_name": gettext_lazy("Contact person"),
    "contact_email": gettext_lazy("E-mail"),
    "contact_phone": gettext_lazy("Telephone"),
    "attachments": gettext_lazy("Photos and files"),
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


def collection_is_over(at: datetime, zone: str, contact: Iterable[str]) -> str:
    """Tell an entrant who comes late what stands, what does not, and whom to ask."""
    return _(
        "The time to change and send the entry ended on {at}. What was saved by then is"
        " kept; what came later was not saved. To change something, ask the organiser:"
        " {contact}."
    ).format(at=local_time(at, zone, is_exact=False), contact=_enumerated(contact))


def judging_is_over(at: datetime, zone: str, contact: Iterable[str]) -> str:
    """Tell a juror who comes late what stands, what does not, and whom to ask."""
    return _(
        "Judging was closed on {at}. What you had saved by then is kept; what came"
        " later was not saved. To change something, ask the coordinator: {contact}."
    ).format(at=local_time(at, zone, is_exact=False), contact=_enumerated(contact))


def _enumerated(contact: Iterable[str]) -> str:
    return ", ".join(filter(None, contact))


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
