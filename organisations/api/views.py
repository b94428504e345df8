from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.response import Response

from core.api.preconditions import expected_version, tagged
from core.api.viewsets import MatrixViewSet
from core.policy import allows
from jobs.api.idempotency import IdempotentCreateMixin
from organisations import history, merging, services
from organisations.api import serializers
from organisations.api.filters import OrganisationFilter
from organisations.models import Organisation


@extend_schema_view(list=extend_schema(summary="Search the register"))
class OrganisationViewSet(IdempotentCreateMixin, mixins.ListModelMixin, MatrixViewSet):
    queryset = Organisation.objects.standing()
    serializer_class = serializers.OrganisationSerializer
    filterset_class = OrganisationFilter
    paged_actions = ("list", "history")
    ordering_fields = ["name_sort", "created_at", "municipality", "code"]
    permission_map = {
        "list": "organisations.list",
        "create": "organisations.create",
        "retrieve": "organisations.view",
        "partial_update": "organisations.change",
        "history": "organisations.view_history",
        "merge": "organisations.merge",
        "correction": "organisations.correct",
    }

    @extend_schema(
        summary="Add an organisation that is not in the register",
        request=serializers.OrganisationCreateSerializer,
        responses={201: serializers.AddedOrganisationSerializer},
    )
    def create(self, request):
        form = serializers.OrganisationCreateSerializer(data=request.data)
        form.is_valid(raise_exception=True)

        def work():
            organisation = services.add_organisation(
                by=request.user, **form.validated_data
            )
            return tagged(
                serializers.AddedOrganisationSerializer(organisation).data,
                organisation.version,
                status=status.HTTP_201_CREATED,
            )

        return self.idempotent(request, work)

    @extend_schema(
        summary="Show one organisation",
        description="The id of a merged duplicate leads to the one it went into.",
        responses=serializers.OrganisationContactsSerializer,
    )
    def retrieve(self, request, pk):
        organisation = self.fetch(Organisation.objects.standing_for(pk))
        sees_contacts = allows(
            request.user, "organisations.view_contacts", organisation
        )
        shown = (
            serializers.OrganisationContactsSerializer
            if sees_contacts
            else serializers.OrganisationDetailSerializer
        )
        return tagged(shown(organisation).data, organisation.version)

    @extend_schema(
        summary="Change an organisation that you represent",
        request=serializers.OrganisationChangeSerializer,
        responses=serializers.OrganisationContactsSerializer,
    )
    def partial_update(self, request, pk):
        organisation = self.fetch(Organisation.objects.standing_for(pk))
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

    @extend_schema(
        summary="Correct a row of the register, or settle its code, with a reason",
        request=serializers.OrganisationCorrectionSerializer,
        responses=serializers.OrganisationDetailSerializer,
    )
    def correction(self, request, pk):
        organisation = self.fetch(Organisation.objects.standing_for(pk))
        form = serializers.OrganisationCorrectionSerializer(
            data=request.data, partial=True
        )
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        version = expected_version(request, values)
        corrected = services.correct_organisation(
            organisation=organisation,
            expected_version=version,
            by=request.user,
            **values,
        )
        return tagged(
            serializers.OrganisationDetailSerializer(corrected).data, corrected.version
        )

    @extend_schema(
        summary="List what changed in the register, newest first",
        responses=serializers.ChangeSerializer(many=True),
    )
    def history(self, request, pk):  # noqa: ARG002 -- DRF's signature
        organisation = self.fetch(Organisation.objects.standing_for(pk))
        page = self.paginate_queryset(history.changes_of(organisation.pk))
        shown = serializers.ChangeSerializer(page, many=True).data
        return self.get_paginated_response(shown)

    @extend_schema(
        summary="Merge a duplicate into this organisation, or tell what that would do",
        request=serializers.MergeRequestSerializer,
        responses=serializers.MergeSerializer,
    )
    def merge(self, request, pk):
        survivor = self.fetch(Organisation.objects.standing_for(pk))
        form = serializers.MergeRequestSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        merge = merging.merge_organisations(
            survivor=survivor, by=request.user, **form.validated_data
        )
        return Response(serializers.MergeSerializer(merge).data)
