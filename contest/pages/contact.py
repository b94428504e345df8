"""Whom to call: a name, a telephone and an e-mail at the foot of every page."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from contest.models import Contest, Organiser
from core.contact import Contact, house
from core.policy import standing

# What begins the address of a page about the contest that its ``slug`` names.
_OF_CONTESTS = ("contests/", "judging/")


def whom_to_ask(context: Mapping[str, Any]) -> Contact:
    """Name the organiser of the contest that a page is about, or was to be about.

    Elsewhere the only organiser there is, and where several share the installation
    those who run it.
    """
    organiser = (
        _organiser_of(context.get("contest"))
        or _refused(context)
        or _by_address(context.get("request"))
        or _the_only_one()
    )
    if organiser is None:
        return house()
    return Contact(organiser, organiser.phone, organiser.email)


def _organiser_of(contest: Any) -> Organiser | None:
    found: Organiser | None = contest.series.organiser if contest else None
    return found


def _refused(context: Mapping[str, Any]) -> Organiser | None:
    """Find it by what a refusal was about; only somebody who knows of it is told."""
    about = context.get("asked_about")
    if about is None:
        return None
    if isinstance(about, Organiser):
        return about
    contest = standing(about, context["request"].user).contest
    if contest is None:
        return None
    return Organiser.objects.filter(series__contests=contest).first()


def _by_address(request: HttpRequest | None) -> Organiser | None:
    """Find it by the announced contest in the address, which everybody may know of."""
    match = request.resolver_match if request else None
    if match is None or not match.route.startswith(_OF_CONTESTS):
        return None
    announced = Contest.objects.visible_to(AnonymousUser())
    related = announced.select_related("series__organiser")
    return _organiser_of(related.filter(slug=match.kwargs.get("slug")).first())


def _the_only_one() -> Organiser | None:
    announced = Contest.objects.visible_to(AnonymousUser()).order_by()
    organisers = Organiser.objects.filter(series__contests__in=announced.values("pk"))
    found = list(organisers.distinct()[:2])
    return found[0] if len(found) == 1 else None
