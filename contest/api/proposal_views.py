"""Acts of two persons: proposed, confirmed by somebody else, taken back."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from contest import proposing
from contest.api import proposal_serializers as serializers
from contest.api.part_views import ContestPartViewSet
from contest.models import Proposal
from core.api.serializers import NothingSerializer


class ProposalViewSet(ContestPartViewSet):
    """What waits, or waited, for a second person."""

    serializer_class = serializers.ProposalSerializer
    filter_backends = []
    permission_map = {
        "list": "contest.view_proposals",
        "retrieve": "contest.view_proposals",
        "create": "contest.propose",
        "confirm": "contest.confirm_proposal",
        "withdraw": "contest.withdraw_proposal",
    }

    @extend_schema(summary="List the acts that wait, or waited, for a second person")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        found = self.contest.proposals.select_related("proposed_by", "decided_by")
        page = self.paginate_queryset(found.defer("details"))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Show what is proposed",
        responses=serializers.ProposalDetailSerializer,
    )
    def retrieve(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        return self._shown(self._proposal(pk))

    @extend_schema(
        summary="Propose an act that the rules leave to two persons",
        request=serializers.ProposalRequestSerializer,
        responses={201: serializers.ProposalDetailSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.ProposalRequestSerializer)
        kept = {
            name: values[name]
            for name in ("document", "version")
            if values[name] is not None
        }

        def work():
            made = proposing.propose(
                contest=self.contest,
                kind=values["kind"],
                subject_id=values["subject"],
                details=kept,
                reason=values["reason"],
                by=request.user,
            )
            return serializers.ProposalDetailSerializer(made).data

        return self.created(work)

    @extend_schema(
        summary="Confirm what somebody else proposed: it is done",
        request=None,
        responses=serializers.ProposalDetailSerializer,
    )
    def confirm(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        proposal = self._proposal(pk)
        self.read(NothingSerializer)
        return self._shown(proposing.confirm(proposal=proposal, by=request.user))

    @extend_schema(
        summary="Take your proposal back, or decline that of somebody else",
        request=None,
        responses=serializers.ProposalDetailSerializer,
    )
    def withdraw(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        proposal = self._proposal(pk)
        self.read(NothingSerializer)
        return self._shown(proposing.withdraw(proposal=proposal, by=request.user))

    def _proposal(self, pk):
        return self.part(Proposal.objects.select_related("contest"), pk)

    @staticmethod
    def _shown(proposal):
        return Response(serializers.ProposalDetailSerializer(proposal).data)
