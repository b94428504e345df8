from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from contest.models import Contest
from core.api.fields import EmailField, SlugRelatedField, TextField, URLField
from organisations.api.serializers import OrganisationSerializer
from organisations.models import Organisation
from submissions.checks import warnings
from submissions.content import CONTACT_FIELDS, CONTENT_FIELDS
from submissions.models import Submission, SubmissionVersion

_LONG = {"max_length": 10_000, "multiline": True, "allow_blank": True, "default": ""}
_LINE = {"allow_blank": True, "default": ""}


class MoneyField(serializers.DecimalField):
    """An amount; „18 407,00“ is read as 18407.00."""

    def __init__(self, **kwargs):
        kwargs.setdefault("min_value", 0)
        super().__init__(
            max_digits=12, decimal_places=2, allow_null=True, default=None, **kwargs
        )

    def to_internal_value(self, data):
        """Read a Lithuanian amount as well as a plain one."""
        if isinstance(data, str):
            data = "".join(data.split()).replace(",", ".")
        return super().to_internal_value(data)


_ONE_ANSWER = [{"type": kind} for kind in ("string", "number", "boolean")]
_MANY_ANSWERS = {"type": "array", "items": {"type": "string"}, "maxItems": 60}


@extend_schema_field({"oneOf": [*_ONE_ANSWER, _MANY_ANSWERS, {"type": "null"}]})
class AnswerField(serializers.Field):
    """One answer; what its question takes, the rulebook says."""

    default_error_messages = {
        "kind": gettext_lazy(
            "An answer is a text, a number, true or false, or a list of choices."
        ),
    }

    def __init__(self, **kwargs):
        super().__init__(allow_null=True, **kwargs)
        self.text = TextField(max_length=20_000, multiline=True, allow_blank=True)
        self.texts = serializers.ListField(
            child=TextField(max_length=40, allow_blank=True), max_length=60
        )

    def to_internal_value(self, data):
        """Clean texts; numbers and booleans pass."""
        if isinstance(data, (bool, int, float)):
            return data
        if isinstance(data, list):
            return self.texts.run_validation(data)
        if not isinstance(data, str):
            self.fail("kind")
        return self.text.run_validation(data)

    def to_representation(self, value):
        return value


class AnswersField(serializers.DictField):
    """Answers to the edition's own questions, by code."""

    def __init__(self, **kwargs):
        super().__init__(child=AnswerField(), default=dict, **kwargs)


class ContentSerializer(serializers.Serializer):
    """The fields of an entry; whatever is not known stays empty."""

    title = TextField(max_length=300, **_LINE)
    summary = TextField(**_LONG)
    innovation = TextField(**_LONG)
    success = TextField(**_LONG)
    social_responsibility = TextField(**_LONG)
    measure = TextField(max_length=60, **_LINE)
    project_number = TextField(max_length=100, **_LINE)
    contract_number = TextField(max_length=100, **_LINE)
    total = MoneyField()
    grant_awarded = MoneyField()
    grant_paid = MoneyField()
    started_on = serializers.DateField(allow_null=True, default=None)
    finished_on = serializers.DateField(allow_null=True, default=None)
    place = TextField(max_length=200, **_LINE)
    municipality = TextField(max_length=6, **_LINE)
    action_group = TextField(max_length=200, **_LINE)
    links = serializers.ListField(
        child=URLField(max_length=500), max_length=10, default=list
    )
    answers = AnswersField()
    nominations = serializers.ListField(
        child=TextField(max_length=40), max_length=60, default=list
    )
    contact_name = TextField(max_length=200, **_LINE)
    contact_email = EmailField(max_length=254, **_LINE)
    contact_phone = TextField(max_length=40, **_LINE)


class VisibleContestField(SlugRelatedField):
    """A contest by its slug; one that the caller may not see does not exist."""

    def __init__(self, **kwargs):
        super().__init__(slug_field="slug", **kwargs)

    def get_queryset(self):
        """Ask the same as the list of contests does."""
        visible = Contest.objects.visible_to(self.context["request"].user)
        return visible.with_course()


