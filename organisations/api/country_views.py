"""Reference data of the countries, for the pickers of clients."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.viewsets import MatrixViewSet
from core.errors import NotYours
from core.localized import localized
from organisations.countries import COUNTRY_CODES, country
from organisations.models import Organisation


class NamedSerializer(serializers.Serializer):
    """A code with its name in the reader's language, as far as there is one."""

    code = serializers.CharField()
    name = serializers.SerializerMethodField()

    def get_name(self, thing) -> str:
        return localized(thing.names)


class PlaceSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()


class MunicipalitySerializer(PlaceSerializer):
    county = serializers.CharField(source="parent")


class ActionGroupSerializer(serializers.Serializer):
    name = serializers.CharField()
    municipalities = serializers.ListField(child=serializers.CharField())


class LegalFormSerializer(NamedSerializer):
    short = serializers.CharField()


class CountrySerializer(NamedSerializer):
    """Everything that a form about an organisation lets choose from."""

    currency = serializers.CharField()
    organisation_code_rule = serializers.SerializerMethodField()
    counties = serializers.SerializerMethodField()
    municipalities = serializers.SerializerMethodField()
    action_groups = serializers.SerializerMethodField()
    legal_forms = serializers.SerializerMethodField()
    kinds = serializers.SerializerMethodField()

    def get_organisation_code_rule(self, pack) -> str:
        return _(pack.organisation_code_rule)

    def get_counties(self, pack) -> PlaceSerializer(many=True):
        return PlaceSerializer(pack.counties.values(), many=True).data

    def get_municipalities(self, pack) -> MunicipalitySerializer(many=True):
        return MunicipalitySerializer(pack.municipalities.values(), many=True).data

    def get_action_groups(self, pack) -> ActionGroupSerializer(many=True):
        return ActionGroupSerializer(pack.action_groups.values(), many=True).data

    def get_legal_forms(self, pack) -> LegalFormSerializer(many=True):
        return LegalFormSerializer(pack.legal_forms.values(), many=True).data

    def get_kinds(self, _pack) -> list[str]:
        return list(Organisation.Kind.values)


class CountryViewSet(MatrixViewSet):
    """The countries that this program knows."""

    queryset = Organisation.objects.none()
    serializer_class = CountrySerializer
    pagination_class = None
    filter_backends = []
    permission_map = {
        "list": "organisations.view_country",
        "retrieve": "organisations.view_country",
    }

    @extend_schema(summary="List the countries", responses=NamedSerializer(many=True))
    def list(self, request):  # noqa: ARG002 -- DRF's signature
        packs = map(country, COUNTRY_CODES)
        return Response(NamedSerializer(packs, many=True).data)

    @extend_schema(
        summary="Show a country: counties, municipalities, action groups, legal forms"
    )
    def retrieve(self, request, code):  # noqa: ARG002 -- DRF's signature
        if code.upper() not in COUNTRY_CODES:
            raise NotYours(
                _("There is no such country here; there are: {allowed}.").format(
                    allowed=", ".join(COUNTRY_CODES)
                )
            )
        return Response(self.get_serializer(country(code.upper())).data)
