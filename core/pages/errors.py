"""Refusals and failures as pages: what happened, what is kept, what to do."""

import sys
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.api import problems
from core.contact import house
from core.disk import StorageFull, full, is_full
from core.errors import SumaniError
from core.pages import kept
from core.text import Passage

API = "/api/"
_RETRY_AFTER = 5  # seconds
_HEADINGS = {
    HTTPStatus.BAD_REQUEST: gettext_lazy("This cannot be read"),
    HTTPStatus.FORBIDDEN: gettext_lazy("Not now"),
    HTTPStatus.NOT_FOUND: gettext_lazy("Nothing found"),
    HTTPStatus.CONFLICT: gettext_lazy("This does not fit what is already there"),
    HTTPStatus.GONE: gettext_lazy("This is no longer kept"),
    HTTPStatus.PRECONDITION_FAILED: gettext_lazy("This was changed in the meantime"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: gettext_lazy("This is too large"),
    HTTPStatus.TOO_MANY_REQUESTS: gettext_lazy("Too many tries"),
    HTTPStatus.INTERNAL_SERVER_ERROR: gettext_lazy("Something went wrong"),
    HTTPStatus.SERVICE_UNAVAILABLE: gettext_lazy("One moment, please"),
    HTTPStatus.INSUFFICIENT_STORAGE: gettext_lazy("There is no room for files"),
}


class Way(NamedTuple):
    """A link that leads on from a refusal."""

    url: str
    label: str


def error_page(
    request: HttpRequest,
    status: int,
    sentence: str,
    *,
    code: str = "",
    about: Any = None,
    typed: Sequence[Passage] = (),
    way: Way | None = None,
) -> HttpResponse:
    """Render the page of an error: a heading, the sentence, whom to call.

    ``about`` is what was asked for, if the person may know of it: it tells whom.
    ``typed`` is what came with the request and was not saved, ``way`` leads on.
    """
    heading = _HEADINGS.get(HTTPStatus(status), _HEADINGS[HTTPStatus.BAD_REQUEST])
    context = {
        "heading": heading,
        "sentence": sentence,
        "status": status,
        "code": code,
        "asked_about": about,
        "typed": typed,
        "way": way,
    }
    return TemplateResponse(request, "error.html", context, status=status).render()


def refusal_page(
    request: HttpRequest,
    refusal: SumaniError,
    *,
    about: Any = None,
    typed: Sequence[Passage] = (),
) -> HttpResponse:
    """Show a refusal that no form can show; the rest as in ``error_page``."""
    sentence, told = str(refusal.message), {"about": about, "typed": typed}
    return error_page(request, refusal.status, sentence, code=refusal.code, **told)


def unavailable_page() -> HttpResponse:
    """Say that the database cannot be reached just now."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    page = _without_database(status, problems.unavailable()["detail"])
    page["Retry-After"] = str(_RETRY_AFTER)
    return page


def handle_400(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Django's ``handler400``: a host or a body that Django itself refused."""
    if request.path.startswith(API):
        return problems.handle_400(request, exception)
    sentence = _("This request cannot be read.")
    return _without_database(HTTPStatus.BAD_REQUEST, sentence)


def handle_404(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Django's ``handler404``."""
    if request.path.startswith(API):
        return problems.handle_404(request, exception)
    sentence = _("There is nothing at this address, or it is not yours to see.")
    return error_page(request, HTTPStatus.NOT_FOUND, sentence)


def handle_500(request: HttpRequest) -> HttpResponseBase:
    """Django's ``handler500``: says nothing of the inside."""
    if request.path.startswith(API):
        return problems.handle_500(request)
    if is_full(sys.exception()):  # it struck before a page was there to say so
        return _without_database(StorageFull.status, full().message)
    sentence = _(
        "Something went wrong on our side; it has been recorded. Nothing that was"
        " confirmed is lost. Please try again."
    )
    return _without_database(HTTPStatus.INTERNAL_SERVER_ERROR, sentence)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django names it
    """Django's ``CSRF_FAILURE_VIEW``: mostly a page that lay open for too long."""
    if _is_kept(request):
        sentence = _(
            "You signed in again after this page was opened, so nothing was saved yet."
            " What you typed is kept: open the page again, look through it and save."
        )
        way = Way(request.get_full_path(), _("Open the page again"))
        return error_page(request, HTTPStatus.FORBIDDEN, sentence, code="csrf", way=way)
    sentence = _(
        "This page was open for too long or came from elsewhere, so nothing was saved."
        " Go back, copy what you typed, reload the page and send it again."
    )
    return error_page(request, HTTPStatus.FORBIDDEN, sentence, code="csrf")


def _is_kept(request: HttpRequest) -> bool:
    """Keep what somebody who is signed in typed into a form of ours, if it may be."""
    match = request.resolver_match
    view = getattr(match.func, "view_class", None) if match else None
    may_keep = request.user.is_authenticated and getattr(view, "keeps_drafts", False)
    return may_keep and kept.keep(request)


def _without_database(status: int, sentence: str) -> HttpResponse:
    """Render without context processors: they would ask what does not answer."""
    context = {
        "heading": _HEADINGS[HTTPStatus(status)],
        "sentence": sentence,
        "contact": house(),
    }
    page = render_to_string("error_bare.html", context)
    return HttpResponse(page, status=status)
