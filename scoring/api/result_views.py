import json
from dataclasses import asdict

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from contest.api.part_views import ContestPartViewSet
from core.errors import NotYours
from scoring.api import serializers
from scoring.naming import published_panel


class ResultViewSet(ContestPartViewSet):
    """The result as it was frozen: what anyone can compute again."""

    filter_backends = []
    pagination_class = None
    permission_map = {"retrieve": "scoring.view_result"}

    @extend_schema(
        summary="The frozen result with all that proves it",
        description=(
            "Codes and numbers, no names. `manage.py verify_result` ranks it again from"
            " its own scores and rules."
        ),
        responses=serializers.FrozenResultSerializer,
    )
    def retrieve(self, request, slug):  # noqa: ARG002 -- DRF's signature
        frozen = self.contest.results.select_related("act", "rulebook").first()
        if frozen is None:
            raise NotYours(_("This contest has no result yet."))
        shown = serializers.FrozenResultSerializer(frozen).data
        panel = published_panel(self.contest)
        named = None if panel is None else [asdict(member) for member in panel]
        document = json.loads(frozen.text)
        response = Response({**shown, "panel": named, "document": document})
        # A browser keeps it as a file: nobody reads it in a window.
        name = f"{slug}-result.json"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
