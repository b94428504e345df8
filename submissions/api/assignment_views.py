from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.response import Response

from contest.api.part_views import ContestPartViewSet
from core.api.serializers import NothingSerializer
from core.api.viewsets import MatrixViewSet
from submissions import assigning, conflicts
from submissions.api import assignment_serializers as serializers
from submissions.api.filters import AssignmentFilter
from submissions.api.serializers import ReasonSerializer
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
        mine = visible_assignments(request.user).assigned()
        mine = mine.filter(submission__contest=self.contest)
        found = self.filter_queryset(mine.select_related(*ASSIGNMENT_RELATED))
        page = self.paginate_queryset(found)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Assign entries to jurors: everything to everyone, pairs, or evenly",
        request=serializers.AssignSerializer,
        responses={
            200: serializers.AssignedSerializer,
            201: serializers.AssignedSerializer,
        },
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.AssignSerializer)
        if values["dry_run"]:
            return Response(self._assign(values, request.user))
        return self.created(lambda: self._assign(values, request.user))

    def _assign(self, values, person):
        how = {"contest": self.contest, "by": person, "dry_run": values["dry_run"]}
        if values["everything"]:
            assigned = assigning.assign_everything(**how)
        elif values["distribute"] is not None:
            assigned = assigning.distribute(**how, **values["distribute"])
        else:
            pairs = [(p["submission"], p["juror"]) for p in values["pairs"]]
            assigned = assigning.assign(pairs=pairs, **how)
        return _told(assigned, dry_run=values["dry_run"])


def _told(assigned, *, dry_run):
    short = [
        {"submission": entry.pk, "reference": entry.reference, "jurors": has}
        for entry, has in assigned.short
    ]
    return serializers.AssignedSerializer(
        {
            "dry_run": dry_run,
            "created": assigned.created,
            "added": assigned.added,
            "in_conflict": assigned.in_conflict,
            "load": assigned.load,
            "short": short,
            "plan": assigned.plan,
        }
    ).data


@extend_schema_view(list=extend_schema(summary="List the entries assigned to you"))
class AssignmentViewSet(mixins.ListModelMixin, MatrixViewSet):
    queryset = Assignment.objects.none()
    serializer_class = serializers.AssignmentSerializer
    filterset_class = AssignmentFilter
    ordering_fields = ["created_at"]
    permission_map = {
        "list": "submissions.list_assignments",
        "retrieve": "submissions.view_assignment",
        "unassign": "submissions.unassign",
        "conflict": "submissions.declare_conflict",
        "withdraw_conflict": "submissions.withdraw_conflict",
        "take_back_conflict": "submissions.withdraw_conflict",
        "confirm_conflict": "submissions.confirm_conflict",
        "lift_conflict": "submissions.lift_conflict",
    }

    def get_queryset(self):
        if self.action == "list":
            listed = visible_assignments(self.request.user).assigned()
            return listed.select_related(*ASSIGNMENT_RELATED)
        return Assignment.objects.select_related(*ASSIGNMENT_RELATED)

    @extend_schema(summary="Show one assignment")
    def retrieve(self, request, pk):  # noqa: ARG002 -- DRF's signature
        return self._shown(self._assignment(pk))

    @extend_schema(
        summary="Take an entry from a juror who has not begun to score it",
        request=ReasonSerializer,
        responses={204: None},
    )
    def unassign(self, request, pk):
        assignment = self._assignment(pk)
        assigning.unassign(
            assignment=assignment, reason=self._reason(), by=request.user
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        summary="Declare a conflict of interest",
        request=ReasonSerializer,
        responses=serializers.AssignmentSerializer,
    )
    def conflict(self, request, pk):
        assignment = self._assignment(pk)
        declared = conflicts.declare_conflict(
            assignment=assignment, reason=self._reason(), by=request.user
        )
        return self._shown(self.get_queryset().get(pk=declared.pk))

    @extend_schema(
        summary="Take your declaration of a conflict back, while it is not confirmed",
        responses={204: None},
    )
    def withdraw_conflict(self, request, pk):
        conflicts.withdraw_conflict(assignment=self._assignment(pk), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        summary="Take back a conflict written down for a juror, until it is confirmed",
        request=ReasonSerializer,
        responses={204: None},
    )
    def take_back_conflict(self, request, pk):
        conflicts.withdraw_conflict(
            assignment=self._assignment(pk), reason=self._reason(), by=request.user
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        summary="Take note of a conflict: the juror cannot take it back any more",
        request=None,
        responses=serializers.AssignmentSerializer,
    )
    def confirm_conflict(self, request, pk):
        assignment = self._assignment(pk)
        self.read(NothingSerializer)
        conflicts.confirm_conflict(assignment=assignment, by=request.user)
        return self._shown(self.get_queryset().get(pk=pk))

    @extend_schema(
        summary="Lift a conflict: the juror sees the entry again",
        request=ReasonSerializer,
        responses={204: None},
    )
    def lift_conflict(self, request, pk):
        assignment = self._assignment(pk)
        conflicts.lift_conflict(
            assignment=assignment, reason=self._reason(), by=request.user
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _assignment(self, pk):
        return self.fetch(self.get_queryset(), pk=pk)

    def _reason(self):
        form = ReasonSerializer(data=self.request.data)
        form.is_valid(raise_exception=True)
        return form.validated_data["reason"]

    def _shown(self, assignment):
        return Response(self.get_serializer(assignment).data)
