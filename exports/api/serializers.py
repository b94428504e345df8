from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.reverse import reverse

from accounts.models import User
from core.api.fields import ChoiceField, SlugRelatedField, TextField
from core.api.serializers import ExactSerializer
from exports.models import Export


class ExportRequestSerializer(ExactSerializer):
    kind = ChoiceField(Export.Kind.choices, default="ranking")
    file_format = ChoiceField(
        Export.Format.choices,
        required=False,
        help_text=_("By default xlsx, for attachments zip."),
    )
    language = ChoiceField(
        settings.LANGUAGES, default=lambda: (get_language() or "lt").split("-")[0]
    )
    names_jurors = serializers.BooleanField(
        default=True, help_text=_("False: the file shows jurors by number only.")
    )
    reason = TextField(
        max_length=2000,
        multiline=True,
        allow_blank=True,
        default="",
        help_text=_("Needed for contacts: what for; it is recorded."),
    )
    entries = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=5000,
        default=list,
        help_text=_("Only these entries, by their ids; empty for all."),
    )


class RequesterSerializer(serializers.ModelSerializer):
    class Meta:
        model = User
        fields = ["id", "name"]
        read_only_fields = fields


class ExportSerializer(serializers.ModelSerializer):
    contest = SlugRelatedField(slug_field="slug", read_only=True)
    requested_by = RequesterSerializer(read_only=True)
    entries = serializers.ListField(
        source="only", child=serializers.UUIDField(), read_only=True
    )
    state = serializers.CharField(source="job.state")
    state_label = serializers.CharField(source="job.get_state_display")
    attempts = serializers.IntegerField(source="job.attempts")
    done = serializers.IntegerField(source="job.done")
    total = serializers.IntegerField(source="job.total")
    sha256 = serializers.CharField(source="job.file_sha256")
    size = serializers.IntegerField(source="job.file_size", allow_null=True)
    started_at = serializers.DateTimeField(source="job.started_at", allow_null=True)
    finished_at = serializers.DateTimeField(source="job.finished_at", allow_null=True)
    expires_at = serializers.DateTimeField(source="job.expires_at", allow_null=True)
    error = serializers.SerializerMethodField()
    file = serializers.SerializerMethodField()
    is_superseded = serializers.SerializerMethodField()
    is_stale = serializers.SerializerMethodField()

    class Meta:
        model = Export
        fields = [
            "id",
            "contest",
            "kind",
            "file_format",
            "language",
            "names_jurors",
            "reason",
            "entries",
            "requested_by",
            "state",
            "state_label",
            "attempts",
            "done",
            "total",
            "error",
            "file",
            "sha256",
            "size",
            "read_at",
            "is_interim",
            "rulebook_version",
            "is_superseded",
            "is_stale",
            "created_at",
            "started_at",
            "finished_at",
            "expires_at",
        ]
        read_only_fields = fields

    def get_error(self, export) -> str:
        return _(export.job.error) if export.job.error else ""

    def get_file(self, export) -> str | None:
        """Where to fetch it, while it is ready and kept."""
        if not export.job.file_name:
            return None
        return reverse("export-file", [export.pk], request=self.context["request"])

    def get_is_superseded(self, export) -> bool:
        """Whether the same kind of file was made later."""
        return bool(getattr(export, "is_superseded", False))

    def get_is_stale(self, export) -> bool:
        """Whether something was done since that it may not show."""
        changed = self.context.get("last_change")
        return bool(export.read_at and changed and changed > export.read_at)
