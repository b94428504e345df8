"""A register in a file: brought in, looked at, written; and the register as a file."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from contest import register_downloads, register_files
from contest.pages.register_forms import ApplyForm, ImportForm, RegisterFileForm
from contest.pages.register_views import OfRegister
from core.api.uploads import too_large
from core.delivery import XLSX, as_attachment
from core.pages.errors import refusal_page
from core.pages.paging import page_of
from core.pages.views import FormPage, Page
from core.policy import allows
from jobs.services import ring_if_waiting
from organisations import reasons
from organisations.labels import FIELD_LABELS
from organisations.models import ImportRun, RegisterExport

_SHOWN = 20  # problems; the file of them has all
# A file that is a little too large is read to its end, so that the answer arrives.
_READ_TO_THE_END = 8  # times the limit
_SEPARATORS = {
    ";": gettext_lazy("semicolon"),
    ",": gettext_lazy("comma"),
    "\t": gettext_lazy("tab"),
    "|": gettext_lazy("vertical bar"),
}
State = ImportRun.State


# The check of the token reads the body: the length is judged before.
@method_decorator(csrf_exempt, name="dispatch")
class ImportsPage(OfRegister, FormPage):
    """What was brought in, newest first, and the form to bring in more."""

    permission_map = {
        "get": "contest.view_register_imports",
        "post": "contest.import_register",
    }
    template_name = "contest/imports.html"
    form_class = ImportForm
    keeps_drafts = False  # it holds nothing but the file

    def dispatch(self, request, *args, **kwargs):
        """Refuse by the announced length what is far more than is read."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.IMPORT_MAX_BYTES
        if not length.isdecimal() or int(length) > limit * _READ_TO_THE_END:
            return refusal_page(request, too_large(length, limit))
        return self._checked(request, *args, **kwargs)

    @method_decorator(csrf_protect)
    def _checked(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)

    def save(self, form):
        file = form.cleaned_data["file"]
        run = register_files.request_import(
            contest=self.contest, file=file, name=file.name, by=self.request.user
        )
        return redirect("contest:register-import", self.contest.slug, run.pk)

    def get_context_data(self, **kwargs):
        runs = ImportRun.objects.filter(contest_id=self.contest.pk)
        rows = runs.select_related("check_job", "apply_job", "requested_by")
        return super().get_context_data(page=page_of(self.request, rows), **kwargs)


class OfRun(OfRegister):
    """One file that was brought in."""

    def find(self):
        contest = super().find()
        runs = ImportRun.objects.filter(contest_id=contest.pk)
        self.run = self.fetch(
            runs.select_related("check_job", "apply_job", "requested_by"),
            pk=self.kwargs["pk"],
        )
        return contest


class ImportPage(OfRun, FormPage):
    """How far a file is, what it would change, and the writing of it."""

    permission_map = ImportsPage.permission_map
    template_name = "contest/import.html"
    form_class = ApplyForm

    def save(self, form):
        register_files.request_apply(
            contest=self.contest,
            run_id=self.run.pk,
            mode=form.cleaned_data["mode"],
            by=self.request.user,
        )

    def get_context_data(self, **kwargs):
        run, job = self.run, self.run.job
        ring_if_waiting(job)
        counts = run.result.get("counts") or run.counts
        problems = list(run.problems.all()[:_SHOWN])
        return super().get_context_data(
            run=run,
            state=run.state,
            job=job,
            is_busy=job.is_active,
            refusal=_refusal_of(run),
            counts=counts,
            good=counts.get("new", 0) + counts.get("changed", 0),
            rejected=counts.get("errors", 0) + counts.get("duplicates", 0),
            columns=_columns_of(run),
            separator=_SEPARATORS.get(run.facts.get("separator")),
            problems=[(p, reasons.of_cell(p.code, p.facts)) for p in problems],
            has_more=len(problems) == _SHOWN,
            may_be_written=_may_be_written(run),
            **kwargs,
        )


def _refusal_of(run):
    """Say why the file cannot be read, or what went wrong."""
    if run.refusal:
        return reasons.of_file(run.refusal["code"], run.refusal["facts"])
    return _(run.job.error) if run.job.error else ""


def _columns_of(run):
    """Tell which column was taken for what."""
    columns = run.facts.get("columns", {})
    return [
        (columns[name], label)
        for name, label in FIELD_LABELS.items()
        if name in columns
    ]


def _may_be_written(run):
    """Tell whether the choice how to write it is still open."""
    failed_writing = run.state == State.FAILED and run.apply_job is not None
    is_open = run.state in {State.CHECKED, State.NOT_APPLIED} or failed_writing
    return is_open and run.erased_at is None


class RejectedPage(OfRun, Page):
    """Hands out the rows that are not written, with the reasons."""

    permission_map = {"get": "contest.view_register_imports"}
    make = staticmethod(register_downloads.make_rejected)

    def get(self, request, *args, **kwargs):  # noqa: ARG002 -- Django's signature
        """Hand the workbook out."""
        return handed_out(
            self.make(contest=self.contest, run=self.run, by=request.user)
        )


class ProblemsPage(RejectedPage):
    """Hands out all there is to look at in a file."""

    make = staticmethod(register_downloads.make_problems)


class RegisterFilesPage(OfRegister, FormPage):
    """The register as a file: asked for, followed."""

    permission_map = {
        "get": "contest.export_register",
        "post": "contest.export_register",
    }
    template_name = "contest/register_files.html"
    form_class = RegisterFileForm

    def form_arguments(self):
        return {"may_have_contacts": self._may_have_contacts()}

    def save(self, form):
        register_files.request_register_export(
            contest=self.contest,
            with_contacts=form.cleaned_data.get("with_contacts", False),
            language=(get_language() or "lt").split("-")[0],
            by=self.request.user,
        )
        messages.success(
            self.request, _("The file is being made; it appears in the list below.")
        )

    def get_success_url(self):
        return reverse("contest:register-files", args=[self.contest.slug])

    def get_context_data(self, **kwargs):
        exports = RegisterExport.objects.filter(contest_id=self.contest.pk)
        page = page_of(self.request, exports.select_related("job", "requested_by"))
        for export in page:
            ring_if_waiting(export.job)
        return super().get_context_data(
            page=page,
            is_busy=any(export.job.is_active for export in page),
            sees_contacts=self._may_have_contacts(),
            **kwargs,
        )

    def _may_have_contacts(self):
        row = "contest.export_register_contacts"
        return allows(self.request.user, row, self.contest)


class RegisterFilePage(OfRegister, Page):
    """Hands a finished file of the register out."""

    permission_map = {"get": "contest.export_register"}

    def get(self, request, *args, **kwargs):  # noqa: ARG002 -- Django's signature
        """Hand the workbook out."""
        exports = RegisterExport.objects.filter(contest_id=self.contest.pk)
        export = self.fetch(exports.select_related("job"), pk=self.kwargs["pk"])
        return handed_out(
            register_downloads.open_register(
                contest=self.contest, export=export, by=request.user
            )
        )


def handed_out(download):
    """Send a workbook on its way."""
    return as_attachment(download.content, name=download.name, content_type=XLSX)
