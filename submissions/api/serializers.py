from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from contest.models import Contest
from core import clock
from core.api.fields import (
    ChoiceField,
    SlugRelatedField,
    TextField,
)
from core.api.serializers import ExactSerializer
from core.localized import localized
from organisations.api.serializers import OrganisationSerializer
from organisations.models import Organisation
from submissions.api.content_serializers import ContentSerializer
from submissions.checks import warnings
from submissions.consents import asked
from submissions.content import CONTACT_FIELDS, CONTENT_FIELDS
from submissions.life import found_wanting
from submissions.models import (
    Confirmation,
    Submission,
    SubmissionVersion,
)
from submissions.preparing import has_agreement
from submissions.rules import is_told_as_owner
from submissions.selectors import progress_of
from submissions.status import told_to_owner

_DECIDED = {Submission.State.ELIGIBLE, Submission.State.INELIGIBLE}


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
    entered_by = ChoiceField(Submission.EnteredBy.choices, default="owner")
    prepared_by = serializers.PrimaryKeyRelatedField(
        queryset=Organisation.objects.all(),
        pk_field=serializers.UUIDField(),
        allow_null=True,
        default=None,
        help_text=gettext_lazy("Your own, where you prepare an entry for another."),
    )


class SubmissionListSerializer(serializers.ModelSerializer):
    """A row of a list: no statements, no contacts."""

    contest = SlugRelatedField(slug_field="slug", read_only=True)
    organisation = OrganisationSerializer(read_only=True)
    prepared_by = OrganisationSerializer(read_only=True, allow_null=True)
    state = serializers.SerializerMethodField()
    state_label = serializers.SerializerMethodField()

    class Meta:
        model = Submission
        fields = [
            "id",
            "contest",
            "organisation",
            "entered_by",
            "prepared_by",
            "reference",
            "title",
            "state",
            "state_label",
            "submitted_at",
        ]
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(Submission.TOLD_STATES))
    def get_state(self, submission):
        """The state as this person is told it."""
        state = submission.standing_state
        if not self._is_owners(submission):
            return state
        now = submission.contest.moment or clock.now()
        phase = submission.contest.state_at(now).phase
        return told_to_owner(state, phase)

    def get_state_label(self, submission) -> str:
        """The state in words."""
        return str(dict(Submission.TOLD_STATES)[self.get_state(submission)])

    def to_representation(self, submission):
        """Show strangers to the working copy the title that was sent."""
        shown = super().to_representation(submission)
        if not getattr(submission, "owns", True):
            shown["title"] = submission.title_told
        return shown

    def _is_owners(self, submission):
        """Whether it is shown to those who write it, not to those who check it."""
        if hasattr(submission, "owns"):
            return submission.owns
        request = self.context.get("request")
        return request is not None and is_told_as_owner(submission, request.user)


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


class ProgressSerializer(serializers.Serializer):
    """What is still missing before it can be sent, as names of fields."""

    missing = serializers.ListField(child=serializers.CharField())
    percent = serializers.IntegerField()


class ExtensionShownSerializer(serializers.Serializer):
    until = serializers.DateTimeField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class UnmetSerializer(serializers.Serializer):
    requirement = serializers.CharField()
    text = serializers.CharField()
    note = serializers.CharField()


class ConsentAskedSerializer(serializers.Serializer):
    code = serializers.CharField()
    text = serializers.CharField()
    required = serializers.BooleanField()
    texts_version = serializers.CharField()


