from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from scoring import deciding
from scoring.api import serializers
from scoring.api.judging_views import ResultsPartViewSet
from scoring.naming import known_list, list_titles
from scoring.ranking import OVERALL
from scoring.selectors import is_interim
from scoring.ties import ties_of
from submissions.rules import with_late_judging


class TieViewSet(ResultsPartViewSet):
    """Equal totals that the rules leave to the chair, and what the chair decided."""

    permission_map = {
        "retrieve": "scoring.view_ranking",
        "create": "scoring.decide_tie",
    }
    query_params = {"retrieve": ("nomination",)}

    @classmethod
    def contests(cls, person, *, at):
        return with_late_judging(super().contests(person, at=at))

    @extend_schema(
        summary="The ties of a list that the chair decides",
        parameters=[
            OpenApiParameter("nomination", description="A list's code; overall.")
        ],
        responses=serializers.TiesSerializer,
    )
    def retrieve(self, request, slug):  # noqa: ARG002 -- DRF's signature
        contest = self.contest
        asked = request.query_params.get("nomination", OVERALL)
        code = known_list(list_titles(contest), asked)
        shown = {
            "nomination": code,
            "interim": is_interim(contest),
            "ties": ties_of(contest, code),
        }
        return Response(serializers.TiesSerializer(shown).data)

    @extend_schema(
        summary="Put the entries of a tie in the chair's order, with the reason",
        request=serializers.TieDecisionSerializer,
        responses={201: serializers.ChairDecisionSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.TieDecisionSerializer)

        def work():
            decision = deciding.decide_tie(
                contest=self.contest, by=request.user, **values
            )
            return serializers.ChairDecisionSerializer(decision).data

        return self.created(work)
