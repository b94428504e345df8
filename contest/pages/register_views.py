"""The register as a contest's people use it: searched, corrected, rid of duplicates."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest import register
from contest.pages.bases import OfContest, VersionedPage
from contest.pages.register_forms import (
    CorrectionForm,
    OpenReasonForm,
    RegisterSearchForm,
)
from contest.pages.wording import moves_in_words
from core.errors import Conflict
from core.pages.paging import page_of
from core.pages.views import FormPage, Page
from core.policy import allows
from organisations.models import Organisation
from organisations.pages.showing import NOTHING, facts_of

_MOST_FOUND = 20
_COMPARED = (
    *("name", "code", "code_state", "kind", "municipality", "eldership"),
    *("action_group", "website"),
)
_CONTACTS = ("address", "email", "phone")


class OfRegister(OfContest):
    """A page about the register of the contest's country."""

    section = "contest:register"

    @property
    def country(self):
        """The country whose organisations can enter."""
        return self.contest.series.organiser.country

    @property
    def organisations(self):
        """The rows that stand in the register."""
        return Organisation.objects.standing().filter(country=self.country)

    def of_register(self, pk):
        """Find a row, by its own id or that of one that was merged into it."""
        found = Organisation.objects.standing_for(pk).filter(country=self.country)
        return self.fetch(found)


class OfOrganisation(OfRegister):
    """A page about the row that its address names."""

    @cached_property
    def organisation(self):
        """The row, once the contest is found."""
        return self.of_register(self.kwargs["pk"])

    @property
    def sees_contacts(self):
        """Whether the reader may see contacts and people: who may correct them."""
        return allows(self.request.user, "contest.correct_organisation", self.contest)

    def get_success_url(self):
        """Lead back to the row."""
        return reverse(
            "submissions:register-organisation",
            args=[self.contest.slug, self.organisation.pk],
        )

    def get_context_data(self, **kwargs):
        """Let the template know the row."""
        return super().get_context_data(organisation=self.organisation, **kwargs)


class RegisterPage(OfRegister, Page):
    """What the register holds, and the search in it."""

    permission_map = {"get": "contest.view_register"}
    template_name = "contest/register.html"

    def get_context_data(self, **kwargs):
        form = RegisterSearchForm(self.request.GET)
        wanted = form.cleaned_data if form.is_valid() else {}
        held = self.organisations
        states = Organisation.CodeState
        return super().get_context_data(
            form=RegisterSearchForm(initial=wanted),
            page=page_of(self.request, _found(held, form, wanted)),
            searched=any(wanted.values()),
            held=held.count(),
            to_check=held.filter(code_state=states.TO_CHECK).count(),
            twice=held.doubtful().count(),
            **kwargs,
        )


def _found(held, form, wanted):
    """Cut down to what is looked for."""
    if wanted.get("show") == form.TO_CHECK:
        held = held.filter(code_state=Organisation.CodeState.TO_CHECK)
    elif wanted.get("show") == form.TWICE:
        held = held.doubtful()
    return held.found_by(wanted["q"]) if wanted.get("q") else held


class CorrectionPage(OfOrganisation, VersionedPage):
    """Puts a row right, or settles its code, with a reason."""

    permission_map = {
        "get": "contest.correct_organisation",
        "post": "contest.correct_organisation",
    }
    form_class = CorrectionForm
    template_name = "contest/correction.html"
    heading = gettext_lazy("Correct what the register says")

    def thing(self):
        return self.of_register(self.kwargs["pk"])

    def form_arguments(self):
        return {**super().form_arguments(), "country_code": self.country}

    def change(self, form, version):
        register.correct_organisation(
            contest=self.contest,
            organisation=self.organisation,
            expected_version=version,
            reason=form.cleaned_data["reason"],
            by=self.request.user,
            **form.changes,
        )


class MergeChoicePage(OfOrganisation, Page):
    """Which other row is the same organisation: likely ones, and a search."""

    permission_map = {"get": "contest.merge_organisations"}
    template_name = "contest/merge_choice.html"

    def get_context_data(self, **kwargs):
        words = self.request.GET.get("q", "").strip()[:200]
        others = self.organisations.exclude(pk=self.organisation.pk)
        return super().get_context_data(
            words=words,
            found=others.found_by(words)[:_MOST_FOUND] if words else [],
            alike=Organisation.objects.like(self.organisation)[:_MOST_FOUND],
            **kwargs,
        )


class MergePage(OfOrganisation, FormPage):
    """Two rows side by side, what moves, and the merging of them."""

    permission_map = {
        "get": "contest.merge_organisations",
        "post": "contest.merge_organisations",
    }
    form_class = OpenReasonForm
    template_name = "contest/merge.html"

    @cached_property
    def duplicate(self):
        """The row that is given up."""
        return self.of_register(self.kwargs["other"])

    def get(self, request, *args, **kwargs):
        if self.duplicate == self.organisation:  # merged meanwhile
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def save(self, form):
        self._merge(reason=form.cleaned_data["reason"], dry_run=False)
        messages.success(
            self.request,
            _("Merged. The other row stays, and leads here from now on."),
        )

    def get_context_data(self, **kwargs):
        plan, refusal = None, None
        try:
            plan = self._merge(reason="", dry_run=True)
        except Conflict as conflict:
            refusal = conflict.message
        return super().get_context_data(
            duplicate=self.duplicate,
            pairs=_side_by_side(
                self.organisation,
                self.duplicate,
                names=(*_COMPARED, *(_CONTACTS if self.sees_contacts else ())),
                taken=plan.takes_over if plan else [],
            ),
            plan=plan,
            moves=moves_in_words(plan.moves) if plan else [],
            refusal=refusal,
            **kwargs,
        )

    def _merge(self, *, reason, dry_run):
        return register.merge_organisations(
            contest=self.contest,
            survivor=self.organisation,
            duplicate=self.duplicate,
            reason=reason,
            dry_run=dry_run,
            by=self.request.user,
        )


def _side_by_side(survivor, duplicate, *, names, taken):
    """Tell each field of both, and whether the survivor takes over the other's."""
    ours, theirs = facts_of(survivor, names), facts_of(duplicate, names)
    both = zip(names, ours, theirs, strict=True)
    return [
        (label, ours, theirs, name in taken)
        for name, (label, ours), (_label, theirs) in both
        if {ours, theirs} != {NOTHING}
    ]
