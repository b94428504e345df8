from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.fields import ChoiceField, EmailField, TextField, URLField
from core.api.serializers import ExactSerializer
from organisations.countries import COUNTRY_CODES, HOME
from organisations.countries.pack import PLACE_LENGTH
from organisations.merging import MERGED_REASON
from organisations.models import Change, Claim, Organisation, Representative

_LINE = {"allow_blank": True, "default": ""}
_REASON = {"max_length": 2000, "multiline": True}
_MOST_ALIKE = 10  # possible duplicates that are shown


class OrganisationSerializer(serializers.ModelSerializer):
    """A row of a list: what everyone who is signed in may see, no contacts."""

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
            "code_state",
            "kind",
            "legal_form",
            "municipality",
            "municipality_name",
            "county_name",
            "eldership",
            "action_group",
            "website",
            "version",
        ]
        read_only_fields = fields


class OrganisationDetailSerializer(OrganisationSerializer):
    """One organisation for everyone who is signed in: no contacts."""

    code_state_label = serializers.CharField(
        source="get_code_state_display", read_only=True
    )
    county = serializers.CharField(read_only=True)
    action_group_is_listed = serializers.BooleanField(read_only=True)
    former_names = serializers.ListField(child=serializers.CharField(), read_only=True)
    former_codes = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta(OrganisationSerializer.Meta):
        fields = [
            *OrganisationSerializer.Meta.fields,
            "code_state_label",
            "county",
            "action_group_is_listed",
            "former_names",
            "former_codes",
        ]
        read_only_fields = fields


class OrganisationContactsSerializer(OrganisationDetailSerializer):
    """For its representatives: contacts too."""

    email = serializers.CharField(read_only=True)

    class Meta(OrganisationDetailSerializer.Meta):
        fields = [
            *OrganisationDetailSerializer.Meta.fields,
            "address",
            "email",
            "phone",
        ]
        read_only_fields = fields


class AddedOrganisationSerializer(OrganisationContactsSerializer):
    """The answer to who adds one: which others may be the same."""

    possible_duplicates = serializers.SerializerMethodField()

    class Meta(OrganisationContactsSerializer.Meta):
        fields = [*OrganisationContactsSerializer.Meta.fields, "possible_duplicates"]
        read_only_fields = fields

    def get_possible_duplicates(self, organisation) -> OrganisationSerializer(
        many=True
    ):
        alike = Organisation.objects.like(organisation)[:_MOST_ALIKE]
        return OrganisationSerializer(alike, many=True).data


class OrganisationWriteSerializer(ExactSerializer):
    name = TextField(max_length=300)
    country = ChoiceField(COUNTRY_CODES, default=HOME)
    code = TextField(max_length=20, **_LINE)
    code_state = ChoiceField(
        Organisation.CodeState.choices,
        required=False,
        help_text=_(
            "“to_check” keeps a code whose check digit does not hold, “missing” says"
            " that there is none; else the code itself decides."
        ),
    )
    former_codes = serializers.ListField(
        child=TextField(max_length=20), max_length=20, default=list
    )
    kind = ChoiceField(Organisation.Kind.choices)
    legal_form = TextField(
        max_length=40, **_LINE, help_text=_("A code of countries/{code}/.")
    )
    municipality = TextField(
        max_length=PLACE_LENGTH,
        **_LINE,
        help_text=_("A code of countries/{code}/; where that lists none, any text."),
    )
    eldership = TextField(max_length=100, **_LINE)
    action_group = TextField(
        max_length=200, **_LINE, help_text=_("A listed one, or any other by its name.")
    )
    address = TextField(max_length=300, **_LINE)
    email = EmailField(max_length=254, **_LINE)
    phone = TextField(max_length=40, **_LINE)
    website = URLField(max_length=300, **_LINE)


class OrganisationCreateSerializer(OrganisationWriteSerializer):
    i_represent = serializers.BooleanField(
        default=True, help_text=_("Whether you act for this organisation.")
    )


class OrganisationChangeSerializer(OrganisationWriteSerializer):
    shown_as = OrganisationContactsSerializer

    version = serializers.IntegerField(min_value=1, max_value=10**9, required=False)


class OrganisationCorrectionSerializer(OrganisationChangeSerializer):
    """What is corrected, and why: the organisation's people can read it."""

    reason = TextField(max_length=2000)

    def validate(self, attrs):
        """Ask for the reason also where only some of the rest is sent."""
        if not attrs.get("reason"):
            raise serializers.ValidationError(
                {"reason": [_("Say why: the organisation's people can read it.")]},
                code="required",
            )
        return attrs


