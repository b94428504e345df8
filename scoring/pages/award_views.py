"""Special awards by hand: who was given which, one more, one taken back."""

from django.contrib import messages
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from contest.rulebook import read_version
from core.errors import NotYours
from core.localized import localized
from core.pages.views import FormPage
from core.policy import allows
from scoring.giving import give_special_award, take_special_award_back
from scoring.pages.bases import OfResults
from scoring.pages.forms import ReasonForm, SpecialAwardForm
from scoring.special_awards import given_in

_HERE = "scoring:special-awards"


class SpecialAwardsPage(OfResults, FormPage):
    """What was given, award by award, and the form that gives another."""

    permission_map = {
        "get": "scoring.view_special_awards",
        "post": "scoring.give_special_award",
    }
    template_name = "scoring/special_awards.html"
    form_class = SpecialAwardForm
    section = "scoring:citations"

    @cached_property
    def rules(self):
        return read_version(self.contest.rules_in_force)

    def form_arguments(self):
        fallback = self.contest.fallback_language
        return {
            "awards": [
                (award.code, localized(award.title, fallback=fallback))
                for award in self.rules.special_awards
            ]
        }

    def save(self, form):
        give_special_award(
            contest=self.contest, by=self.request.user, **form.cleaned_data
        )
        messages.success(self.request, _("The award is given."))

    def get_success_url(self):
        return reverse(_HERE, args=[self.contest.slug])

    def get_context_data(self, **kwargs):
        gives = allows(self.request.user, "scoring.give_special_award", self.subject)
        return super().get_context_data(
            rules=self.rules, given=given_in(self.contest), gives=gives, **kwargs
        )


class TakeBackPage(OfResults, FormPage):
    """One award that was given, and why it is taken back."""

    permission_map = {
        "get": "scoring.give_special_award",
        "post": "scoring.give_special_award",
    }
    template_name = "scoring/special_award.html"
    form_class = ReasonForm
    section = "scoring:citations"

    @cached_property
    def given(self):
        """The award of the address, once the matrix let its reader in."""
        for each in given_in(self.contest):
            if each.pk == self.kwargs["pk"]:
                return each
        raise NotYours(
            _("This award is not given any more, or never was; all others stand.")
        )

    def save(self, form):
        take_special_award_back(
            contest=self.contest,
            award_id=self.kwargs["pk"],
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )
        messages.success(self.request, _("The award is taken back."))

    def get_success_url(self):
        return reverse(_HERE, args=[self.contest.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(given=self.given, **kwargs)
