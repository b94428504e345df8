"""The people of an edition: its panel, its coordinators, its auditors."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from contest.models import Auditor, Coordinator, Juror
from core import clock
from core.api.fields import ChoiceField, DateTimeField, EmailField, TextField
from core.api.serializers import ExactSerializer
from organisations.models import Organisation

_REASON = {"max_length": 2000, "multiline": True}


class PersonInvitationSerializer(ExactSerializer):
    email = EmailField(max_length=254)
    name = TextField(max_length=200, allow_blank=True, default="")


class GivenReasonSerializer(ExactSerializer):
    reason = TextField(**_REASON)


class GroupsField(serializers.ListField):
    """Panels of nominations that a juror belongs to, by their codes."""

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "help_text", _("Panels of nominations, by the codes of the rulebook.")
        )
        super().__init__(child=TextField(max_length=40), max_length=60, **kwargs)


class AddressMixin:
    """An address where the reader may see addresses, else null."""

    def get_email(self, member) -> str | None:
        return member.person.email if self.context.get("with_addresses") else None


class JurorSerializer(AddressMixin, serializers.ModelSerializer):
    """A seat; read ``with_invitation``."""

    key = serializers.CharField(read_only=True)
    email = serializers.SerializerMethodField()
    name = serializers.CharField(source="person.name", read_only=True)
    votes = serializers.BooleanField(read_only=True)
    groups = serializers.ListField(child=serializers.CharField(), read_only=True)
    invitation = serializers.CharField(
        read_only=True,
        help_text=_(
            "planned (not sent), invited, expired (the code is out of date), known (had"
            " an account before), joined (has signed in since)."
        ),
    )

    class Meta:
        model = Juror
        fields = [
            "id",
            "key",
            "role",
            "votes",
            "groups",
            "email",
            "name",
            "invitation",
            "invited_at",
            "activated_at",
            "replaces",
            "removed_at",
            "removed_reason",
            "scores_excluded",
        ]
        read_only_fields = fields


class JurorInvitationSerializer(PersonInvitationSerializer):
    role = ChoiceField(Juror.Role.choices, default=Juror.Role.MEMBER)
    groups = GroupsField(default=list)


class InvitedJurorSerializer(JurorSerializer):
    code = serializers.CharField(
        allow_null=True, help_text=_("Told once; give it to the person.")
    )

    class Meta(JurorSerializer.Meta):
        fields = [*JurorSerializer.Meta.fields, "code"]
        read_only_fields = fields


class RoleSerializer(GivenReasonSerializer):
    role = ChoiceField(Juror.Role.choices)
    groups = GroupsField(
        allow_null=True, default=None, help_text=_("Null: the groups stay as they are.")
    )


class ActivationSerializer(GivenReasonSerializer):
    replaces = serializers.UUIDField(
        allow_null=True, default=None, help_text=_("The removed juror, if any.")
    )


class RemovalSerializer(GivenReasonSerializer):
    scores = ChoiceField(
        ["keep", "exclude"],
        help_text=_("Whether the scores that this juror has sent go on counting."),
    )


class CoordinatorSerializer(AddressMixin, serializers.ModelSerializer):
    email = serializers.SerializerMethodField()
    name = serializers.CharField(source="person.name")

    class Meta:
        model = Coordinator
        fields = ["id", "email", "name", "created_at"]
        read_only_fields = fields


class AuditorSerializer(AddressMixin, serializers.ModelSerializer):
    email = serializers.SerializerMethodField()
    name = serializers.CharField(source="person.name")
    acting = serializers.SerializerMethodField()

    class Meta:
        model = Auditor
        fields = [
            "id",
            "email",
            "name",
            "reason",
            "created_at",
            "until",
            "ended_at",
            "acting",
        ]
        read_only_fields = fields

    def get_acting(self, auditor) -> bool:
        return auditor.ended_at is None and auditor.until > clock.now()


class AuditorInvitationSerializer(PersonInvitationSerializer):
    until = DateTimeField()
    reason = TextField(**_REASON)


class InvitedAuditorSerializer(AuditorSerializer):
    code = serializers.CharField(
        allow_null=True, help_text=_("Told once; give it to the person.")
    )

    class Meta(AuditorSerializer.Meta):
        fields = [*AuditorSerializer.Meta.fields, "code"]
        read_only_fields = fields


class FirstRepresentativeSerializer(PersonInvitationSerializer):
    organisation = serializers.PrimaryKeyRelatedField(
        queryset=Organisation.objects.all(), pk_field=serializers.UUIDField()
    )
    role = TextField(max_length=100, allow_blank=True, default="")


class TelephoneCodeRequestSerializer(GivenReasonSerializer):
    email = EmailField(max_length=254)


class TelephoneCodeSerializer(serializers.Serializer):
    code = serializers.CharField(help_text=_("Told once; read it out."))
    expires_at = serializers.DateTimeField()
