"""The register of organisations in files, as a contest's coordinator handles them."""

import hashlib

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response

from contest import register_downloads, register_files
from contest.api import register_file_serializers as serializers
from contest.api.part_views import ContestPartViewSet
from core.api.uploads import UploadParser
from core.delivery import XLSX, as_attachment
from core.errors import NotYours
from jobs.services import ring_if_waiting
from organisations.models import ImportProblem, ImportRun, RegisterExport

_WORKBOOK = {(200, XLSX): OpenApiTypes.BINARY}


class RegisterFileViewSet(ContestPartViewSet):
    """A file of the register, judged against the contest it was handled in."""

    filter_backends = []

    def found(self, rows, pk):
        """Get one of the contest's rows, once the matrix allows the request."""
        row = rows.filter(contest_id=self.contest.pk, pk=pk).first()
        if row is None:
            raise NotYours(
                _("There is nothing at this address, or it is not yours to see.")
            )
        return row

    def page_of(self, rows):
        """Answer with a page of the rows."""
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class RegisterImportViewSet(RegisterFileViewSet):
    """Files brought in, and the dry run that each begins with."""

    queryset = ImportRun.objects.none()
    serializer_class = serializers.ImportRunSerializer
    parser_classes = [UploadParser]
    permission_map = {
        "list": "contest.view_register_imports",
        "create": "contest.import_register",
    }

    @property
    def max_upload_bytes(self):
        return settings.IMPORT_MAX_BYTES

    @extend_schema(summary="List the registers brought in, newest first")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        runs = ImportRun.objects.filter(contest_id=self.contest.pk)
        return self.page_of(runs.select_related("check_job", "apply_job"))

    @extend_schema(
        summary="Bring in a register; the dry run begins, nothing is written yet",
        request={"multipart/form-data": serializers.UploadSerializer},
        responses={202: serializers.ImportRunSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        file = self.read(serializers.UploadSerializer)["file"]
        digest = hashlib.file_digest(file, "sha256").hexdigest()

        def work():
            run = register_files.request_import(
                contest=self.contest, file=file, name=file.name, by=request.user
            )
            return Response(
                self.get_serializer(run).data, status=status.HTTP_202_ACCEPTED
            )

        return self.idempotent(
            request, work, body={"sha256": digest, "name": file.name}
        )


class OneRegisterImportViewSet(RegisterFileViewSet):
    """One file brought in: what it would change, and the writing of it."""

    queryset = ImportRun.objects.none()
    serializer_class = serializers.ImportRunDetailSerializer
    paged_actions = ("problems",)
    permission_map = {
        "retrieve": "contest.view_register_imports",
        "problems": "contest.view_register_imports",
        "apply": "contest.import_register",
        "rejected": "contest.view_register_imports",
    }

    @extend_schema(summary="How far it is, what it would change, what is wrong")
    def retrieve(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        run = self._run(pk)
        ring_if_waiting(run.job)
        return Response(self.get_serializer(run).data)

    @extend_schema(
        summary="List all that is wrong in the file, in its order",
        responses=serializers.ImportProblemSerializer(many=True),
    )
    def problems(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        self.serializer_class = serializers.ImportProblemSerializer
        run = self._run(pk)
        return self.page_of(ImportProblem.objects.filter(run=run))

    @extend_schema(
        summary="Write a checked file: all or nothing, or the good rows",
        request=serializers.ApplySerializer,
        responses={202: serializers.ImportRunDetailSerializer},
    )
    def apply(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        run = self._run(pk)
        values = self.read(serializers.ApplySerializer)

        def work():
            applied = register_files.request_apply(
                contest=self.contest, run_id=run.pk, by=request.user, **values
            )
            return Response(
                self.get_serializer(applied).data, status=status.HTTP_202_ACCEPTED
            )

        return self.idempotent(request, work)

    @extend_schema(
        summary="Fetch the rows that are not written, with the reasons",
        responses=_WORKBOOK,
    )
    def rejected(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        run = self._run(pk)
        return _handed_out(
            register_downloads.make_rejected(
                contest=self.contest, run=run, by=request.user
            )
        )

    def _run(self, pk):
        return self.found(
            ImportRun.objects.select_related("check_job", "apply_job"), pk
        )


class RegisterExportViewSet(RegisterFileViewSet):
    """The register as a file."""

    queryset = RegisterExport.objects.none()
    serializer_class = serializers.RegisterExportSerializer
    permission_map = {
        "list": "contest.export_register",
        "create": "contest.export_register",
        "retrieve": "contest.export_register",
        "file": "contest.export_register",
    }

    @extend_schema(summary="List the files of the register asked for, newest first")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        exports = RegisterExport.objects.filter(contest_id=self.contest.pk)
        return self.page_of(exports.select_related("job"))

    @extend_schema(
        summary="Ask for the register as a file",
        request=serializers.RegisterExportRequestSerializer,
        responses={202: serializers.RegisterExportSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.RegisterExportRequestSerializer)

        def work():
            export = register_files.request_register_export(
                contest=self.contest, by=request.user, **values
            )
            return Response(
                self.get_serializer(export).data, status=status.HTTP_202_ACCEPTED
            )

        return self.idempotent(request, work)

    @extend_schema(summary="How far a file of the register is")
    def retrieve(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        export = self._export(pk)
        ring_if_waiting(export.job)
        return Response(self.get_serializer(export).data)

    @extend_schema(summary="Fetch a finished file of the register", responses=_WORKBOOK)
    def file(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        export = self._export(pk)
        return _handed_out(
            register_downloads.open_register(
                contest=self.contest, export=export, by=request.user
            )
        )

    def _export(self, pk):
        return self.found(RegisterExport.objects.select_related("job"), pk)


def _handed_out(download):
    return as_attachment(download.content, name=download.name, content_type=XLSX)
