"""Special awards: who was given which, by the commission's decision."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response

from contest.api.people_serializers import GivenReasonSerializer
from scoring import giving
from scoring.api import award_serializers as serializers
from scoring.api.judging_views import ResultsPartViewSet
from scoring.models import SpecialAward
from scoring.special_awards import given_in


class SpecialAwardViewSet(ResultsPartViewSet):
    queryset = SpecialAward.objects.none()
    serializer_class = serializers.SpecialAwardGivenSerializer
    permission_map = {
        "list": "scoring.view_special_awards",
        "create": "scoring.give_special_award",
        "take_back": "scoring.give_special_award",
    }

    @extend_schema(summary="List the special awards that were given")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        page = self.paginate_queryset(given_in(self.contest))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Give an entry a special award of the rules",
        request=serializers.GiveSpecialAwardSerializer,
        responses={201: serializers.SpecialAwardGivenSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.GiveSpecialAwardSerializer)

        def work():
            made = giving.give_special_award(
                contest=self.contest, by=request.user, **values
            )
            given = given_in(self.contest)
            shown = next(each for each in given if each.pk == made.pk)
            return self.get_serializer(shown).data

        return self.created(work)

    @extend_schema(
        summary="Take a special award back, with the reason",
        request=GivenReasonSerializer,
        responses={204: None},
    )
    def take_back(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        values = self.read(GivenReasonSerializer)
        giving.take_special_award_back(
            contest=self.contest, award_id=pk, by=request.user, **values
        )
        return Response(status=status.HTTP_204_NO_CONTENT)
