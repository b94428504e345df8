from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.viewsets import MatrixViewSet
from scoring.api import serializers
from scoring.feedback import feedback_on
from submissions.models import Submission


class FeedbackViewSet(MatrixViewSet):
    """What the jury wrote for the entrant."""

    queryset = Submission.objects.select_related("contest").prefetch_related(
        "contest__acts"
    )
    filter_backends = []
    pagination_class = None
    judges_object = True
    permission_map = {"retrieve": "scoring.view_feedback"}

    @extend_schema(
        summary="What the jury wrote for the entrant, once results are published",
        responses=serializers.FeedbackSerializer,
    )
    def retrieve(self, request, pk):  # noqa: ARG002 -- DRF's signature
        entry = self.fetch(self.get_queryset(), pk=pk)
        told = {"reference": entry.reference, "comments": feedback_on(entry)}
        return Response(serializers.FeedbackSerializer(told).data)
