"""Absolute addresses of pages that messages lead to, all in one place.

A message is written by a worker or a command as well as by a request, so the host comes
from the setting ``SITE_URL``, never from a request's ``Host`` header.
"""

from uuid import UUID

from django.conf import settings


def sign_in() -> str:
    """Where one types an address and the code that comes."""
    return _absolute("/sign-in/")


def entry(entry_id: UUID) -> str:
    """An entry, for its organisation."""
    return _absolute(f"/entries/{entry_id}/")


def organisation(organisation_id: UUID) -> str:
    """An organisation, for the people who act for it."""
    return _absolute(f"/organisations/{organisation_id}/")


def judging(slug: str) -> str:
    """A juror's own list of sheets."""
    return _absolute(f"/judging/{slug}/")


def sheet(slug: str, assignment_id: UUID) -> str:
    """A juror's own sheet of one entry."""
    return _absolute(f"/judging/{slug}/{assignment_id}/")


def contest(slug: str) -> str:
    """A contest, for everybody."""
    return _absolute(f"/contests/{slug}/")


def results(slug: str) -> str:
    """The published result."""
    return _absolute(f"/contests/{slug}/results/")


def desk() -> str:
    """A coordinator's own start page."""
    return _absolute("/desk/")


def home() -> str:
    """The start page."""
    return _absolute("/")


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}"
