"""One score sheet: the entry beside its criteria."""

from decimal import Decimal
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from contest import rulebook
from core.errors import Invalid, NotYours, Stale, SumaniError
from core.pages import kept
from core.pages.errors import Way, error_page
from core.pages.views import FormPage
from core.policy import allows
from core.times import local_time
from scoring import services
from scoring.feedback import audience_of
from scoring.judging import own_scores, stored_scores, workload_of
from scoring.models import Sheet
from scoring.naming import namings
from scoring.pages.sheet_forms import (
    COMMISSION,
    ENTRANT,
    VALUE,
    VERSION,
    WHOLE,
    SheetForm,
)
from scoring.pages.showing import lines_of, remarks_of
from submissions.entered import criteria_for
from submissions.file_selectors import (
    as_sent,
    attachments_shown,
    naming_questions,
    reader_of,
)
from submissions.jury import declaration_of
from submissions.models import Assignment, Submission
from submissions.reading import reading_of
from submissions.rules import judging_ended, tell_standing, with_standing_of

SEND, NEXT = "send", "next"  # what the buttons say beside saving
_RELATED = (
    "juror__person",
    "sheet",
    "submission__organisation",
    "submission__current_version__content",
    "submission__current_version__rulebook",
    "submission__contest__rulebook",
    "submission__contest__series__organiser",
)


class OfSheet:
    """A page of one juror's sheet of one entry, judged as the assignment is."""

    def find(self):
        """Find the assignment within the contest of the address."""
        found = Assignment.objects.filter(
            submission__contest__slug=self.kwargs["slug"]
        ).select_related(*_RELATED)
        assignment = self.fetch(
            with_standing_of(found, self.request.user).prefetch_related(
                "submission__contest__acts"
            ),
            pk=self.kwargs["pk"],
        )
        tell_standing(assignment, self.request.user)
        return assignment

    @property
    def assignment(self):
        """The assignment that the address names."""
        return self.subject

    @property
    def contest(self):
        """The contest whose rules apply."""
        return self.subject.submission.contest

    def get_context_data(self, **kwargs):
        """Let every template know whose sheet of which entry it is."""
        entry = self.assignment.submission
        return super().get_context_data(
            contest=self.contest,
            assignment=self.assignment,
            entry=entry,
            naming=namings(self.contest, [entry.reference]).get(entry.reference),
            **kwargs,
        )


