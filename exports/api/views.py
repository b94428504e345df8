from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response

from audit.services import record
from contest.api.part_views import ContestPartViewSet
from core.api.viewsets import MatrixViewSet
from core.errors import Conflict
from exports import services
from exports.api import serializers
from exports.models import Export
from jobs import files
from jobs.services import ring_if_waiting
from scoring.rules import Results, with_interest_of

_CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


class ContestExportViewSet(ContestPartViewSet):
    """The files asked for in a contest."""

    queryset = Export.objects.none()
    serializer_class = serializers.ExportSerializer
    filter_backends = []
    permission_map = {"list": "exports.list", "create": "exports.request"}

    def contests(self):
        return with_interest_of(super().contests(), self.request.user)

    def judged(self, contest):
        return Results(contest)

    @extend_schema(summary="List the files asked for, newest first")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        exports = self.contest.exports.select_related("contest", "job")
        page = self.paginate_queryset(exports)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Ask for a ranking file",
        request=serializers.ExportRequestSerializer,
        responses={202: serializers.ExportSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.ExportRequestSerializer)

        def work():
            export = services.request_export(
                contest=self.contest, by=request.user, **values
            )
            return Response(
                self.get_serializer(export).data, status=status.HTTP_202_ACCEPTED
            )

        return self.idempotent(request, work)


class ExportViewSet(MatrixViewSet):
    queryset = Export.objects.none()
    serializer_class = serializers.ExportSerializer
    permission_map = {"retrieve": "exports.view", "file": "exports.download"}

    @extend_schema(summary="How far a file is")
    def retrieve(self, request, pk):  # noqa: ARG002 -- DRF's signature
        export = self._export(pk)
        ring_if_waiting(export.job)
        return Response(self.get_serializer(export).data)

    @extend_schema(
        summary="Fetch a finished file",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def file(self, request, pk):
        export = self._export(pk)
        if not export.job.file_name:
            state = export.job.get_state_display()
            raise Conflict(
                _("The file is not ready: {state}.").format(state=state),
                code="not_ready",
            )
        record(
            "exports.download",
            export,
            by=request.user,
            contest_id=export.contest_id,
            label=export.contest.slug,
            sha256=export.job.file_sha256,
        )
        return _as_attachment(export)

    def _export(self, pk):
        exports = Export.objects.select_related("contest", "job")
        return self.fetch(exports, pk=pk)


def _as_attachment(export):
    name = f"{export.contest.slug}-{export.created_at:%Y%m%d-%H%M}.{export.file_format}"
    try:
        content = files.path_of(export.job.file_name).open("rb")
    except FileNotFoundError as exc:
        raise Conflict(
            _("This file is no longer kept. Ask for a new one; it holds the same."),
            code="file_gone",
        ) from exc
    response = FileResponse(
        content,
        as_attachment=True,
        filename=name,
        content_type=_CONTENT_TYPES[export.file_format],
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    response["ETag"] = f'"{export.job.file_sha256}"'
    return response
