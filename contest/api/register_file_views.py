"""The register of organisations in files, as a contest's coordinator handles them."""

import hashlib
from tempfile import TemporaryFile

from django.conf import settings
from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response

from audit.services import record
from contest import register_files
from contest.api import register_serializers as serializers
from contest.api.part_views import ContestPartViewSet
from core.api.uploads import UploadParser
from core.errors import Conflict, NotYours
from core.policy import require
from jobs import files
from jobs.services import ring_if_waiting
from organisations.handing_back import write_rejected
from organisations.models import ImportProblem, ImportRun, RegisterExport

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORKBOOK = {(200, _XLSX): OpenApiTypes.BINARY}


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
    def rejected(self, request, slug, pk):
        run = self._run(pk)
        with _opened(run.job) as kept:
            workbook = TemporaryFile()  # noqa: SIM115 -- the response closes it
            write_rejected(run, kept, workbook)
        record(
            "contest.download_rejected_rows",
            run,
            by=request.user,
            contest_id=self.contest.pk,
            label=slug,
        )
        workbook.seek(0)
        return _as_attachment(workbook, f"{slug}-rejected-{run.created_at:%Y%m%d}.xlsx")

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
    def file(self, request, slug, pk):
        export = self._export(pk)
        if export.with_contacts:
            require(request.user, "contest.export_register_contacts", self.contest)
        content = _opened(export.job)
        record(
            "contest.download_register",
            export,
            by=request.user,
            contest_id=self.contest.pk,
            label=slug,
            with_contacts=export.with_contacts,
            sha256=export.job.file_sha256,
        )
        name = f"{slug}-register-{export.created_at:%Y%m%d-%H%M}.xlsx"
        return _as_attachment(content, name)

    def _export(self, pk):
        return self.found(RegisterExport.objects.select_related("job"), pk)


def _opened(job):
    """Open a job's file, or say why there is none."""
    if job.is_active:
        raise Conflict(
            _("The file is not ready: {state}.").format(state=job.get_state_display()),
            code="not_ready",
        )
    try:
        if job.file_name:
            return files.path_of(job.file_name).open("rb")
    except FileNotFoundError:
        pass
    raise Conflict(
        _("There is no file here, or it is no longer kept."), code="file_gone"
    )


def _as_attachment(content, name):
    response = FileResponse(
        content, as_attachment=True, filename=name, content_type=_XLSX
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
