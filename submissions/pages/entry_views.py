"""One entry for those who run the edition: what was sent, what becomes of it."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.pages.bases import OfContest
from contest.rulebook import read_version
from core.pages.views import FormPage, Page
from core.policy import allows
from submissions import eligibility, extending, preparing, returning, services
from submissions.api.showing import RELATED
from submissions.file_selectors import (
    as_sent,
    attachments_shown,
    naming_questions,
    reader_of,
)
from submissions.life import life_of
from submissions.models import Submission
from submissions.pages import entry_forms as forms
from submissions.pages.content import sections_of
from submissions.rules import Handling
from submissions.selectors import checklist
from submissions.settling import claim_in_the_way

_LIST = "submissions:manage-entries"
_ENTRY = "submissions:manage-entry"


def _claim(person, entry):
    """The request that an eligible decision waits for, told to who decides."""
    decides = allows(person, "submissions.decide_eligibility", entry)
    return claim_in_the_way(entry) if decides else None


class OfEntry(OfContest):
    """A page of one entry, for those who run its edition."""

    section = _LIST

    def find(self):
        entries = Submission.objects.select_related(
            *RELATED, "contest__series__organiser"
        ).prefetch_related("contest__acts")
        self.entry = self.fetch(entries, pk=self.kwargs["pk"])
        return self.judged(self.entry)

    def judged(self, entry):
        """What of the entry the matrix is asked about: the entry itself."""
        return entry

    @property
    def contest(self):
        """The contest that was entered."""
        return self.entry.contest

    def get_context_data(self, **kwargs):
        return super().get_context_data(entry=self.entry, **kwargs)


class ManagedEntryPage(OfEntry, Page):
    """What was sent, its files and versions, the checklist, and what befell it."""

    permission_map = {"get": "submissions.view_checklist"}
    template_name = "submissions/manage_entry.html"

    def get_context_data(self, **kwargs):
        entry, person = self.entry, self.request.user
        with_contacts = allows(person, "submissions.view_contacts", entry)
        form = read_version(entry.form)
        return super().get_context_data(
            sections=sections_of(
                entry, entry.sent_document, form, with_contacts=with_contacts
            ),
            checks=checklist(entry),
            unmet=read_version(self.contest.rules_in_force).unmet(entry.checks),
            files=self._files(),
            versions=self._versions(),
            life=self._life(),
            handling=Handling(entry),
            claim=_claim(person, entry),
            **kwargs,
        )

    def _files(self):
        if not allows(self.request.user, "submissions.view_files", self.entry):
            return []
        reader = reader_of(self.entry, self.request.user)
        files = attachments_shown(self.entry, reader)
        sent = (as_sent(file, self.entry) for file in files)
        return list(naming_questions(sent, read_version(self.entry.form)))

    def _versions(self):
        if not allows(self.request.user, "submissions.view_versions", self.entry):
            return []
        return self.entry.versions.select_related("content")

    def _life(self):
        if not allows(self.request.user, "contest.view_audit", self.contest):
            return []
        return life_of(self.entry)


class ChecklistPage(OfEntry, FormPage):
    """Requirement by requirement: met or not, with a note."""

    permission_map = {
        "get": "submissions.view_checklist",
        "post": "submissions.check_requirements",
    }
    template_name = "submissions/checklist.html"
    form_class = forms.ChecklistForm

    def form_arguments(self):
        return {"checks": checklist(self.entry)}

    def save(self, form):
        findings = [eligibility.Finding(**row) for row in form.changed()]
        if findings:
            eligibility.check_requirements(
                submission=self.entry, findings=findings, by=self.request.user
            )
        messages.success(self.request, _("The checklist is saved."))

    def get_success_url(self):
        return reverse(_ENTRY, args=[self.entry.pk])


class EntryActPage(OfEntry, FormPage):
    """One thing that is done to an entry: what it means, a form, a button."""

    template_name = "submissions/entry_act.html"
    heading = lead = button = done = ""
    is_grave = False

    def get_success_url(self):
        if self.entry.current_version is None:
            if allows(self.request.user, "submissions.view_working_copy", self.entry):
                return reverse("submissions:entry", args=[self.entry.pk])
            return reverse("submissions:drafts", args=[self.contest.slug])
        return reverse(_ENTRY, args=[self.entry.pk])

    def save(self, form):
        self.act(**form.cleaned_data)
        messages.success(self.request, self.done)

    def act(self, **values):
        """Call the service."""
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=self.heading,
            lead=self.lead,
            button=self.button,
            is_grave=self.is_grave,
            **kwargs,
        )


class DecidePage(EntryActPage):
    permission_map = dict.fromkeys(("get", "post"), "submissions.decide_eligibility")
    form_class = forms.DecisionForm
    heading = gettext_lazy("Decide whether the entry is eligible")
    lead = gettext_lazy(
        "An eligible entry meets every requirement of the checklist. A decision may be"
        " changed until judging opens; each one stays in the record."
    )
    button = gettext_lazy("Decide")
    done = gettext_lazy("The decision is recorded.")

    def act(self, **values):
        eligibility.decide_eligibility(
            submission=self.entry, checks={}, by=self.request.user, **values
        )

    def get_context_data(self, **kwargs):
        claim = _claim(self.request.user, self.entry)
        return super().get_context_data(claim=claim, **kwargs)


class ReturnPage(EntryActPage):
    permission_map = dict.fromkeys(("get", "post"), "submissions.return")
    form_class = forms.ReturnForm
    heading = gettext_lazy("Give the entry back to be corrected")
    lead = gettext_lazy(
        "The organisation gets a message and may correct the entry until the time you"
        " set. If it does not answer, the entry stands as it was sent."
    )
    button = gettext_lazy("Give it back")
    done = gettext_lazy("The entry is given back; its organisation is told.")

    def form_arguments(self):
        rules = read_version(self.entry.form)
        return {"zone": self.contest.time_zone, "rules": rules}

    def act(self, *, fields_asked, **values):
        returning.return_for_correction(
            submission=self.entry, fields=fields_asked, by=self.request.user, **values
        )


class HandlingPage(EntryActPage):
    """Something done for an entry without reading it."""

    def judged(self, entry):
        return Handling(entry)


class ExtendPage(HandlingPage):
    permission_map = dict.fromkeys(("get", "post"), "submissions.extend")
    form_class = forms.UntilForm
    heading = gettext_lazy("Give this entry more time")
    lead = gettext_lazy(
        "Its organisation may write and send it until then. Others are not concerned;"
        " the time ends at the latest when judging opens."
    )
    button = gettext_lazy("Give more time")
    done = gettext_lazy("The entry has more time; its organisation is told.")

    def form_arguments(self):
        return {"zone": self.contest.time_zone}

    def act(self, **values):
        extending.extend_entry(submission=self.entry, by=self.request.user, **values)


class PaperPage(HandlingPage):
    permission_map = dict.fromkeys(("get", "post"), "submissions.confirm_on_paper")
    form_class = forms.PaperForm
    heading = gettext_lazy("Record the consent on paper")
    lead = gettext_lazy(
        "Others prepared this entry. Record here that its organisation signed its"
        " consent on paper. Where the signed paper is attached to the entry, the record"
        " refers to it."
    )
    button = gettext_lazy("Record the consent")
    done = gettext_lazy("The consent on paper is recorded.")

    def act(self, **values):
        preparing.confirm_on_paper(
            submission=self.entry, by=self.request.user, **values
        )


class WithdrawPage(EntryActPage):
    permission_map = dict.fromkeys(("get", "post"), "submissions.withdraw")
    form_class = forms.ReasonForm
    heading = gettext_lazy("Take the entry out of the contest")
    lead = gettext_lazy("Nothing of it is deleted, and this may be taken back.")
    button = gettext_lazy("Withdraw the entry")
    done = gettext_lazy("The entry is withdrawn.")
    is_grave = True

    def act(self, **values):
        services.withdraw(submission=self.entry, by=self.request.user, **values)


class RestorePage(EntryActPage):
    permission_map = dict.fromkeys(("get", "post"), "submissions.restore")
    form_class = forms.ReasonForm
    heading = gettext_lazy("Take the withdrawal back")
    lead = gettext_lazy("The entry is again what it was before it was withdrawn.")
    button = gettext_lazy("Restore the entry")
    done = gettext_lazy("The entry takes part again.")

    def act(self, **values):
        services.restore(submission=self.entry, by=self.request.user, **values)
