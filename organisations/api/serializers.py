from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.fields import ChoiceField, EmailField, TextField, URLField
from organisations.countries import COUNTRY_CODES
from organisations.models import Organisation, Representative


class OrganisationSerializer(serializers.ModelSerializer):
    """What everyone who is signed in may see: no contacts."""

    municipality_name = serializers.CharField(read_only=True)
    county_name = serializers.CharField(read_only=True)
    website = serializers.CharField(read_only=True)

    class Meta:
        model = Organisation
        fields = [
            "id",
            "country",
            "name",
            "code",
            "kind",
            "municipality",
            "municipality_name",
            "county_name",
            "action_group",
            "website",
            "version",
        ]
        read_only_fields = fields


class OrganisationContactsSerializer(OrganisationSerializer):
    """For its representatives: contacts too."""

    email = serializers.CharField(read_only=True)

    class Meta(OrganisationSerializer.Meta):
        fields = [*OrganisationSerializer.Meta.fields, "address", "email", "phone"]
        read_only_fields = fields


class OrganisationWriteSerializer(serializers.Serializer):
    name = TextField(max_length=300)
    country = ChoiceField(COUNTRY_CODES, default="LT")
    code = TextField(max_length=20, allow_blank=True, default="")
    kind = ChoiceField(Organisation.Kind.choices)
    municipality = TextField(max_length=6, allow_blank=True, default="")
    action_group = TextField(max_length=200, allow_blank=True, default="")
    address = TextField(max_length=300, allow_blank=True, default="")
    email = EmailField(max_length=254, allow_blank=True, default="")
    phone = TextField(max_length=40, allow_blank=True, default="")
    website = URLField(max_length=300, allow_blank=True, default="")


class OrganisationCreateSerializer(OrganisationWriteSerializer):
    i_represent = serializers.BooleanField(
        default=True, help_text=_("Whether you act for this organisation.")
    )


class OrganisationChangeSerializer(OrganisationWriteSerializer):
    version = serializers.IntegerField(min_value=1, max_value=10**9, required=False)


class InvitationRequestSerializer(serializers.Serializer):
    email = EmailField(max_length=254)
    name = TextField(max_length=200, allow_blank=True, default="")
    role = TextField(max_length=100, allow_blank=True, default="")


class InvitationSerializer(serializers.Serializer):
    """The answer to an invitation: the code is told once."""

    person = serializers.UUIDField(source="person.pk")
    email = EmailField(source="person.email")
    code = serializers.CharField(
        allow_null=True, help_text=_("Told once; give it to the person.")
    )


class RepresentativeSerializer(serializers.ModelSerializer):
    email = EmailField(source="person.email")
    name = serializers.CharField(source="person.name")

    class Meta:
        model = Representative
        fields = ["id", "email", "name", "role", "started_at"]
        read_only_fields = fields
