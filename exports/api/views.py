from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response

from contest.api.part_views import ContestPartViewSet
from core.api.schema import ProblemSerializer
from core.api.serializers import NothingSerializer
from core.api.viewsets import MatrixViewSet
from core.policy import require
from exports import services
from exports.api import serializers
from exports.api.filters import ExportFilter
from exports.delivery import as_attachment
from exports.models import Export
from exports.rules import row_of
from exports.selectors.history import exports_of, last_change, with_facts
from jobs.api.idempotency import IdempotentCreateMixin
from jobs.services import ring_if_waiting
from scoring.rules import Results, with_interest_of

_PROBLEM = "application/problem+json"


class ContestExportViewSet(ContestPartViewSet):
    """The files asked for in a contest."""

    queryset = Export.objects.none()
    serializer_class = serializers.ExportSerializer
    filterset_class = ExportFilter
    permission_map = {"list": "exports.list", "create": "exports.request"}

    @classmethod
    def contests(cls, person, *, at):
        return with_interest_of(super().contests(person, at=at), person)

    def judged(self, contest):
        return Results(contest)

    @extend_schema(summary="List the files asked for, newest first")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        exports = exports_of(self.contest, request.user)
        page = self.paginate_queryset(self.filter_queryset(exports))
        context = self.get_serializer_context()
        context["last_change"] = last_change(self.contest)
        shown = serializers.ExportSerializer(page, many=True, context=context)
        return self.get_paginated_response(shown.data)

    @extend_schema(
        summary="Ask for a file",
        description="A second request for the same file while it is being made is"
        " answered with the first.",
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


class ExportViewSet(IdempotentCreateMixin, MatrixViewSet):
    queryset = Export.objects.none()
    serializer_class = serializers.ExportSerializer
    permission_map = {
        "retrieve": "exports.view",
        "file": "exports.download",
        "retry": "exports.retry",
        "cancel": "exports.cancel",
    }

    def check_object_permissions(self, request, obj):
        """Ask the row of the action, then that of the kind of file."""
        super().check_object_permissions(request, obj)
        require(request.user, row_of(obj.kind), obj)

    @extend_schema(summary="How far a file is")
    def retrieve(self, request, pk):  # noqa: ARG002 -- DRF's signature
        export = self._export(pk)
        ring_if_waiting(export.job)
        return self._shown(export)

    @extend_schema(
        summary="Fetch a finished file",
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            (409, _PROBLEM): ProblemSerializer,
            (410, _PROBLEM): ProblemSerializer,
        },
    )
    def file(self, request, pk):
        export = self._export(pk)
        return as_attachment(export, services.hand_out(export=export, by=request.user))

    @extend_schema(
        summary="Try again what failed or was cancelled",
        request=None,
        responses={202: serializers.ExportSerializer},
    )
    def retry(self, request, pk):
        export = self._export(pk)
        self.read(NothingSerializer)

        def work():
            services.retry_export(export=export, by=request.user)
            return self._shown(export, status=status.HTTP_202_ACCEPTED)

        return self.idempotent(request, work)

    @extend_schema(
        summary="Stop the making of a file",
        request=None,
        responses=serializers.ExportSerializer,
    )
    def cancel(self, request, pk):
        export = self._export(pk)
        self.read(NothingSerializer)

        def work():
            services.cancel_export(export=export, by=request.user)
            return self._shown(export)

        return self.idempotent(request, work)

    def _export(self, pk):
        return self.fetch(with_facts(Export.objects.all()), pk=pk)

    def _shown(self, export, **options):
        context = self.get_serializer_context()
        context["last_change"] = last_change(export.contest)
        shown = serializers.ExportSerializer(export, context=context)
        return Response(shown.data, **options)
