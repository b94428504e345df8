"""The record of a contest, for whoever has no own interest in it."""

from drf_spectacular.utils import extend_schema

from audit.api.filters import EventFilter
from audit.api.serializers import EventSerializer
from audit.models import Event
from contest.api.part_views import ContestPartViewSet
from scoring.rules import Results, with_interest_of


class ContestAuditViewSet(ContestPartViewSet):
    """Judged as the results are: the record tells who judges which entry."""

    queryset = Event.objects.none()
    serializer_class = EventSerializer
    filterset_class = EventFilter
    ordering_fields = ["at"]
    permission_map = {"list": "contest.view_audit"}

    @classmethod
    def contests(cls, person, *, at):
        return with_interest_of(super().contests(person, at=at), person)

    def judged(self, contest):
        return Results(contest)

    @extend_schema(summary="List who did and read what, newest first")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        events = Event.objects.filter(contest_id=self.contest.pk)
        found = self.filter_queryset(events.order_by("-at", "pk"))
        page = self.paginate_queryset(found)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
