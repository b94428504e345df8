"""Who speaks for an organisation, and who asks to."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.response import Response

from core.api.serializers import NothingSerializer
from core.api.viewsets import MatrixViewSet
from core.errors import NotYours
from jobs.api.idempotency import IdempotentCreateMixin
from organisations import representing, services
from organisations.api import serializers
from organisations.api.filters import ClaimFilter
from organisations.models import Claim, Organisation, Representative


class OrganisationPartViewSet(IdempotentCreateMixin, MatrixViewSet):
    """Something of one organisation, judged against that organisation."""

    judges_object = True

    def organisation(self):
        """The organisation of the address, once the matrix allows the request."""
        wanted = self.kwargs["organisation_pk"]
        return self.fetch(Organisation.objects.standing_for(wanted))

    def part(self, queryset, pk):
        """One of the organisation's rows, which was judged already."""
        found = queryset.filter(pk=pk).first()
        if found is None:
            raise NotYours(
                _("There is nothing at this address, or it is not yours to see.")
            )
        return found


class RepresentativeViewSet(OrganisationPartViewSet):
    """The people who act for one organisation."""

    queryset = Representative.objects.none()
    serializer_class = serializers.RepresentativeSerializer
    pagination_class = None
    filter_backends = []
    secret_fields = ("code",)
    permission_map = {
        "list": "organisations.view_contacts",
        "create": "organisations.invite_representative",
        "end": "organisations.end_representative",
    }

    @extend_schema(
        summary="List who acts for an organisation",
        responses=serializers.RepresentativeSerializer(many=True),
    )
    def list(self, request, organisation_pk):  # noqa: ARG002 -- DRF's signature
        organisation = self.organisation()
        people = organisation.representatives.acting().select_related("person")
        return Response(self.get_serializer(people, many=True).data)

    @extend_schema(
        summary="Invite a person to act for your organisation",
        description="People who share one address are invited once for each name.",
        request=serializers.InvitationRequestSerializer,
        responses={201: serializers.InvitationSerializer},
    )
    def create(self, request, organisation_pk):  # noqa: ARG002 -- DRF's signature
        organisation = self.organisation()
        values = self.read(serializers.InvitationRequestSerializer)

        def work():
            invitation = services.invite_representative(
                organisation=organisation, by=request.user, **values
            )
            return Response(
                serializers.InvitationSerializer(invitation).data,
                status=status.HTTP_201_CREATED,
            )

        return self.idempotent(request, work)

    @extend_schema(
        summary="End that a person acts for your organisation",
        request=serializers.EndSerializer,
        responses=serializers.RepresentativeSerializer,
    )
    def end(self, request, organisation_pk, pk):  # noqa: ARG002 -- DRF's signature
        organisation = self.organisation()
        link = self.part(organisation.representatives.all(), pk)
        values = self.read(serializers.EndSerializer)
        ended = representing.end_representative(
            representative=link, by=request.user, **values
        )
        return Response(self.get_serializer(ended).data)


class ClaimViewSet(OrganisationPartViewSet):
    """Requests to act for one organisation."""

    queryset = Claim.objects.none()
    serializer_class = serializers.ClaimToDecideSerializer
    filterset_class = ClaimFilter
    ordering_fields = ["created_at"]
    permission_map = {
        "list": "organisations.view_claims",
        "create": "organisations.claim",
        "decide": "organisations.decide_claim",
    }

    @extend_schema(summary="List who asks to act for your organisation")
    def list(self, request, organisation_pk):  # noqa: ARG002 -- DRF's signature
        claims = self.organisation().claims.select_related("person", "organisation")
        page = self.paginate_queryset(self.filter_queryset(claims))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Ask to act for an organisation of the register",
        request=serializers.ClaimRequestSerializer,
        responses={201: serializers.ClaimSerializer},
    )
    def create(self, request, organisation_pk):  # noqa: ARG002 -- DRF's signature
        organisation = self.organisation()
        values = self.read(serializers.ClaimRequestSerializer)

        def work():
            claim = representing.ask_to_represent(
                organisation=organisation, by=request.user, **values
            )
            shown = serializers.ClaimSerializer(claim).data
            return Response(shown, status=status.HTTP_201_CREATED)

        return self.idempotent(request, work)

    @extend_schema(
        summary="Say yes or no to a person who asks",
        request=serializers.ClaimDecisionSerializer,
        responses=serializers.ClaimToDecideSerializer,
    )
    def decide(self, request, organisation_pk, pk):  # noqa: ARG002 -- DRF's signature
        claim = self.part(self.organisation().claims.all(), pk)
        values = self.read(serializers.ClaimDecisionSerializer)
        decided = representing.decide_claim(claim=claim, by=request.user, **values)
        return Response(self.get_serializer(decided).data)


@extend_schema_view(list=extend_schema(summary="List your own requests to represent"))
class OwnClaimViewSet(mixins.ListModelMixin, MatrixViewSet):
    queryset = Claim.objects.none()
    serializer_class = serializers.ClaimSerializer
    filterset_class = ClaimFilter
    ordering_fields = ["created_at"]
    permission_map = {
        "list": "organisations.list_claims",
        "withdraw": "organisations.withdraw_claim",
    }

    def get_queryset(self):
        return Claim.objects.of(self.request.user).select_related("organisation")

    @extend_schema(
        summary="Take your request back while nobody has answered it",
        request=None,
        responses=serializers.ClaimSerializer,
    )
    def withdraw(self, request, pk):
        claim = self.fetch(Claim.objects.select_related("organisation"), pk=pk)
        self.read(NothingSerializer)
        withdrawn = representing.withdraw_claim(claim=claim, by=request.user)
        return Response(self.get_serializer(withdrawn).data)
