"""The rules of one contest: the version in force, all versions, a change of weights."""

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema

from contest import rulemaking
from contest.api import rulebook_serializers as serializers
from contest.api.part_views import ContestPartViewSet
from contest.differences import differences
from core.api.preconditions import expected_version, tagged
from core.errors import Invalid, NotYours


class RulebookViewSet(ContestPartViewSet):
    permission_map = {
        "retrieve": "contest.view",
        "update": "contest.change_rulebook",
    }
    query_params = {"retrieve": ("version",)}
    filter_backends = []

    @extend_schema(
        summary="Show the rulebook, or an earlier version of it",
        parameters=[OpenApiParameter("version", OpenApiTypes.INT)],
        responses=serializers.RulebookSerializer,
    )
    def retrieve(self, request, slug):  # noqa: ARG002 -- DRF's signature
        versions = self.contest.rulebooks.all()
        if (wanted := request.query_params.get("version")) is not None:
            versions = versions.filter(number=_small_number(wanted))
        version = versions.first()
        if version is None:
            raise NotYours(_("The rulebook has no such version."))
        return _shown(version)

    @extend_schema(
        summary="Make the next version of the rulebook",
        request=serializers.RulebookChangeSerializer,
        responses=serializers.RulebookSerializer,
    )
    def update(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.RulebookChangeSerializer)
        version = expected_version(request, values)
        made = rulemaking.change_rulebook(
            contest=self.contest, expected_version=version, by=request.user, **values
        )
        return _shown(made)


class WeightsViewSet(ContestPartViewSet):
    permission_map = {"update": "contest.change_weights"}
    filter_backends = []

    @extend_schema(
        summary="Change weights, places, special awards or tie-breaks in judging",
        request=serializers.WeightsChangeSerializer,
        responses=serializers.RulebookSerializer,
    )
    def update(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.WeightsChangeSerializer)
        version = expected_version(request, values)
        made = rulemaking.change_weights(
            contest=self.contest, expected_version=version, by=request.user, **values
        )
        return _shown(made)


class RulebookHistoryViewSet(ContestPartViewSet):
    serializer_class = serializers.RulebookVersionSerializer
    permission_map = {"list": "contest.view", "retrieve": "contest.view"}
    filter_backends = []

    @extend_schema(
        summary="List the versions of the rulebook, the newest first",
        responses=serializers.RulebookVersionSerializer(many=True),
    )
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        page = self.paginate_queryset(self.contest.rulebooks.defer("document"))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Show a version and what differs in it from the one before",
        responses=serializers.RulebookHistorySerializer,
    )
    def retrieve(self, request, slug, number):  # noqa: ARG002 -- DRF's signature
        two = self.contest.rulebooks.filter(number__in=[number, number - 1])
        versions = {version.number: version for version in two}
        if number not in versions:
            raise NotYours(_("The rulebook has no such version."))
        version, before = versions[number], versions.get(number - 1)
        version.differences = (
            differences(before.document, version.document) if before else []
        )
        return _shown(version, serializers.RulebookHistorySerializer)


def _shown(version, serializer=serializers.RulebookSerializer):
    return tagged(serializer(version).data, version.number)


def _small_number(text):
    if not text.isascii() or not text.isdecimal() or len(text) > 9:  # noqa: PLR2004 -- fits every integer column
        raise Invalid.field(
            "version",
            _("A version is a whole number from 1 up."),
            received=text,
        )
    return int(text)