class SubmissionCreateSerializer(ContentSerializer):
    contest = VisibleContestField(queryset=Contest.objects.none())
    organisation = serializers.PrimaryKeyRelatedField(
        queryset=Organisation.objects.all(), pk_field=serializers.UUIDField()
    )


class SubmissionChangeSerializer(ContentSerializer):
    version = serializers.IntegerField(min_value=1, max_value=10**9, required=False)


class SubmissionListSerializer(serializers.ModelSerializer):
    """A row of a list: no statements, no contacts."""

    contest = SlugRelatedField(slug_field="slug", read_only=True)
    organisation = OrganisationSerializer(read_only=True)
    state_label = serializers.CharField(source="get_state_display", read_only=True)

    class Meta:
        model = Submission
        fields = [
            "id",
            "contest",
            "organisation",
            "reference",
            "title",
            "state",
            "state_label",
            "submitted_at",
        ]
        read_only_fields = fields

    def to_representation(self, submission):
        """Show strangers to the working copy the title that was sent."""
        shown = super().to_representation(submission)
        if not getattr(submission, "owns", True):
            shown["title"] = submission.sent_document["title"]
        return shown


class EnteredSubmissionSerializer(SubmissionListSerializer, ContentSerializer):
    """What was sent, for those who judge it: without contacts."""

    class Meta(SubmissionListSerializer.Meta):
        fields = [
            *SubmissionListSerializer.Meta.fields,
            *(
                field
                for field in CONTENT_FIELDS
                if field not in (*CONTACT_FIELDS, "title")
            ),
        ]
        read_only_fields = fields


class SubmissionSerializer(SubmissionListSerializer, ContentSerializer):
    """Everything, for its organisation and its coordinators."""

    warnings = serializers.SerializerMethodField()
    has_unsent_changes = serializers.BooleanField(read_only=True)
    current_version = serializers.IntegerField(
        source="current_version.number", default=None, read_only=True
    )

    class Meta(SubmissionListSerializer.Meta):
        fields = [
            *SubmissionListSerializer.Meta.fields,
            *(field for field in CONTENT_FIELDS if field != "title"),
            "version",
            "current_version",
            "has_unsent_changes",
            "changed_at",
            "decision_reason",
            "checks",
            "warnings",
        ]
        read_only_fields = fields

    def get_warnings(self, submission) -> list[str]:
        return warnings(submission)


class ConsentsSerializer(serializers.Serializer):
    processing = serializers.BooleanField(
        help_text=gettext_lazy("The data may be used to run the contest.")
    )
    publication = serializers.BooleanField(
        default=False,
        help_text=gettext_lazy("The description may be published."),
    )


class SubmitSerializer(serializers.Serializer):
    version = serializers.IntegerField(min_value=1, max_value=10**9, required=False)
    signed_by = TextField(max_length=200)
    signed_role = TextField(max_length=100)
    consents = ConsentsSerializer()


class ReceiptSerializer(serializers.ModelSerializer):
    """The receipt of one sending: keep it, it proves what was sent and when."""

    reference = serializers.CharField(source="submission.reference")

    class Meta:
        model = SubmissionVersion
        fields = ["reference", "number", "submitted_at", "sha256"]
        read_only_fields = fields


class VersionSerializer(ReceiptSerializer):
    document = serializers.JSONField(source="content.document")
    salt = serializers.CharField(source="content.salt")
    signed_by = serializers.CharField(source="content.signed_by")
    signed_role = serializers.CharField(source="content.signed_role")
    consents = serializers.JSONField(source="content.consents")

    class Meta(ReceiptSerializer.Meta):
        fields = [
            *ReceiptSerializer.Meta.fields,
            "document",
            "salt",
            "signed_by",
            "signed_role",
            "consents",
        ]
        read_only_fields = fields


class ReasonSerializer(serializers.Serializer):
    reason = TextField(max_length=2000, multiline=True)


class EligibilitySerializer(serializers.Serializer):
    eligible = serializers.BooleanField()
    reason = TextField(max_length=2000, multiline=True, allow_blank=True, default="")
    checks = serializers.DictField(child=serializers.BooleanField(), default=dict)