class SheetPage(OfSheet, FormPage):
    """The juror's own sheet to score on; for those who may look, the same to read."""

    permission_map = {"get": "scoring.view_sheet", "post": "scoring.save_score"}
    template_name = "scoring/sheet.html"
    form_class = SheetForm

    def find(self):
        """Load the assignment with everything that the page asks."""
        assignment = super().find()
        entry = assignment.submission
        self.rules = rulebook.read_version(entry.contest.rules_in_force)
        self.criteria = criteria_for(entry, self.rules)
        return assignment

    def refused(self, request, refusal):
        """Remind a juror who stepped back why the entry is closed to them."""
        if not (
            isinstance(refusal, NotYours) and self.is_found and self._stepped_back()
        ):
            return super().refused(request, refusal)
        at = local_time(
            self.assignment.conflict_at, self.contest.time_zone, is_exact=False
        )
        sentence = _(
            "You have a conflict of interest with this entry, declared on {at}, so it"
            " is closed to you."
        ).format(at=at)
        there = reverse(
            "submissions:conflict", args=[self.contest.slug, self.assignment.pk]
        )
        way = Way(there, _("See the declared conflict"))
        return error_page(
            request, refusal.status, sentence, about=self.contest, way=way
        )

    def _stepped_back(self):
        assignment, person = self.assignment, self.request.user
        is_own = assignment.juror.person_id == person.pk
        in_conflict = assignment.conflict_at is not None
        is_told = allows(person, "submissions.declare_conflict", assignment)
        return is_own and in_conflict and is_told

    def form_arguments(self):
        """Let the form know the criteria."""
        return {"criteria": self.criteria}

    def post(self, request, *_args, **_kwargs):
        """Save what was touched, each criterion alone; then send or go on."""
        kept.forget(request)
        form = self.form_class(request.POST, criteria=self.criteria)
        if self.too_late:
            form.refuse_late(self.too_late)
            return self.answer(form, status=self.too_late.status)
        form.is_valid()
        refusals = self._save_touched(form)
        is_sending = request.POST.get("do") == SEND
        if not form.errors and is_sending:
            refusals += self._send(form)
        if form.errors:
            status = refusals[0].status if refusals else HTTPStatus.BAD_REQUEST
            self.subject = self.find()  # what was saved before the refusal stands
            return self.answer(form, status=status)
        messages.success(
            request, _("The sheet was sent.") if is_sending else _("Saved.")
        )
        return redirect(self._where_next(request.POST.get("do")))

    def _save_touched(self, form):
        """Save each alone, so that a refusal costs nothing of the rest."""
        refusals = []
        for criterion in form.touched_criteria():
            if (mark := form.mark(criterion)) is not None:
                refusals += self._try(form, criterion.code, partial(self._save, mark))
        if (
            form.has_touched_remarks()
            and not {COMMISSION, ENTRANT} & form.errors.keys()
        ):
            refusals += self._try(form, WHOLE, partial(self._remark, form))
        return refusals

    def _save(self, mark):
        try:
            services.save_marks(
                assignment_id=self.assignment.pk, marks=[mark], by=self.request.user
            )
        except Stale as refusal:
            if not stands(mark, refusal.extra["current"]):
                raise

    def _remark(self, form):
        texts = {
            "comment_commission": form.cleaned_data[COMMISSION],
            "comment_entrant": form.cleaned_data[ENTRANT],
        }
        try:
            services.save_comments(
                assignment_id=self.assignment.pk,
                expected_version=form.cleaned_data[f"{WHOLE}-{VERSION}"] or 0,
                by=self.request.user,
                **texts,
            )
        except Stale as refusal:
            if refusal.extra["current"] != texts:
                raise

    @staticmethod
    def _try(form, group, work):
        name = COMMISSION if group == WHOLE else f"{group}-{VALUE}"
        try:
            work()
        except NotYours:
            raise
        except Stale as refusal:
            form.add_error(
                name, _("Somebody saved in between. Yours is not saved; compare below.")
            )
            return [refusal]
        except SumaniError as refusal:
            form.refuse_at(name, refusal)
            return [refusal]
        form.saved.add(group)
        return []

    def _send(self, form):
        try:
            services.send_sheet(assignment_id=self.assignment.pk, by=self.request.user)
        except NotYours:
            raise
        except Invalid as refusal:
            form.add_error(
                None, _("Everything is saved. The sheet is not sent: this is missing.")
            )
            form.refuse_missing(refusal)
            return [refusal]
        except SumaniError as refusal:
            form.refuse(refusal)
            return [refusal]
        return []

    def _where_next(self, wish):
        slug = self.contest.slug
        if wish != NEXT:
            return redirect("scoring:sheet", slug, self.assignment.pk).url
        workload = workload_of(self.contest, self.request.user)
        following = workload.next_open(self.assignment.pk) if workload else None
        if following is None:
            return redirect("scoring:send-all", slug).url
        return redirect("scoring:sheet", slug, following.assignment).url

    def get_context_data(self, form, **kwargs):
        """Show the sheet, what is one's own beside it, and the entry if one may."""
        person, contest = self.request.user, self.contest
        sheet = getattr(self.assignment, "sheet", None)
        is_own = self.assignment.juror.person_id == person.pk
        own = own_scores(self.assignment, self.rules) if is_own else {}
        may_write = self._may_write(sheet)
        fallback = contest.fallback_language
        lines = lines_of(self.criteria, stored_scores(sheet), form, own, fallback)
        form.is_late = form.is_late or (form.is_bound and not may_write)
        context = super().get_context_data(
            form=form,
            sheet=sheet,
            is_own=is_own,
            may_write=may_write,
            ended=self._ended() if is_own and not may_write else None,
            lines=lines,
            scored=sum(line.stored is not None for line in lines),
            remarks=remarks_of(sheet, form),
            audience=audience_of(self.rules),
            **kwargs,
        )
        return context | self._entry() | (self._way() if is_own else {})

    def _may_write(self, sheet):
        if sheet is not None and sheet.state == Sheet.State.SENT:
            return False
        is_judged = self.assignment.submission.state == Submission.State.ELIGIBLE
        may_save = allows(self.request.user, "scoring.save_score", self.assignment)
        return (is_judged and may_save) or bool(getattr(self, "too_late", None))

    def _ended(self):
        """Tell when the juror's time ended, if that is why nothing can be written."""
        is_judging = allows(self.request.user, "scoring.save_score", self.assignment)
        return None if is_judging else judging_ended(self.contest, self.request.user)

    def _entry(self):
        """What was entered and its files, as far as the person may see them now."""
        entry, person = self.assignment.submission, self.request.user
        shown = {"reading": None, "files": []}
        if allows(person, "submissions.view", entry):
            shown["reading"] = reading_of(entry)
        if allows(person, "submissions.view_files", entry):
            files = attachments_shown(entry, reader_of(entry, person))
            sent = (as_sent(file, entry) for file in files)
            shown["files"] = list(
                naming_questions(sent, rulebook.read_version(entry.form))
            )
        return shown

    def _way(self):
        """Where the sheet stands in one's own order, and what is before one scores."""
        workload = workload_of(self.contest, self.request.user)
        if workload is None:
            return {}
        before, after = workload.neighbours(self.assignment.pk)
        return {
            "counts": workload.counts,
            "before": before,
            "after": after,
            "following": workload.next_open(self.assignment.pk),
            "signed": declaration_of(self.contest, self.request.user),
        }


def stands(mark, current):
    """Tell whether what was saved in between is what is to stand: then all is well."""
    value = None if current["value"] is None else Decimal(current["value"])
    return value == mark.value and mark.comment in {None, current["comment"]}
