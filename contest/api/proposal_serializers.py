"""The shape of acts that wait for a second person."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from contest.api.rulebook_serializers import RulebookDocumentSerializer
from contest.models import Proposal
from core import clock
from core.api.fields import ChoiceField, TextField
from core.api.serializers import ExactSerializer


class PersonSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()


class ProposalSerializer(serializers.ModelSerializer):
    """Without what is proposed in detail: that of one is asked for alone."""

    state = serializers.SerializerMethodField()
    subject = serializers.SerializerMethodField()
    proposed_by = PersonSerializer()
    decided_by = PersonSerializer(allow_null=True)

    class Meta:
        model = Proposal
        fields = [
            *("id", "kind", "subject", "reason", "state"),
            *("proposed_by", "proposed_at", "expires_at"),
            *("decided_by", "decided_at"),
        ]
        read_only_fields = fields

    def get_state(self, proposal) -> str:
        return proposal.state_at(clock.now())

    def get_subject(self, proposal) -> str | None:
        """The assignment that it is about; null for the contest as a whole."""
        is_whole = proposal.subject_id == proposal.contest_id
        return None if is_whole else str(proposal.subject_id)


class ProposalDetailSerializer(ProposalSerializer):
    document = serializers.JSONField(
        source="details.document",
        default=None,
        help_text=_("The rules as they would be, where weights are to change."),
    )

    class Meta(ProposalSerializer.Meta):
        fields = [*ProposalSerializer.Meta.fields, "document"]
        read_only_fields = fields


class ProposalRequestSerializer(ExactSerializer):
    kind = ChoiceField(Proposal.Kind.choices)
    reason = TextField(max_length=2000, multiline=True)
    subject = serializers.UUIDField(
        allow_null=True,
        default=None,
        help_text=_("The assignment whose conflict is to be lifted."),
    )
    document = RulebookDocumentSerializer(
        allow_null=True,
        default=None,
        help_text=_("The whole rulebook, where weights are to change."),
    )
    version = serializers.IntegerField(
        min_value=1,
        max_value=10**9,
        allow_null=True,
        default=None,
        help_text=_("The version of the rulebook that the document changes."),
    )

    def validate(self, attrs):
        """Each kind names what it is about, and nothing else."""
        kind = attrs["kind"]
        asked = {
            "subject": kind == Proposal.Kind.LIFT_CONFLICT,
            "document": kind == Proposal.Kind.CHANGE_WEIGHTS,
            "version": kind == Proposal.Kind.CHANGE_WEIGHTS,
        }
        wrong = {
            name: [_("Needed for this kind.") if needed else _("Not of this kind.")]
            for name, needed in asked.items()
            if (attrs[name] is not None) != needed
        }
        if wrong:
            raise serializers.ValidationError(wrong)
        return attrs
