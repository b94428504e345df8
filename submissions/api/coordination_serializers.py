"""Shapes of what those who run the edition do with entries."""

from rest_framework import serializers

from core.api.fields import (
    DateTimeField,
    LocalizedTextField,
    SlugRelatedField,
    TextField,
)
from core.api.serializers import ExactSerializer
from organisations.api.serializers import OrganisationSerializer
from organisations.models import Organisation
from submissions.models import (
    Award,
    CorrectionRequest,
    EligibilityDecision,
    Extension,
    Submission,
)
from submissions.selectors import progress_of

MAX_FIELDS = 100


class _OrganisationField(serializers.PrimaryKeyRelatedField):
    def __init__(self, **kwargs):
        super().__init__(
            queryset=Organisation.objects.all(),
            pk_field=serializers.UUIDField(),
            **kwargs,
        )


class EligibilitySerializer(ExactSerializer):
    eligible = serializers.BooleanField()
    reason = TextField(max_length=2000, multiline=True, allow_blank=True, default="")
    checks = serializers.DictField(child=serializers.BooleanField(), default=dict)


class CheckSerializer(serializers.Serializer):
    """One requirement of the rules; ``met`` null: not known yet."""

    requirement = serializers.CharField()
    text = LocalizedTextField()
    checked_by = serializers.CharField()
    required = serializers.BooleanField()
    met = serializers.BooleanField(allow_null=True)
    note = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    by = serializers.CharField()


class DecisionSerializer(serializers.ModelSerializer):
    class Meta:
        model = EligibilityDecision
        fields = ["eligible", "reason", "checks", "at", "by_id"]
        read_only_fields = fields


class CorrectionRequestSerializer(serializers.ModelSerializer):
    class Meta:
        model = CorrectionRequest
        fields = ["reason", "fields", "until", "at", "by_id"]
        read_only_fields = fields


class ChecklistSerializer(serializers.Serializer):
    state = serializers.CharField()
    checks = CheckSerializer(many=True)
    decisions = DecisionSerializer(many=True)
    correction_requests = CorrectionRequestSerializer(many=True)


class FindingSerializer(ExactSerializer):
    shown_as = CheckSerializer

    requirement = TextField(max_length=40)
    met = serializers.BooleanField(allow_null=True)
    note = TextField(max_length=2000, multiline=True, allow_blank=True, default="")


class ChecklistChangeSerializer(ExactSerializer):
    shown_as = ChecklistSerializer

    checks = FindingSerializer(many=True, min_length=1, max_length=60)


class ReturnSerializer(ExactSerializer):
    reason = TextField(max_length=2000, multiline=True)
    fields = serializers.ListField(  # type: ignore[assignment]  # the name of the field
        child=TextField(max_length=60), max_length=MAX_FIELDS, default=list
    )
    until = DateTimeField()


class EntryExtensionSerializer(ExactSerializer):
    until = DateTimeField()
    reason = TextField(max_length=2000, multiline=True)


class OrganisationExtensionSerializer(EntryExtensionSerializer):
    organisation = _OrganisationField()


class ExtensionSerializer(serializers.ModelSerializer):
    organisation = OrganisationSerializer(read_only=True)
    reference = serializers.CharField(
        source="submission.reference", default="", read_only=True
    )

    class Meta:
        model = Extension
        fields = [
            "id",
            "organisation",
            "submission",
            "reference",
            "until",
            "reason",
            "at",
            "by_id",
        ]
        read_only_fields = fields


class PaperConfirmationSerializer(ExactSerializer):
    signed_by = TextField(max_length=200)
    signed_role = TextField(max_length=100)
    reason = TextField(max_length=2000, multiline=True)


class DraftSerializer(serializers.ModelSerializer):
    """A draft from outside: whose, how far, whom to call; nothing of its content."""

    organisation = OrganisationSerializer(read_only=True)
    phone = serializers.CharField(source="organisation.phone", read_only=True)
    percent = serializers.SerializerMethodField()

    class Meta:
        model = Submission
        fields = [
            "id",
            "organisation",
            "phone",
            "title",
            "entered_by",
            "percent",
            "changed_at",
            "open_until",
        ]
        read_only_fields = fields

    open_until = serializers.DateTimeField(allow_null=True, read_only=True)

    def get_percent(self, draft) -> int:
        """How much of what is asked for is there."""
        return progress_of(draft, self.context["rules"]).percent


class AwardSerializer(serializers.ModelSerializer):
    organisation = OrganisationSerializer(read_only=True)
    contest = SlugRelatedField(slug_field="slug", read_only=True)

    class Meta:
        model = Award
        fields = [
            "id",
            "edition",
            "year",
            "contest",
            "organisation",
            "nomination",
            "place",
            "citation",
        ]
        read_only_fields = fields


class AwardCreateSerializer(ExactSerializer):
    organisation = _OrganisationField()
    edition = TextField(max_length=30)
    year = serializers.IntegerField(min_value=1990, max_value=2200)
    nomination = TextField(max_length=40)
    place = serializers.IntegerField(
        min_value=1, max_value=1000, allow_null=True, default=None
    )
    citation = TextField(max_length=2000, multiline=True, allow_blank=True, default="")
