from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.reverse import reverse

from core.api.fields import ChoiceField, SlugRelatedField
from exports.models import Export


class ExportRequestSerializer(serializers.Serializer):
    file_format = ChoiceField(Export.Format.choices, default="xlsx")
    language = ChoiceField(
        settings.LANGUAGES, default=lambda: (get_language() or "lt").split("-")[0]
    )


class ExportSerializer(serializers.ModelSerializer):
    contest = SlugRelatedField(slug_field="slug", read_only=True)
    state = serializers.CharField(source="job.state")
    attempts = serializers.IntegerField(source="job.attempts")
    done = serializers.IntegerField(source="job.done")
    total = serializers.IntegerField(source="job.total")
    sha256 = serializers.CharField(source="job.file_sha256")
    size = serializers.IntegerField(source="job.file_size", allow_null=True)
    finished_at = serializers.DateTimeField(source="job.finished_at", allow_null=True)
    error = serializers.SerializerMethodField()
    file = serializers.SerializerMethodField()

    class Meta:
        model = Export
        fields = [
            "id",
            "contest",
            "file_format",
            "language",
            "state",
            "attempts",
            "done",
            "total",
            "error",
            "file",
            "sha256",
            "size",
            "created_at",
            "finished_at",
        ]
        read_only_fields = fields

    def get_error(self, export) -> str:
        return _(export.job.error) if export.job.error else ""

    def get_file(self, export) -> str | None:
        """Where to fetch it, once it is ready."""
        if not export.job.file_name:
            return None
        return reverse("export-file", [export.pk], request=self.context["request"])
