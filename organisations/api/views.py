from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.response import Response

from core.api.preconditions import expected_version, tagged
from core.api.viewsets import MatrixViewSet
from core.policy import allows
from jobs.api.idempotency import IdempotentCreateMixin
from organisations import services
from organisations.api import serializers
from organisations.api.filters import OrganisationFilter
from organisations.models import Organisation


@extend_schema_view(list=extend_schema(summary="Search the register"))
class OrganisationViewSet(IdempotentCreateMixin, mixins.ListModelMixin, MatrixViewSet):
    queryset = Organisation.objects.all()
    serializer_class = serializers.OrganisationSerializer
    filterset_class = OrganisationFilter
    ordering_fields = ["name_sort", "created_at"]
    permission_map = {
        "list": "organisations.list",
        "create": "organisations.create",
        "retrieve": "organisations.view",
        "partial_update": "organisations.change",
    }

    @extend_schema(
        summary="Add an organisation that is not in the register",
        request=serializers.OrganisationCreateSerializer,
        responses={201: serializers.OrganisationContactsSerializer},
    )
    def create(self, request):
        form = serializers.OrganisationCreateSerializer(data=request.data)
        form.is_valid(raise_exception=True)

        def work():
            organisation = services.add_organisation(
                by=request.user, **form.validated_data
            )
            return tagged(
                serializers.OrganisationContactsSerializer(organisation).data,
                organisation.version,
                status=status.HTTP_201_CREATED,
            )

        return self.idempotent(request, work)

    @extend_schema(
        summary="Show one organisation",
        responses=serializers.OrganisationContactsSerializer,
    )
    def retrieve(self, request, pk):
        organisation = self.fetch(self.get_queryset(), pk=pk)
        sees_contacts = allows(
            request.user, "organisations.view_contacts", organisation
        )
        shown = (
            serializers.OrganisationContactsSerializer
            if sees_contacts
            else serializers.OrganisationSerializer
        )
        return tagged(shown(organisation).data, organisation.version)

    @extend_schema(
        summary="Change an organisation that you represent",
        request=serializers.OrganisationChangeSerializer,
        responses=serializers.OrganisationContactsSerializer,
    )
    def partial_update(self, request, pk):
        organisation = self.fetch(self.get_queryset(), pk=pk)
        form = serializers.OrganisationChangeSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        version = expected_version(request, values)
        changed = services.change_organisation(
            organisation=organisation,
            expected_version=version,
            by=request.user,
            **values,
        )
        return tagged(
            serializers.OrganisationContactsSerializer(changed).data, changed.version
        )


class RepresentativeViewSet(IdempotentCreateMixin, MatrixViewSet):
    """The people who act for one organisation."""

    serializer_class = serializers.RepresentativeSerializer
    pagination_class = None
    filter_backends = []
    judges_object = True
    secret_fields = ("code",)
    permission_map = {
        "list": "organisations.view_contacts",
        "create": "organisations.invite_representative",
    }

    @extend_schema(
        summary="List who acts for an organisation",
        responses=serializers.RepresentativeSerializer(many=True),
    )
    def list(self, request, organisation_pk):  # noqa: ARG002 -- DRF's signature
        organisation = self.fetch(Organisation.objects.all(), pk=organisation_pk)
        people = organisation.representatives.acting().select_related("person")
        return Response(self.get_serializer(people, many=True).data)

    @extend_schema(
        summary="Invite a person to act for your organisation",
        request=serializers.InvitationRequestSerializer,
        responses={201: serializers.InvitationSerializer},
    )
    def create(self, request, organisation_pk):
        organisation = self.fetch(Organisation.objects.all(), pk=organisation_pk)
        form = serializers.InvitationRequestSerializer(data=request.data)
        form.is_valid(raise_exception=True)

        def work():
            invitation = services.invite_representative(
                organisation=organisation, by=request.user, **form.validated_data
            )
            return Response(
                serializers.InvitationSerializer(invitation).data,
                status=status.HTTP_201_CREATED,
            )

        return self.idempotent(request, work)
