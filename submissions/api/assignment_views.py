from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.response import Response

from contest.api.part_views import ContestPartViewSet
from core.api.viewsets import MatrixViewSet
from submissions import assigning
from submissions.api import serializers
from submissions.api.filters import AssignmentFilter
from submissions.models import Assignment
from submissions.selectors import visible_assignments

ASSIGNMENT_RELATED = (
    "juror",
    "submission__contest",
    "submission__current_version__content",
)


class ContestAssignmentViewSet(ContestPartViewSet):
    """Who scores what, for the coordinator."""

    queryset = Assignment.objects.none()
    serializer_class = serializers.AssignmentSerializer
    filterset_class = AssignmentFilter
    permission_map = {
        "list": "submissions.view_assignments",
        "create": "submissions.assign",
    }

    @extend_schema(summary="List the assignments of a contest")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        mine = visible_assignments(request.user).filter(
            submission__contest=self.contest
        )
        found = self.filter_queryset(mine.select_related(*ASSIGNMENT_RELATED))
        page = self.paginate_queryset(found)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Assign entries to jurors: everything to everyone, or pairs",
        request=serializers.AssignSerializer,
        responses={201: serializers.AssignedSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.AssignSerializer)

        def work():
            if values["everything"]:
                created = assigning.assign_everything(
                    contest=self.contest, by=request.user
                )
            else:
                pairs = [(p["submission"], p["juror"]) for p in values["pairs"]]
                created = assigning.assign(
                    contest=self.contest, pairs=pairs, by=request.user
                )
            return {"created": created}

        return self.created(work)


@extend_schema_view(list=extend_schema(summary="List the entries assigned to you"))
class AssignmentViewSet(mixins.ListModelMixin, MatrixViewSet):
    queryset = Assignment.objects.none()
    serializer_class = serializers.AssignmentSerializer
    filterset_class = AssignmentFilter
    ordering_fields = ["created_at"]
    permission_map = {
        "list": "submissions.list_assignments",
        "retrieve": "submissions.view_assignment",
        "conflict": "submissions.declare_conflict",
    }

    def get_queryset(self):
        if self.action == "list":
            return visible_assignments(self.request.user).select_related(
                *ASSIGNMENT_RELATED
            )
        return Assignment.objects.select_related(*ASSIGNMENT_RELATED)

    @extend_schema(summary="Show one assignment")
    def retrieve(self, request, pk):  # noqa: ARG002 -- DRF's signature
        assignment = self.fetch(self.get_queryset(), pk=pk)
        return Response(self.get_serializer(assignment).data)

    @extend_schema(
        summary="Declare a conflict of interest",
        request=serializers.ReasonSerializer,
        responses=serializers.AssignmentSerializer,
    )
    def conflict(self, request, pk):
        assignment = self.fetch(self.get_queryset(), pk=pk)
        form = serializers.ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        declared = assigning.declare_conflict(
            assignment=assignment, by=request.user, **form.validated_data
        )
        shown = self.get_queryset().get(pk=declared.pk)
        return Response(self.get_serializer(shown).data, status=status.HTTP_200_OK)
