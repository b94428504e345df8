from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from core.api.fields import DateTimeField, SlugRelatedField, TextField
from core.api.serializers import ExactSerializer
from submissions.models import (
    Assignment,
    ImpartialityDeclaration,
    JurorExtension,
)

MAX_PER_ENTRY = 100


class AssignmentSerializer(serializers.ModelSerializer):
    contest = SlugRelatedField(
        source="submission.contest", slug_field="slug", read_only=True
    )
    reference = serializers.CharField(source="submission.reference", read_only=True)
    juror_key = serializers.CharField(source="juror.key", read_only=True)
    title = serializers.SerializerMethodField()

    class Meta:
        model = Assignment
        fields = [
            "id",
            "contest",
            "submission",
            "reference",
            "title",
            "juror",
            "juror_key",
            "is_assigned",
            "conflict_at",
            "conflict_reason",
            "conflict_confirmed_at",
        ]
        read_only_fields = fields

    def get_title(self, assignment) -> str:
        """The title as it was sent."""
        return assignment.submission.sent_document["title"]

    def to_representation(self, assignment):
        """Show the reason of a conflict that stands, in the reader's language."""
        shown = super().to_representation(assignment)
        reason = shown["conflict_reason"] if shown["conflict_at"] else ""
        shown["conflict_reason"] = _(reason) if reason else ""
        return shown


class PairSerializer(ExactSerializer):
    submission = serializers.UUIDField()
    juror = serializers.UUIDField()


class DistributeSerializer(ExactSerializer):
    per_entry = serializers.IntegerField(
        min_value=1,
        max_value=MAX_PER_ENTRY,
        allow_null=True,
        default=None,
        help_text=gettext_lazy("Jurors per entry; null: as the rulebook says."),
    )
    seed = TextField(
        max_length=60,
        allow_blank=True,
        default="",
        help_text=gettext_lazy("Decides where several plans are equally even."),
    )
    avoid_same_municipality = serializers.BooleanField(
        default=False,
        help_text=gettext_lazy(
            "Give no juror an entry from a municipality whose organisation the juror"
            " represents."
        ),
    )
    plan = TextField(
        max_length=64,
        allow_blank=True,
        default="",
        help_text=gettext_lazy(
            "The plan of the preview: nothing is assigned if another one came out now."
        ),
    )


class AssignSerializer(ExactSerializer):
    everything = serializers.BooleanField(
        default=False,
        help_text=gettext_lazy(
            "Assign every eligible entry to every juror, or to those of the groups that"
            " its nominations name."
        ),
    )
    pairs = PairSerializer(many=True, max_length=5000, default=list)
    distribute = DistributeSerializer(
        allow_null=True,
        default=None,
        help_text=gettext_lazy("Assign each entry to so many jurors, evenly."),
    )
    dry_run = serializers.BooleanField(
        default=False,
        help_text=gettext_lazy("Only tell what would be added; assign nothing."),
    )

    default_error_messages = {
        "one_way": gettext_lazy(
            "Choose one way to assign: everything, pairs or distribute."
        )
    }

    def validate(self, values):
        ways = [values["everything"], values["pairs"], values["distribute"] is not None]
        if sum(map(bool, ways)) > 1:
            self.fail("one_way")
        return values


class AddedPairSerializer(serializers.Serializer):
    submission = serializers.UUIDField(source="entry.pk")
    reference = serializers.CharField(source="entry.reference")
    juror = serializers.UUIDField(source="juror.pk")
    juror_key = serializers.CharField(source="juror.key")


class LoadSerializer(serializers.Serializer):
    juror = serializers.UUIDField(source="juror.pk")
    juror_key = serializers.CharField(source="juror.key")
    name = serializers.CharField(source="juror.person.name")
    before = serializers.IntegerField()
    after = serializers.IntegerField()


class ShortEntrySerializer(serializers.Serializer):
    submission = serializers.UUIDField()
    reference = serializers.CharField()
    jurors = serializers.IntegerField()


class AssignedSerializer(serializers.Serializer):
    """What was assigned, or would be."""

    dry_run = serializers.BooleanField()
    created = serializers.IntegerField()
    added = AddedPairSerializer(many=True)
    in_conflict = AddedPairSerializer(
        many=True,
        help_text=gettext_lazy("Those of the added that open nothing: a conflict."),
    )
    load = LoadSerializer(
        many=True, help_text=gettext_lazy("Entries to score per juror.")
    )
    short = ShortEntrySerializer(
        many=True,
        help_text=gettext_lazy("Entries with fewer jurors than asked for."),
    )
    plan = serializers.CharField()


class ConflictCandidateSerializer(serializers.Serializer):
    """As much of an entry as a juror needs to see a conflict of interest."""

    submission = serializers.UUIDField(source="pk")
    reference = serializers.CharField()
    title = serializers.CharField(source="sent_document.title")
    conflict = serializers.UUIDField(
        allow_null=True,
        help_text=gettext_lazy("Your own conflict with it, by its assignment's id."),
    )


class OwnConflictSerializer(ExactSerializer):
    submission = serializers.UUIDField()
    reason = TextField(max_length=2000, multiline=True)


class RecordedConflictSerializer(OwnConflictSerializer):
    juror = serializers.UUIDField()
    confirmed = serializers.BooleanField(
        default=True,
        help_text=gettext_lazy("Whether from now on only a coordinator can lift it."),
    )


class SignSerializer(ExactSerializer):
    signed_by = TextField(max_length=200)
    text_version = TextField(max_length=20)


class SignatureSerializer(serializers.ModelSerializer):
    class Meta:
        model = ImpartialityDeclaration
        fields = ["text_version", "language", "signed_by", "role", "signed_at"]
        read_only_fields = fields


class DeclarationSerializer(serializers.Serializer):
    version = serializers.CharField()
    language = serializers.CharField()
    text = serializers.CharField()
    signed = SignatureSerializer(allow_null=True)


class JurorExtensionSerializer(serializers.ModelSerializer):
    class Meta:
        model = JurorExtension
        fields = ["id", "until", "reason", "at"]
        read_only_fields = fields


class ExtendJurorSerializer(ExactSerializer):
    until = DateTimeField()
    reason = TextField(max_length=2000, multiline=True)