class OrganisationField(serializers.PrimaryKeyRelatedField):
    """An organisation by its id; that of a merged one means what it was merged into."""

    def __init__(self, **kwargs):
        if not kwargs.get("read_only"):
            kwargs.setdefault("queryset", Organisation.objects.all())
        super().__init__(pk_field=serializers.UUIDField(), **kwargs)

    def to_internal_value(self, data):
        """Follow the pointer of a duplicate."""
        organisation = super().to_internal_value(data)
        return organisation.merged_into or organisation


class InvitationRequestSerializer(ExactSerializer):
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
    name = serializers.CharField(source="shown_name")

    class Meta:
        model = Representative
        fields = ["id", "email", "name", "role", "started_at", "ended_at"]
        read_only_fields = fields


class EndSerializer(ExactSerializer):
    note = TextField(
        max_length=500,
        multiline=True,
        **_LINE,
        help_text=_("Asked of the last one: why, and whom to ask from now on."),
    )


class ClaimSerializer(serializers.ModelSerializer):
    """A request as its author sees it: nothing of who decides."""

    organisation = OrganisationSerializer(read_only=True)
    state_label = serializers.CharField(source="get_state_display", read_only=True)
    reason = serializers.SerializerMethodField()

    class Meta:
        model = Claim
        fields = [
            "id",
            "organisation",
            "name",
            "role",
            "message",
            "state",
            "state_label",
            "created_at",
            "decided_at",
            "reason",
        ]
        read_only_fields = fields

    def get_reason(self, claim) -> str:
        """As it was written; that of the house itself in the reader's language."""
        return gettext(claim.reason) if claim.reason == MERGED_REASON else claim.reason


class ClaimToDecideSerializer(ClaimSerializer):
    """For who decides: who asks, and by which address."""

    email = serializers.CharField(source="person.email", read_only=True)
    account_name = serializers.CharField(source="person.name", read_only=True)

    class Meta(ClaimSerializer.Meta):
        fields = [*ClaimSerializer.Meta.fields, "email", "account_name"]
        read_only_fields = fields


class ClaimRequestSerializer(ExactSerializer):
    name = TextField(max_length=200, **_LINE, help_text=_("Who will act."))
    role = TextField(max_length=100, **_LINE)
    message = TextField(**_REASON, **_LINE, help_text=_("Read by those who decide."))


class ClaimDecisionSerializer(ExactSerializer):
    approve = serializers.BooleanField()
    reason = TextField(**_REASON, **_LINE, help_text=_("The person is told."))


class ChangeSerializer(serializers.ModelSerializer):
    """One change; of contacts only that they changed. ``by`` is a short key."""

    kind_label = serializers.CharField(source="get_kind_display", read_only=True)
    acted_as_label = serializers.CharField(
        source="get_acted_as_display", read_only=True
    )
    by = serializers.SerializerMethodField()
    fields_changed = serializers.ListField(
        source="fields", child=serializers.CharField(), read_only=True
    )
    values = serializers.DictField(
        child=serializers.ListField(), read_only=True, help_text=_("Before and after.")
    )

    class Meta:
        model = Change
        fields = [
            "id",
            "at",
            "kind",
            "kind_label",
            "acted_as",
            "acted_as_label",
            "by",
            "version",
            "fields_changed",
            "values",
            "reason",
        ]
        read_only_fields = fields

    def get_by(self, change) -> str:
        return str(change.by_id or "")[:8]


class MergeRequestSerializer(ExactSerializer):
    duplicate = serializers.PrimaryKeyRelatedField(
        queryset=Organisation.objects.all(),
        pk_field=serializers.UUIDField(),
        help_text=_("The one that is given up; its row stays and points here."),
    )
    reason = TextField(**_REASON)
    dry_run = serializers.BooleanField(
        default=False, help_text=_("Only tell what would be done.")
    )


class CollisionSerializer(serializers.Serializer):
    what = serializers.CharField()
    rule = serializers.CharField()
    rows = serializers.ListField(child=serializers.CharField())


class MergeSerializer(serializers.Serializer):
    """What was done, or would be: fields taken over, rows that follow, by kind."""

    survivor = OrganisationSerializer()
    duplicate = OrganisationSerializer()
    takes_over = serializers.ListField(child=serializers.CharField())
    moves = serializers.DictField(child=serializers.IntegerField())
    collisions = CollisionSerializer(many=True)
    warnings = serializers.ListField(child=serializers.CharField())
    done = serializers.BooleanField()
