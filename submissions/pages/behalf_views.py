"""The secretariat enters for an organisation, and helpers ask for its word."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.pages.bases import OfContest
from contest.rulebook import read_version
from core.pages.forms import Form
from core.pages.views import FormPage
from core.policy import require
from organisations.models import Organisation
from organisations.notices import speakers_of
from organisations.pages.views import country_asked_for
from organisations.services import add_organisation
from submissions import preparing
from submissions.models import Submission
from submissions.pages.entering import MOST_FOUND, found_by
from submissions.pages.forms import AddForForm, EnterForForm, InviteOwnerForm
from submissions.pages.own_entries import OwnEntry
from submissions.selectors import entries_of
from submissions.services import create_submission

_BY = Submission.EnteredBy.SECRETARIAT
_LIST = "submissions:manage-entries"


class EnterForPage(OfContest, FormPage):
    """Finds the organisation in the register and begins the entry in its name."""

    permission_map = dict.fromkeys(("get", "post"), "submissions.create")
    template_name = "submissions/enter_for.html"
    form_class = EnterForForm
    section = _LIST

    def save(self, form):
        standing = Organisation.objects.standing_for(form.cleaned_data["organisation"])
        entry = create_submission(
            contest=self.contest,
            organisation=self.fetch(standing),
            entered_by=_BY,
            by=self.request.user,
        )
        return redirect("submissions:entry", entry.pk)

    def get_context_data(self, **kwargs):
        words = self.request.GET.get("q", "").strip()
        found = list(found_by(words) or [])
        begun = entries_of(self.contest, found)
        rules = read_version(self.contest.rules_in_force)
        return super().get_context_data(
            words=words,
            most=MOST_FOUND,
            found=[(each, begun.get(each.pk, [])) for each in found],
            is_allowed=_BY in rules.who_enters,
            **kwargs,
        )


class AddForPage(OfContest, FormPage):
    """Adds an organisation that the register lacks; nobody acts for it by that."""

    permission_map = dict.fromkeys(("get", "post"), "submissions.create")
    template_name = "submissions/add_for.html"
    form_class = AddForForm
    section = _LIST

    def form_arguments(self):
        home = self.contest.series.organiser.country
        return {
            "initial": {"name": self.request.GET.get("name", "")[:300]},
            "country_code": country_asked_for(self.request, home),
        }

    def save(self, form):
        added = add_organisation(
            by=self.request.user, i_represent=False, **form.cleaned_data
        )
        messages.success(
            self.request,
            _("{organisation} is in the register now.").format(organisation=added.name),
        )
        door = reverse("submissions:enter-for", args=[self.contest.slug])
        return redirect(f"{door}?{urlencode({'q': added.code or added.name})}")


class AskPage(OwnEntry, FormPage):
    """Sends the entry to its organisation, to be read and confirmed."""

    permission_map = dict.fromkeys(("get", "post"), "submissions.ask_to_confirm")
    template_name = "submissions/ask.html"
    form_class = Form

    def save(self, _form):
        asked = preparing.ask_to_confirm(submission=self.entry, by=self.request.user)
        if asked:
            told = ngettext(
                "The organisation was asked: {count} letter is on its way.",
                "The organisation was asked: {count} letters are on their way.",
                asked,
            )
            messages.success(self.request, told.format(count=asked))
        else:
            messages.info(
                self.request,
                _("The organisation was asked about this version before; it has mail."),
            )

    def get_success_url(self):
        return reverse("submissions:entry", args=[self.entry.pk])

    def get_context_data(self, **kwargs):
        speakers = speakers_of([self.entry.organisation_id])
        return super().get_context_data(
            addresses=sum(map(len, speakers.values())), **kwargs
        )


class InviteOwnerPage(AskPage):
    """Invites the first person who acts for the organisation, and asks that one."""

    template_name = "submissions/invite_owner.html"
    form_class = InviteOwnerForm

    def admit(self, request, action):
        super().admit(request, action)
        contest = self.entry.contest
        require(request.user, "contest.invite_first_representative", contest)

    def save(self, form):
        preparing.invite_to_confirm(
            submission=self.entry, by=self.request.user, **form.cleaned_data
        )
        messages.success(
            self.request,
            _("{email} may sign in now and is asked to confirm the entry.").format(
                email=form.cleaned_data["email"]
            ),
        )
