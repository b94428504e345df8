"""What the chair decides where totals stay equal by the rules."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from core.errors import Conflict
from core.pages.views import FormPage
from scoring.deciding import decide_tie
from scoring.naming import known_list, list_titles, namings
from scoring.pages.bases import OfResults
from scoring.pages.forms import TieForm
from scoring.ties import ties_of


class TiePage(OfResults, FormPage):
    """The tie in which an entry stands, put in order with a reason."""

    permission_map = {"get": "scoring.decide_tie", "post": "scoring.decide_tie"}
    template_name = "scoring/tie.html"
    form_class = TieForm
    section = "scoring:ranking"

    @property
    def tie(self):
        """The tie as it stands, once the matrix let its reader in."""
        if not hasattr(self, "_tie"):
            code = known_list(list_titles(self.contest), self.kwargs["nomination"])
            here = self.kwargs["reference"]
            ties = (tie for tie in ties_of(self.contest, code) if here in tie.entries)
            self._tie = next(ties, None)
        if self._tie is None:
            raise Conflict(
                _(
                    "This entry is not tied with another that the chair would decide"
                    " about. The ranking shows where it stands now."
                ),
                code="not_tied",
            )
        return self._tie

    def form_arguments(self):
        named = namings(self.contest, self.tie.entries)
        return {"tie": self.tie, "named": named}

    def save(self, form):
        decide_tie(
            contest=self.contest,
            nomination=self.kwargs["nomination"],
            references=form.in_order(),
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )
        messages.success(self.request, _("The decision of the chair is recorded."))

    def get_success_url(self):
        there = reverse("scoring:ranking", args=[self.contest.slug])
        return f"{there}?nomination={self.kwargs['nomination']}"

    def get_context_data(self, **kwargs):
        titles = list_titles(self.contest)
        return super().get_context_data(
            tie=self.tie,
            code=self.kwargs["nomination"],
            title=titles[self.kwargs["nomination"]],
            **kwargs,
        )