class SubmissionSerializer(SubmissionListSerializer, ContentSerializer):
    """Everything, for its organisation and its coordinators."""

    warnings = serializers.SerializerMethodField()
    progress = serializers.SerializerMethodField()
    currency = serializers.CharField(read_only=True)
    has_unsent_changes = serializers.BooleanField(read_only=True)
    current_version = serializers.IntegerField(
        source="current_version.number", default=None, read_only=True
    )
    rulebook_version = serializers.IntegerField(source="form.number", read_only=True)
    deadline = serializers.SerializerMethodField()
    extensions = ExtensionShownSerializer(many=True, read_only=True)
    is_confirmed = serializers.SerializerMethodField()
    consents_asked = serializers.SerializerMethodField()
    unmet = serializers.SerializerMethodField()

    class Meta(SubmissionListSerializer.Meta):
        fields = [
            *SubmissionListSerializer.Meta.fields,
            *(field for field in CONTENT_FIELDS if field != "title"),
            "currency",
            "version",
            "current_version",
            "rulebook_version",
            "has_unsent_changes",
            "changed_at",
            "deadline",
            "extensions",
            "returned_until",
            "returned_fields",
            "returned_reason",
            "withdrawn_reason",
            "shared_at",
            "is_confirmed",
            "publication_allowed",
            "consents_asked",
            "decision_reason",
            "checks",
            "unmet",
            "progress",
            "warnings",
        ]
        read_only_fields = fields

    def to_representation(self, submission):
        """Keep from its organisation what is not decided, or not told yet."""
        shown = super().to_representation(submission)
        if self._is_owners(submission):
            shown["checks"] = {}
            if shown["state"] not in _DECIDED:
                shown["decision_reason"] = ""
            if shown["state"] != Submission.State.RETURNED:
                shown["returned_until"] = None  # deciding ends it
        return shown

    def get_warnings(self, submission) -> list[str]:
        return warnings(submission)

    @extend_schema_field(ProgressSerializer)
    def get_progress(self, submission):
        return ProgressSerializer(progress_of(submission)).data

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_deadline(self, submission):
        """Until when it can be sent; see ``Submission.deadline``."""
        last = submission.deadline
        return serializers.DateTimeField().to_representation(last) if last else None

    def get_is_confirmed(self, submission) -> bool:
        """Whether its organisation agreed to it as it stands."""
        return not submission.is_prepared_by_others or has_agreement(submission)

    @extend_schema_field(UnmetSerializer(many=True))
    def get_unmet(self, submission):
        """What an ineligible entry was found not to meet."""
        fallback = submission.contest.fallback_language
        return [
            {
                "requirement": check.requirement,
                "text": localized(check.text, fallback=fallback),
                "note": check.note,
            }
            for check in found_wanting(submission)
        ]

    @extend_schema_field(ConsentAskedSerializer(many=True))
    def get_consents_asked(self, _submission):
        return asked()


class SubmissionChangeSerializer(ContentSerializer):
    shown_as = SubmissionSerializer

    version = serializers.IntegerField(min_value=1, max_value=10**9, required=False)


class ConsentsSerializer(ExactSerializer):
    """Each box on its own, none ticked beforehand; the texts stand with the entry."""

    processing = serializers.BooleanField(
        help_text=gettext_lazy("The data may be used to run the contest.")
    )
    publication = serializers.BooleanField(
        default=False,
        help_text=gettext_lazy("The description may be published."),
    )
    people_shown = serializers.BooleanField(
        default=False,
        help_text=gettext_lazy("The people shown agreed."),
    )


class SignatureSerializer(ExactSerializer):
    """The acting person's typed name and role."""

    signed_by = TextField(max_length=200)
    signed_role = TextField(max_length=100)


class ConfirmSerializer(SignatureSerializer):
    version = serializers.IntegerField(min_value=1, max_value=10**9, required=False)


class AskedSerializer(serializers.Serializer):
    """How many letters are on their way; none where the version was asked about."""

    asked = serializers.IntegerField()


class ConfirmationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Confirmation
        fields = [
            "kind",
            "working_version",
            "signed_by",
            "signed_role",
            "reason",
            "texts_version",
            "language",
            "paper",
            "at",
        ]
        read_only_fields = fields


class ShareSerializer(ExactSerializer):
    shared = serializers.BooleanField()


class ConsentChangeSerializer(SignatureSerializer):
    publication = serializers.BooleanField()


class SuggestionSerializer(serializers.Serializer):
    """A value to take over: from the register, or from an entry of an edition."""

    field = serializers.CharField()
    value = serializers.JSONField()
    source = serializers.ChoiceField(["register", "entry"])
    edition = serializers.CharField()


class SubmitSerializer(SignatureSerializer):
    version = serializers.IntegerField(min_value=1, max_value=10**9, required=False)
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
    language = serializers.CharField(source="content.language")
    rulebook_version = serializers.IntegerField(source="rulebook.number")

    class Meta(ReceiptSerializer.Meta):
        fields = [
            *ReceiptSerializer.Meta.fields,
            "document",
            "salt",
            "signed_by",
            "signed_role",
            "consents",
            "language",
            "rulebook_version",
        ]
        read_only_fields = fields


class ReasonSerializer(ExactSerializer):
    reason = TextField(max_length=2000, multiline=True)
