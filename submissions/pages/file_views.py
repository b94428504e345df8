"""The photos and files of an entry: one upload a request.

So a broken line costs one file at most; without JavaScript a plain form does the same.
"""

from functools import cached_property
from http import HTTPStatus

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from rest_framework.exceptions import ValidationError

from core import clock
from core.api.problems import field_errors
from core.arrival import age_of
from core.errors import Invalid, NotYours, SumaniError
from core.pages.views import FormPage
from core.policy import allows
from submissions import attachments
from submissions.allowance import room_among
from submissions.api.attachment_serializers import read_upload
from submissions.api.uploads import fields_of, receiving
from submissions.consenting import declare_photo
from submissions.file_selectors import naming_questions
from submissions.intake import taken
from submissions.models import Attachment
from submissions.pages.file_forms import (
    AnswerFileForm,
    ChangeFileForm,
    DeclareForm,
    FactsForm,
    FileForm,
)
from submissions.pages.own_entries import OwnEntry
from submissions.pages.parts import ANSWER, part_with

_JSON = "application/json"


# The check of the token reads the body: it has to wait until the bytes have a place.
@method_decorator(csrf_exempt, name="dispatch")
class FilesPage(OwnEntry, FormPage):
    """Lists what is attached and takes one more."""

    permission_map = {
        "get": "submissions.view_working_copy",
        "post": "submissions.change",
    }
    template_name = "submissions/files.html"
    keeps_drafts = False

    def dispatch(self, request, *args, **kwargs):
        """Take the file aside before anything else reads the request."""
        with receiving(request):
            return self._checked(request, *args, **kwargs)

    @method_decorator(csrf_protect)
    def _checked(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def question(self):
        """The own question that the address asks files for, if it names one."""
        code = self.request.GET.get("question")
        if code not in self.rules.file_questions:
            return None
        return next(q for q in self.rules.questions if q["code"] == code)

    @property
    def form_class(self):
        """Ask for the file alone where it answers a question."""
        return AnswerFileForm if self.question else FileForm

    def form_arguments(self):
        """Offer the kind of file that the address names, or its question."""
        if self.question:
            kind = Attachment.Kind.DOCUMENT
            return {"initial": {"kind": kind, "question": self.question["code"]}}
        kind = self.request.GET.get("kind")
        return {"initial": {"kind": kind}} if kind in Attachment.Kind.values else {}

    def find(self):
        """Let the beginning of an upload be judged, not its end."""
        entry = super().find()
        if self.request.method == "POST":
            self.began_at = clock.database_now() - age_of(self.request)
            entry.contest.moment = self.began_at
        return entry

    def post(self, request, *args, **kwargs):  # noqa: ARG002 -- Django's signature
        """Attach one file; answer the script of the page in short."""
        form = self.form_class(request.POST, request.FILES)
        status = HTTPStatus.CREATED
        try:
            if self.too_late:
                raise self.too_late
            made, notes = self._attach(request)
        except NotYours:
            raise
        except SumaniError as refusal:
            form.refuse(refusal)
            status = refusal.status
        if request.headers.get("Accept") == _JSON:
            told = {"errors": [e for errors in form.errors.values() for e in errors]}
            if status == HTTPStatus.CREATED:
                told = {"id": str(made.pk), "name": made.name, "notes": notes}
            return JsonResponse(told, status=status)
        if status != HTTPStatus.CREATED:
            return self.answer(form, status=status)
        said = _("“{name}” is attached.").format(name=made.name)
        messages.success(request, " ".join([said, *notes]))
        return redirect(request.get_full_path())

    def _attach(self, request):
        facts, arrived = self._read(request)
        is_photo = facts["kind"] == Attachment.Kind.PHOTO
        with taken(arrived, pictures_only=is_photo) as file:
            made = attachments.attach(
                submission=self.entry,
                file=file,
                began_at=self.began_at,
                by=request.user,
                **facts,
            )
        return made, file.notes

    def _read(self, request):
        """Read what the form asks for; the page sends more with it, its token say."""
        asked = self.form_class.base_fields
        sent = {name: v for name, v in fields_of(request).items() if name in asked}
        try:
            return read_upload(sent)
        except ValidationError as refusal:
            raise refused(refusal) from refusal

    def get_context_data(self, **kwargs):
        question, everything = self.question, list(self.entry.attachments.all())
        files = [file for file in everything if file.removed_at is None]
        if question:
            files = [file for file in files if file.question == question["code"]]
        room = room_among(everything, self.entry)
        return super().get_context_data(
            files=list(naming_questions(files, self.rules)),
            room=[room.documents_told] if question else room.told,
            question=question,
            part=part_with(f"{ANSWER}{question['code']}", self.rules)
            if question
            else None,
            **kwargs,
        )


def refused(refusal):
    """Tell what a serializer refuses as a service would."""
    errors = list(field_errors(refusal))
    return Invalid(errors[0].message, errors=errors)


class FilePage(OwnEntry, FormPage):
    """What is said of one file; or takes it out of the entry."""

    permission_map = FilesPage.permission_map
    template_name = "submissions/file.html"
    form_class = ChangeFileForm

    def find(self):
        entry = super().find()
        files = entry.attachments.in_working_copy().select_related("submission")
        self.file = self.fetch(files, pk=self.kwargs["file_pk"])
        return entry

    def form_arguments(self):
        names = [*FactsForm.base_fields, "is_main", "version"]
        return {"initial": {name: getattr(self.file, name) for name in names}}

    def save(self, form):
        facts = dict(form.cleaned_data)
        version = facts.pop("version")
        person = self.request.user
        if "remove" in self.request.POST:
            attachments.remove_attachment(attachment=self.file, by=person)
            messages.success(self.request, _("The file is taken out of the entry."))
        else:
            attachments.change_attachment(
                attachment=self.file, expected_version=version, by=person, **facts
            )
            messages.success(self.request, _("Saved."))

    def get_success_url(self):
        return reverse("submissions:entry-files", args=[self.entry.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(file=self.file, **kwargs)


class DeclarePage(OwnEntry, FormPage):
    """Says afterwards who is seen in a photo that was sent, so that it may be shown."""

    permission_map = {
        "get": "submissions.view_working_copy",
        "post": "submissions.declare_photo",
    }
    template_name = "submissions/declare_photo.html"
    form_class = DeclareForm

    def find(self):
        entry = super().find()
        files = entry.attachments.select_related("submission__contest")
        self.file = self.fetch(files, pk=self.kwargs["file_pk"])
        return entry

    def form_arguments(self):
        shown = self.file.people_shown
        said = {"people_shown": shown, "minors_shown": self.file.minors_shown}
        initial = {"signed_by": self.request.user.name, **(said if shown else {})}
        return {"initial": initial}

    def save(self, form):
        done = declare_photo(
            attachment=self.file, by=self.request.user, **form.cleaned_data
        )
        said = (
            _("Saved. The photo may be published now.")
            if done.may_be_shown
            else _("Saved. The photo is not published: consent is not noted.")
        )
        messages.success(self.request, said)

    def get_success_url(self):
        return reverse("submissions:entry", args=[self.entry.pk])

    def get_context_data(self, **kwargs):
        may = allows(self.request.user, "submissions.declare_photo", self.entry)
        may_declare = may and self.file.is_declarable
        return super().get_context_data(
            file=self.file, may_declare=may_declare, **kwargs
        )
