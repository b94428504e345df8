"""Bases of our pages: what is asked of the matrix, and how a refusal looks."""

from http import HTTPStatus
from typing import Any

import structlog
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core import policy
from core.api.throttling import ScopedThrottle
from core.errors import NotNow, NotYours, SecondFactorMissing, SumaniError
from core.gate import admit
from core.pages import kept
from core.pages.errors import refusal_page, unavailable_page
from core.pages.forms import Form
from core.pages.signing_in import to_second_factor, to_sign_in
from core.rates import too_many_tries
from core.text import Passage

logger = structlog.get_logger(__name__)


class Page(TemplateView):
    """A page that names the row of the matrix for each of its methods.

    ``permission_map = {"get": "contest.view", "post": "contest.change"}``; a method
    without a row is refused. ``find`` gives what the address names: the permission is
    judged against it, and it is there as ``self.subject``.
    """

    permission_map: dict[str, str] = {}
    http_method_names = ["get", "head", "post"]
    throttle_scope = ""  # a rate of the settings, by which POSTs are counted
    subject: Any = None
    is_found = False
    is_let_in = False

    def find(self) -> Any:
        """Find what the address names, by ``self.kwargs``; None where it names none."""
        return None

    def fetch(self, queryset: Any, **lookup: Any) -> Any:
        """Find one row; what is not there is told like what is not one's own."""
        try:
            return get_object_or_404(queryset, **lookup)
        except Http404:
            raise NotYours(
                _("There is nothing at this address, or it is not yours to see.")
            ) from None

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Ask the matrix, then answer; every refusal is a page with a sentence."""
        action = self.action_of(request)
        if action is None:
            return self.http_method_not_allowed(request)
        if not request.user.is_authenticated and not policy.is_public(action):
            self.before_sign_in(request)
            return to_sign_in(request, has_page="get" in self.permission_map)
        try:
            self.subject = self.find()
            self.is_found = True
            self.admit(request, action)
            self.is_let_in = True
            return self.rendered(super().dispatch(request, *args, **kwargs))
        except SecondFactorMissing:
            return to_second_factor(request)
        except SumaniError as refusal:
            return self.refused(request, refusal)
        except OperationalError:
            logger.exception("database away")
            return unavailable_page()

    def action_of(self, request: HttpRequest) -> str | None:
        """Name the row of the matrix that this request falls under."""
        method = (request.method or "").lower()
        return self.permission_map.get("get" if method == "head" else method)

    def before_sign_in(self, request: HttpRequest) -> None:
        """Do what must be done before a visitor is led away to sign in."""

    def admit(self, request: HttpRequest, action: str) -> None:
        """Let the request in, or raise; ``NotNow`` and ``NotYours`` become pages."""
        admit(request, action, self.subject)

    def count_try(self) -> None:
        """Count a POST of this address against the scope; raise ``TooManyTries``."""
        throttle = ScopedThrottle()
        if self.throttle_scope and not throttle.allow_request(self.request, self):
            raise too_many_tries(throttle.wait() or 0)

    def refused(self, request: HttpRequest, refusal: SumaniError) -> HttpResponseBase:
        """Answer with the page of a refusal; what was typed comes back on it."""
        is_known = self.is_let_in or not isinstance(refusal, NotYours)
        about = self.subject if is_known else None
        comes_back = self.is_found and is_known and request.method == "POST"
        typed = self.typed() if comes_back else []
        return refusal_page(request, refusal, about=about, typed=typed)

    def typed(self) -> list[Passage]:
        """List what was typed and would be lost with a refusal that has no form."""
        return []

    @staticmethod
    def rendered(response: HttpResponseBase) -> HttpResponseBase:
        """Render inside ``dispatch``: what a template asks may be refused, too."""
        render = getattr(response, "render", None)
        return render() if render else response


class FormPage(Page):
    """A page with one form, whose values a service takes.

    A refusal shows the form again with everything that was typed, the sentence at the
    top and beside its field; also when the time for it ran out while it was written,
    and, after signing in again, when the sign-in had ended (``core.pages.kept``).
    """

    keeps_drafts = True  # False where secrets are typed
    form_class: type[Form] = Form
    success_url = ""

    def form_arguments(self) -> dict[str, Any]:
        """Give the form what it needs beside what was sent: ``initial``, choices."""
        return {}

    def save(self, form: Any) -> HttpResponse | None:
        """Call the service with ``form.cleaned_data``; answer, or None to redirect."""
        raise NotImplementedError

    def get_success_url(self) -> str:
        """Tell where a saved form leads."""
        return self.success_url or self.request.path

    def admit(self, request: HttpRequest, action: str) -> None:
        """Keep what was typed when only the time is wrong and the page is readable."""
        self.too_late: NotNow | None = None
        try:
            super().admit(request, action)
        except NotNow as refusal:
            if request.method != "POST":
                raise
            try:
                super().admit(request, self.permission_map["get"])
            except NotYours:  # nothing to show it on
                raise refusal from None
            self.too_late = refusal

    def typed(self) -> list[Passage]:
        """List the texts of the form, where they may be shown again."""
        if not self.keeps_drafts:
            return []
        try:
            form = self.form_class(self.request.POST, **self.form_arguments())
        except SumaniError:  # what the form would be about is not there
            return []
        return form.texts()

    def before_sign_in(self, request: HttpRequest) -> None:
        """Keep what was typed for when the same person has signed in again."""
        if request.method == "POST" and self.keeps_drafts:
            kept.keep(request)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002 -- Django's signature
        """Show the form, with what waits in it since a sign-in ended."""
        waiting = kept.kept_for(request)
        if waiting is None:
            return self.answer(self.form_class(**self.form_arguments()))
        form = self.form_class(waiting, **self.form_arguments())
        context = self.get_context_data(form=form, is_waiting=True)
        return self.render_to_response(context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002 -- Django's signature
        """Take the form, or show it again."""
        kept.forget(request)
        form = self.form_class(request.POST, request.FILES, **self.form_arguments())
        if self.too_late:
            form.refuse_late(self.too_late)
            return self.answer(form, status=self.too_late.status)
        if not form.is_valid():
            return self.answer(form, status=HTTPStatus.BAD_REQUEST)
        try:
            self.count_try()
            return self.save(form) or redirect(self.get_success_url())
        except (NotYours, SecondFactorMissing):
            raise
        except SumaniError as refusal:
            form.refuse(refusal)
            return self.answer(form, status=refusal.status)

    def answer(self, form: Form, status: int = HTTPStatus.OK) -> HttpResponse:
        """Render the page with the form in the state it is in."""
        return self.render_to_response(self.get_context_data(form=form), status=status)
