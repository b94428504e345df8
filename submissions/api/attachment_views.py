from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response

from audit.services import record
from core import clock
from core.api.preconditions import expected_version, tagged
from core.api.viewsets import MatrixViewSet
from core.arrival import age_of
from core.errors import Conflict, NotYours
from jobs.api.idempotency import IdempotentCreateMixin
from submissions import attachments, storage
from submissions.api import attachment_serializers as shapes
from submissions.api.serializers import ReasonSerializer
from submissions.api.uploads import UploadParser, form_of, receiving
from submissions.consenting import declare_photo
from submissions.file_selectors import (
    as_sent,
    attachments_shown,
    reachable_attachments,
    reader_of,
)
from submissions.intake import taken
from submissions.models import Attachment, Submission

_RELATED = ("contest", "organisation", "current_version__content")
_OF_SUBMISSION = tuple(f"submission__{path}" for path in _RELATED)


class SubmissionAttachmentViewSet(IdempotentCreateMixin, MatrixViewSet):
    """The files of one entry."""

    queryset = Attachment.objects.none()
    serializer_class = shapes.AttachmentSerializer
    parser_classes = [UploadParser]
    filter_backends = []
    judges_object = True
    permission_map = {"list": "submissions.view_files", "create": "submissions.change"}

    def dispatch(self, request, *args, **kwargs):
        with receiving(request):
            return super().dispatch(request, *args, **kwargs)

    @extend_schema(
        summary="List the files of an entry",
        description="Its organisation sees those of the working copy, others the sent.",
        responses=shapes.AttachmentSerializer(many=True),
    )
    def list(self, request, pk):
        submission = self.fetch(Submission.objects.select_related(*_RELATED), pk=pk)
        reader = reader_of(submission, request.user)
        page = self.paginate_queryset(attachments_shown(submission, reader))
        if not reader.is_own:
            page = [as_sent(file, submission) for file in page]
        context = self.get_serializer_context()
        shown = _shape(reader)(page, many=True, context=context).data
        return self.get_paginated_response(shown)

    @extend_schema(
        summary="Attach a file",
        request={"multipart/form-data": shapes.AttachmentCreateSerializer},
        responses={201: shapes.AttachedSerializer},
    )
    def create(self, request, pk):
        self._began_at = clock.database_now() - age_of(request)
        submission = self.fetch(Submission.objects.select_related(*_RELATED), pk=pk)
        facts, arrived = shapes.read_upload(form_of(request))
        is_photo = facts["kind"] == Attachment.Kind.PHOTO
        with taken(arrived, pictures_only=is_photo) as file:

            def work():
                made = attachments.attach(
                    submission=submission,
                    file=file,
                    began_at=self._began_at,
                    by=request.user,
                    **facts,
                )
                made.notes = file.notes
                shown = shapes.AttachedSerializer(
                    made, context=self.get_serializer_context()
                ).data
                return tagged(shown, made.version, status=status.HTTP_201_CREATED)

            sent = {**facts, "name": arrived.name, "file": arrived.sha256}
            return self.idempotent(request, work, body=sent)

    def check_object_permissions(self, request, obj):
        """Judge an upload by its beginning."""
        obj.contest.moment = getattr(self, "_began_at", None)
        super().check_object_permissions(request, obj)


