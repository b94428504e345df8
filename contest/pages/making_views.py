"""Making an edition: from a template, or from an earlier one with the differences."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from contest import cloning, rulebook, services
from contest.models import Organiser, Series
from contest.pages.bases import OfContest
from contest.pages.making_forms import (
    CloneForm,
    NewContestForm,
    next_edition,
    template_choices,
)
from contest.pages.wording import told
from core import clock
from core.digests import json_digest
from core.errors import SumaniError
from core.pages.views import FormPage
from core.policy import allows


class NewContestPage(FormPage):
    """For members of an organiser, whose series they may begin an edition of."""

    permission_map = {"get": "contest.create_any", "post": "contest.create_any"}
    form_class = NewContestForm
    template_name = "contest/new.html"

    def form_arguments(self):
        members = {"organiser__members__person": self.request.user}
        self.series = (
            Series.objects.real().filter(**members).select_related("organiser")
        )
        return {"series": self.series}

    def save(self, form):
        made = services.create_contest(
            rulebook_document=rulebook.template(form.cleaned_data["template"]),
            by=self.request.user,
            **form.values,
        )
        messages.success(self.request, _("The edition is made; only you see it yet."))
        return redirect("scoring:dashboard", made.slug)

    def get_context_data(self, **kwargs):
        person = self.request.user
        mine = Organiser.objects.filter(members__person=person)
        opens = allows(person, "contest.create_organiser")
        return super().get_context_data(
            series=self.series,
            mine=mine,
            silent=[each for each in mine if not each.phone and not each.email],
            organisers=Organiser.objects.all() if opens else mine,
            opens=opens,
            templates=[
                (label, rulebook.read(rulebook.template(name)))
                for name, label in template_choices()
            ],
            **kwargs,
        )


class ClonePage(OfContest, FormPage):
    """The differences are shown first; only what was seen is made."""

    permission_map = {"get": "contest.clone", "post": "contest.clone"}
    form_class = CloneForm
    template_name = "contest/clone.html"
    section = "contest:edition"

    def form_arguments(self):
        return {"zone": self.contest.time_zone}

    def get(self, request, *args, **kwargs):  # noqa: ARG002 -- Django's signature
        """Begin with everything taken along to the next year that lies ahead."""
        years = cloning.years_ahead(self.contest, clock.now())
        form = self.form_class(QueryDict(mutable=True), **self.form_arguments())
        form.data["edition"] = next_edition(self.contest.edition, years)
        form.data.update(form.proposing(cloning.moved_dates(self.contest, years)))
        form.data.setlist("take", cloning.PARTS)
        return self.answer(form)

    def save(self, form):
        wishes = form.wishes_for(self.contest)
        planned = self._plan(wishes)
        is_seen = _digest(planned) == form.cleaned_data["seen"]
        if "look" in self.request.POST or not is_seen:
            return self.answer(form)
        made = cloning.clone(contest=self.contest, wishes=wishes, by=self.request.user)
        messages.success(self.request, _("The edition is made; only you see it yet."))
        return redirect("scoring:dashboard", made.slug)

    def get_context_data(self, **kwargs):
        form = kwargs["form"]
        rows = None
        if form.is_valid():
            rows = self._shown(form)
        return super().get_context_data(differences=rows, **kwargs)

    def _plan(self, wishes):
        return cloning.plan(contest=self.contest, wishes=wishes, by=self.request.user)

    def _shown(self, form):
        """List the differences and remember which were shown; None where it cannot."""
        try:
            planned = self._plan(form.wishes_for(self.contest))
        except SumaniError as refusal:
            form.refuse(refusal)
            return None
        form.data = form.data.copy()
        form.data["seen"] = _digest(planned)
        return told(planned.differences, self.contest.time_zone)


def _digest(planned):
    return json_digest([[d.path, d.before, d.after] for d in planned.differences])
