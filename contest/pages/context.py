"""Whom to call: the organiser's name, telephone and e-mail on every page."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from contest.models import Contest, Organiser


def contact(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 -- Django's signature
    """Name the organiser whom a page outside any contest shows; asked when shown."""
    return {"contact": SimpleLazyObject(_organiser)}


def _organiser() -> Organiser | None:
    """The one of the newest announced contest."""
    newest = (
        Contest.objects.filter(acts__kind="announce", is_rehearsal=False)
        .select_related("series__organiser")
        .first()
    )
    return newest.series.organiser if newest else None
