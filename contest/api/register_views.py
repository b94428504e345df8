"""What a contest's people do in the register."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from contest import register
from contest.api import serializers
from contest.api.part_views import ContestPartViewSet
from core.api.preconditions import expected_version, tagged
from core.errors import NotYours
from organisations.api.filters import ClaimFilter
from organisations.api.serializers import (
    ClaimDecisionSerializer,
    ClaimToDecideSerializer,
    MergeSerializer,
    OrganisationContactsSerializer,
    OrganisationCorrectionSerializer,
)
from organisations.models import Claim, Organisation


class ContestClaimViewSet(ContestPartViewSet):
    queryset = Claim.objects.none()
    serializer_class = ClaimToDecideSerializer
    filterset_class = ClaimFilter
    ordering_fields = ["created_at"]
    permission_map = {
        "list": "contest.view_claims",
        "decide": "contest.decide_claim",
    }

    @extend_schema(summary="List who asks to act for organisations that could enter")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        claims = register.claims_of(self.contest)
        claims = claims.select_related("person", "organisation")
        page = self.paginate_queryset(self.filter_queryset(claims))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Say yes or no for an organisation whose own people do not",
        request=ClaimDecisionSerializer,
        responses=ClaimToDecideSerializer,
    )
    def decide(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        claims = register.claims_of(self.contest).select_related("organisation")
        claim = claims.filter(pk=pk).first()
        if claim is None:
            raise _nothing()
        values = self.read(ClaimDecisionSerializer)
        decided = register.decide_claim(
            contest=self.contest, claim=claim, by=request.user, **values
        )
        return Response(self.get_serializer(decided).data)


class CorrectionViewSet(ContestPartViewSet):
    permission_map = {"create": "contest.correct_organisation"}

    @extend_schema(
        summary="Correct a row of the register, or settle its code, with a reason",
        request=OrganisationCorrectionSerializer,
        responses=OrganisationContactsSerializer,
    )
    def create(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        values = self.read(OrganisationCorrectionSerializer, partial=True)
        organisation = Organisation.objects.standing_for(pk).first()
        if organisation is None:
            raise _nothing()
        version = expected_version(request, values)
        corrected = register.correct_organisation(
            contest=self.contest,
            organisation=organisation,
            expected_version=version,
            by=request.user,
            **values,
        )
        shown = OrganisationContactsSerializer(corrected).data
        return tagged(shown, corrected.version)


class ContestMergeViewSet(ContestPartViewSet):
    serializer_class = MergeSerializer
    permission_map = {"create": "contest.merge_organisations"}

    @extend_schema(
        summary="Merge two rows of the register, or tell what that would do",
        request=serializers.ContestMergeSerializer,
        responses=MergeSerializer,
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.ContestMergeSerializer)
        merge = register.merge_organisations(
            contest=self.contest, by=request.user, **values
        )
        return Response(self.get_serializer(merge).data)


def _nothing():
    return NotYours(_("There is nothing at this address, or it is not yours to see."))