class AttachmentViewSet(MatrixViewSet):
    queryset = Attachment.objects.none()
    serializer_class = shapes.AttachmentSerializer
    permission_map = {
        "retrieve": "submissions.view_files",
        "partial_update": "submissions.change",
        "destroy": "submissions.change",
        "file": "submissions.view_files",
        "preview": "submissions.view_files",
        "withdraw_consent": "submissions.withdraw_photo_consent",
        "declare": "submissions.declare_photo",
    }

    @extend_schema(
        summary="Show what is said of one file", responses=shapes.AttachmentSerializer
    )
    def retrieve(self, request, pk):  # noqa: ARG002 -- DRF's signature
        attachment, reader = self._attachment(pk)
        return self._shown(attachment, reader)

    @extend_schema(
        summary="Change what is said of a file, its place, the main photo",
        request=shapes.AttachmentChangeSerializer,
        responses=shapes.AttachmentSerializer,
    )
    def partial_update(self, request, pk):
        attachment, reader = self._attachment(pk)
        form = shapes.AttachmentChangeSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        version = expected_version(request, values)
        changed = attachments.change_attachment(
            attachment=attachment, expected_version=version, by=request.user, **values
        )
        return self._shown(changed, reader)

    @extend_schema(summary="Take a file out of the entry", responses={204: None})
    def destroy(self, request, pk):
        attachment, _reader = self._attachment(pk)
        attachments.remove_attachment(attachment=attachment, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        summary="Keep a photo from being published: somebody shown does not agree",
        request=ReasonSerializer,
        responses=shapes.AttachmentSerializer,
    )
    def withdraw_consent(self, request, pk):
        attachment, reader = self._attachment(pk)
        form = ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = attachments.withdraw_photo_consent(
            attachment=attachment, by=request.user, **form.validated_data
        )
        return self._shown(done, reader)

    @extend_schema(
        summary="Say of a photo that was sent who is seen in it, and agreed",
        request=shapes.DeclarationSerializer,
        responses=shapes.AttachmentSerializer,
    )
    def declare(self, request, pk):
        attachment, reader = self._attachment(pk)
        form = shapes.DeclarationSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        done = declare_photo(
            attachment=attachment, by=request.user, **form.validated_data
        )
        return self._shown(done, reader)

    @extend_schema(
        summary="Fetch a file",
        responses={
            (200, "image/jpeg"): OpenApiTypes.BINARY,
            (200, "application/pdf"): OpenApiTypes.BINARY,
        },
    )
    def file(self, request, pk):
        attachment, reader = self._attachment(pk)
        if attachment.is_private and not reader.is_own:
            record(
                "submissions.open_paper",
                attachment,
                by=request.user,
                contest_id=attachment.submission.contest_id,
                label=attachment.submission.reference,
                sha256=attachment.sha256,
            )
        response = _handed_out(
            attachment.stored_name, attachment.name, attachment.content_type
        )
        response["ETag"] = f'"{attachment.sha256}"'
        return response

    @extend_schema(
        summary="Fetch a smaller picture of a photo",
        responses={(200, "image/jpeg"): OpenApiTypes.BINARY},
    )
    def preview(self, request, pk):  # noqa: ARG002 -- DRF's signature
        attachment, _reader = self._attachment(pk)
        if not attachment.preview_name:
            raise NotYours(_("There is no smaller picture of this file."))
        return _handed_out(attachment.preview_name, attachment.name, "image/jpeg")

    def _attachment(self, pk):
        """Find a file that the person may reach, by way of the entry it belongs to."""
        files = Attachment.objects.select_related(*_OF_SUBMISSION)
        attachment = self.fetch(files, pk=pk)
        reader = reader_of(attachment.submission, self.request.user)
        reachable = reachable_attachments(attachment.submission, reader)
        if not reachable.filter(pk=pk).exists():
            raise NotYours(
                _("There is nothing at this address, or it is not yours to see.")
            )
        return attachment, reader

    def _shown(self, attachment, reader):
        if not reader.is_own:
            attachment = as_sent(attachment, attachment.submission)
        shown = _shape(reader)(attachment, context=self.get_serializer_context()).data
        return tagged(shown, attachment.version)


def _shape(reader):
    if reader.sees_papers:
        return shapes.AttachmentSerializer
    return shapes.EnteredAttachmentSerializer


def _handed_out(stored_name, name, content_type):
    """Hand out for saving, never for showing: whatever is inside, nothing runs."""
    try:
        content = storage.path_of(stored_name).open("rb")
    except FileNotFoundError as exc:
        raise Conflict(_("This file is no longer kept."), code="file_gone") from exc
    response = FileResponse(
        content, as_attachment=True, filename=name, content_type=content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
