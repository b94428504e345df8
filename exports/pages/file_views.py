"""The files of a contest: asked for, followed, fetched."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from contest.pages.bases import OfContest
from core.pages.paging import page_of
from core.pages.views import FormPage, Page
from core.policy import require
from exports import services
from exports.delivery import as_attachment
from exports.models import Export
from exports.pages.forms import FileForm
from exports.rules import kinds_for, row_of
from exports.selectors.history import exports_of, last_change, with_facts
from jobs.services import ring_if_waiting
from scoring.pages.bases import OfResults
from submissions.pages.entry_list_views import TickedPage

_FILES = "exports:files"


class FilesPage(OfResults, FormPage):
    """What was asked for, newest first, and the form to ask for more."""

    permission_map = {"get": "exports.list", "post": "exports.request"}
    template_name = "exports/files.html"
    form_class = FileForm
    section = _FILES

    def form_arguments(self):
        return {"kinds": kinds_for(self.request.user, self.contest)}

    def save(self, form):
        values = form.cleaned_data
        services.request_export(
            contest=self.contest,
            kind=values["kind"],
            file_format=values["file_format"] or None,
            names_jurors=values["names_jurors"],
            reason=values["reason"],
            language=(get_language() or "lt").split("-")[0],
            by=self.request.user,
        )
        messages.success(
            self.request, _("The file is being made; it appears in the list below.")
        )

    def get_context_data(self, **kwargs):
        page = page_of(self.request, exports_of(self.contest, self.request.user))
        changed = last_change(self.contest)
        for export in page:
            ring_if_waiting(export.job)
            export.is_stale = bool(
                export.read_at and changed and changed > export.read_at
            )
        return super().get_context_data(
            page=page, is_busy=any(e.job.is_active for e in page), **kwargs
        )


class TickedFilesPage(OfResults, TickedPage):
    """Asks for a file of the entries that were ticked in the list of entries."""

    permission_map = {"post": "exports.request"}
    kind = ""

    def save(self, form):
        export = services.request_export(
            contest=self.contest,
            kind=self.kind,
            entries=[entry.pk for entry in form.cleaned_data["entry"]],
            language=(get_language() or "lt").split("-")[0],
            by=self.request.user,
        )
        told = ngettext(
            "A file of {count} entry is being made; it appears in the list below.",
            "A file of {count} entries is being made; it appears in the list below.",
            len(export.only),
        )
        messages.success(self.request, told.format(count=len(export.only)))
        where = reverse(_FILES, args=[self.contest.slug])
        asked = self.request.GET.urlencode()
        return redirect(f"{where}?{urlencode({'entries': asked})}" if asked else where)


class OfExport(OfContest):
    """One file; the row of its kind decides beside that of the page."""

    section = _FILES

    def find(self):
        return self.fetch(with_facts(Export.objects.all()), pk=self.kwargs["pk"])

    @property
    def contest(self):
        """The contest that the file tells of."""
        return self.subject.contest

    def admit(self, request, action):
        super().admit(request, action)
        require(request.user, row_of(self.subject.kind), self.subject)


class FilePage(OfExport, Page):
    """Hands the finished file out."""

    permission_map = {"get": "exports.download"}

    def get(self, request, pk):  # noqa: ARG002 -- Django's signature
        content = services.hand_out(export=self.subject, by=request.user)
        return as_attachment(self.subject, content)


class FileActPage(OfExport, Page):
    """Something done to the making of a file; the list shows what came of it."""

    done = ""

    def post(self, request, pk):  # noqa: ARG002 -- Django's signature
        self.act()
        messages.success(request, self.done)
        return redirect(reverse(_FILES, args=[self.contest.slug]))

    def act(self):
        """Call the service."""
        raise NotImplementedError


class RetryPage(FileActPage):
    permission_map = {"post": "exports.retry"}
    done = gettext_lazy("The file is tried again.")

    def act(self):
        services.retry_export(export=self.subject, by=self.request.user)


class CancelPage(FileActPage):
    permission_map = {"post": "exports.cancel"}
    done = gettext_lazy("The making of the file is stopped.")

    def act(self):
        services.cancel_export(export=self.subject, by=self.request.user)
