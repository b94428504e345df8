"""Who scores what: the load of each juror, assigning with a preview, conflicts."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contest import proposing
from contest.models import Juror, Proposal
from contest.pages.bases import OfContest
from contest.rulebook import read_version
from core.pages.paging import page_of
from core.pages.views import FormPage, Page
from submissions import assigning, conflicts
from submissions.models import Assignment
from submissions.overseeing import entries_overseen, workload_of
from submissions.pages import assignment_forms as forms
from submissions.pages.entry_forms import ReasonForm
from submissions.selectors import visible_assignments

_HERE = "submissions:assignments"
_RELATED = ("juror__person", "submission__current_version__content")


class AssignmentsPage(OfContest, Page):
    """The load of each juror, the conflicts, and who scores what where it is asked."""

    permission_map = {"get": "submissions.view_assignments"}
    template_name = "submissions/assignments.html"
    section = _HERE

    def get_context_data(self, **kwargs):
        workload = workload_of(self.contest)
        whose = forms.WhoseForm(self.request.GET, seats=[w.juror for w in workload])
        whose.is_valid()
        seen = visible_assignments(self.request.user).filter(
            submission__contest=self.contest
        )
        return super().get_context_data(
            workload=workload,
            whose=whose,
            found=self._found(seen, whose.cleaned_data),
            page=page_of(self.request, self._conflicts(seen)),
            **kwargs,
        )

    @staticmethod
    def _conflicts(seen):
        in_conflict = seen.in_conflict().select_related(*_RELATED)
        return conflicts.with_declarer(in_conflict)

    @staticmethod
    def _found(seen, asked):
        """The assignments of one juror or one entry; of all there would be too many."""
        wanted = {
            "juror": asked.get("juror"),
            "submission__reference": asked.get("reference"),
        }
        wanted = {name: value for name, value in wanted.items() if value}
        if not wanted:
            return None
        assigned = seen.assigned().without_conflict().filter(**wanted)
        return assigned.select_related(*_RELATED)[:500]


class AssigningPage(OfContest, FormPage):
    """A way of assigning: a preview of what it would do first, then the deed."""

    permission_map = dict.fromkeys(("get", "post"), "submissions.assign")
    template_name = "submissions/assigning.html"
    section = _HERE
    heading = lead = ""
    preview = None

    def assign(self, values, *, dry_run):
        """Call the service."""
        raise NotImplementedError

    def save(self, form):
        is_meant = "apply" in self.request.POST
        made = self.assign(form.cleaned_data, dry_run=not is_meant)
        if not is_meant:
            self.preview = made
            return self.answer(form)
        told = ngettext(
            "{count} new assignment.", "{count} new assignments.", made.created
        )
        messages.success(self.request, told.format(count=made.created))
        return None

    def get_success_url(self):
        return reverse(_HERE, args=[self.contest.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=self.heading, lead=self.lead, preview=self.preview, **kwargs
        )


class AssignEverythingPage(AssigningPage):
    form_class = forms.EverythingForm
    heading = gettext_lazy("Every entry to every juror")
    lead = gettext_lazy(
        "Every eligible entry goes to everybody who votes, or to the group of jurors"
        " that its nominations name. Whoever represents its organisation is noted with"
        " a conflict of interest and cannot open it."
    )

    def assign(self, _values, *, dry_run):
        return assigning.assign_everything(
            contest=self.contest, by=self.request.user, dry_run=dry_run
        )


class DistributePage(AssigningPage):
    form_class = forms.DistributeForm
    heading = gettext_lazy("Distribute evenly")
    lead = gettext_lazy(
        "Each entry goes to so many jurors that all have about the same to do. Nobody"
        " gets an entry with a conflict; what is assigned already stays and counts."
    )

    def assign(self, values, *, dry_run):
        plan = "" if dry_run else values.pop("plan")
        values.pop("plan", None)
        return assigning.distribute(
            contest=self.contest,
            plan=plan,
            by=self.request.user,
            dry_run=dry_run,
            **values,
        )


class AssignByListPage(AssigningPage):
    form_class = forms.ByListForm
    heading = gettext_lazy("Assign by a list")
    lead = gettext_lazy("Type or paste who scores what; all of it is assigned or none.")

    def form_arguments(self):
        entries = self.contest.submissions.in_competition()
        jurors = Juror.objects.voting().filter(contest=self.contest)
        return {
            "entries": dict(entries.values_list("reference", "pk")),
            "jurors": {juror.key: juror.pk for juror in jurors},
        }

    def assign(self, values, *, dry_run):
        return assigning.assign(
            contest=self.contest,
            pairs=values["lines"],
            by=self.request.user,
            dry_run=dry_run,
        )


class OfAssignment(OfContest):
    """One pair of juror and entry."""

    section = _HERE

    def find(self):
        related = ("juror__person", "submission__contest__series__organiser")
        found = Assignment.objects.select_related(
            *related,
            "submission__contest__rulebook",
            "submission__current_version__content",
        )
        return self.fetch(found, pk=self.kwargs["pk"])

    @property
    def contest(self):
        """The contest in which the juror sits."""
        return self.subject.submission.contest

    def get_success_url(self):
        return reverse(_HERE, args=[self.contest.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(pair=self.subject, **kwargs)


class RecordConflictPage(OfContest, FormPage):
    """Writes down what a juror told of a conflict of interest."""

    permission_map = dict.fromkeys(("get", "post"), "submissions.record_conflict")
    template_name = "submissions/record_conflict.html"
    form_class = forms.RecordConflictForm
    section = _HERE

    def form_arguments(self):
        acting = Juror.objects.acting().filter(contest=self.contest)
        return {
            "seats": acting.select_related("person"),
            "entries": entries_overseen(self.contest, self.request.user),
            "initial": {"juror": self.request.GET.get("juror", "")},
        }

    def save(self, form):
        values = form.cleaned_data
        conflicts.record_conflict(
            contest=self.contest,
            submission_id=values["reference"],
            juror_id=values["juror"],
            reason=values["reason"],
            confirmed=values["confirmed"],
            by=self.request.user,
        )
        messages.success(
            self.request,
            _("The conflict is recorded; the entry is closed to the juror."),
        )

    def get_success_url(self):
        return reverse(_HERE, args=[self.contest.slug])


class ConfirmConflictPage(OfAssignment, Page):
    """Takes note of a conflict that a juror declared."""

    permission_map = {"post": "submissions.confirm_conflict"}

    def post(self, request, pk):  # noqa: ARG002 -- Django's signature
        conflicts.confirm_conflict(assignment=self.subject, by=request.user)
        messages.success(request, _("The conflict is confirmed."))
        return redirect(self.get_success_url())


class PairActPage(OfAssignment, FormPage):
    """Something done to a pair, with a reason."""

    template_name = "submissions/pair_act.html"
    form_class = ReasonForm
    heading = lead = button = done = ""

    def save(self, form):
        self.act(form.cleaned_data["reason"])
        messages.success(self.request, self.done)

    def act(self, reason):
        """Call the service."""
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=self.heading, lead=self.lead, button=self.button, **kwargs
        )


class UnassignPage(PairActPage):
    permission_map = dict.fromkeys(("get", "post"), "submissions.unassign")
    heading = gettext_lazy("Take the entry from the juror")
    lead = gettext_lazy(
        "Possible until the juror has begun to score it: scores are never deleted."
    )
    button = gettext_lazy("Take it back")
    done = gettext_lazy("The juror no longer has the entry.")

    def act(self, reason):
        assigning.unassign(assignment=self.subject, reason=reason, by=self.request.user)


class TakeBackConflictPage(PairActPage):
    """Takes back what was written down for a juror, until it is confirmed."""

    permission_map = dict.fromkeys(("get", "post"), "submissions.withdraw_conflict")
    heading = gettext_lazy("Take the recorded conflict back")
    lead = gettext_lazy(
        "Possible until it is confirmed: the entry is open to the juror again."
    )
    button = gettext_lazy("Take the conflict back")
    done = gettext_lazy("The conflict is taken back.")

    def act(self, reason):
        conflicts.withdraw_conflict(
            assignment=self.subject, reason=reason, by=self.request.user
        )


class LiftConflictPage(PairActPage):
    """Lifts a conflict, or puts it before a second person where the rules ask."""

    permission_map = dict.fromkeys(("get", "post"), "submissions.lift_conflict")
    heading = gettext_lazy("Lift the conflict")
    lead = gettext_lazy(
        "The juror sees the entry again, and what was scored there counts again."
    )
    button = gettext_lazy("Lift the conflict")
    done = gettext_lazy("The conflict is lifted.")

    def act(self, reason):
        if not read_version(self.contest.rules_in_force).two_persons:
            conflicts.lift_conflict(
                assignment=self.subject, reason=reason, by=self.request.user
            )
            return
        proposing.propose(
            contest=self.contest,
            kind=Proposal.Kind.LIFT_CONFLICT.value,
            subject_id=self.subject.pk,
            details={},
            reason=reason,
            by=self.request.user,
        )
        self.done = _("Proposed: another coordinator has to confirm it.")
