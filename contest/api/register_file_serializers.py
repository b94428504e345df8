from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from core.api.fields import ChoiceField
from core.api.serializers import ExactSerializer
from organisations import reasons
from organisations.models import ImportProblem, ImportRun, RegisterExport

INLINE = 200  # problems that stand in the answer itself


class UploadSerializer(ExactSerializer):
    file = serializers.FileField(
        max_length=255,
        allow_empty_file=True,  # told as what it is, with what is allowed
        help_text=gettext_lazy("An Excel workbook (.xlsx) or a CSV file."),
    )


class ApplySerializer(ExactSerializer):
    mode = ChoiceField(ImportRun.Mode.choices)


class CountsSerializer(serializers.Serializer):
    """Rows by what becomes of them; ``problems`` are the single errors in them."""

    rows = serializers.IntegerField()
    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    same = serializers.IntegerField()
    duplicates = serializers.IntegerField()
    errors = serializers.IntegerField()
    problems = serializers.IntegerField()


class FactsSerializer(serializers.Serializer):
    """How the file was understood."""

    encoding = serializers.CharField(required=False)
    separator = serializers.CharField(required=False)
    sheet = serializers.CharField(required=False)
    other_sheets = serializers.ListField(child=serializers.CharField(), required=False)
    header_row = serializers.IntegerField()
    columns = serializers.DictField(child=serializers.CharField())
    ignored = serializers.ListField(child=serializers.CharField())


class RowDifferenceSerializer(serializers.Serializer):
    """A row that the register's changes since the dry run put elsewhere."""

    row = serializers.IntegerField()
    was = serializers.CharField()
    now = serializers.CharField()


class ResultSerializer(serializers.Serializer):
    counts = CountsSerializer()
    differing = serializers.IntegerField()
    differences = RowDifferenceSerializer(many=True)


class ImportProblemSerializer(serializers.ModelSerializer):
    message = serializers.SerializerMethodField()

    class Meta:
        model = ImportProblem
        fields = ["row", "column", "field", "code", "received", "message", "is_error"]
        read_only_fields = fields

    def get_message(self, problem) -> str:
        return reasons.of_cell(problem.code, problem.facts)


class ImportRunSerializer(serializers.ModelSerializer):
    """``total`` is known once the whole file was read."""

    state = serializers.CharField()
    mode = serializers.CharField()  # empty until a mode was chosen
    state_label = serializers.CharField(source="state.label")
    done = serializers.IntegerField(source="job.done")
    total = serializers.IntegerField(source="job.total")
    message = serializers.SerializerMethodField()
    read_as = serializers.SerializerMethodField()
    counts = serializers.SerializerMethodField()
    result = serializers.SerializerMethodField()
    rejected = serializers.SerializerMethodField()

    class Meta:
        model = ImportRun
        fields = [
            "id",
            "file_name",
            "size",
            "sha256",
            "state",
            "state_label",
            "done",
            "total",
            "message",
            "mode",
            "read_as",
            "counts",
            "result",
            "rejected",
            "created_at",
            "applied_at",
            "erased_at",
        ]
        read_only_fields = fields

    def get_message(self, run) -> str:
        """Say why nothing could be read, or what went wrong."""
        if run.refusal:
            return reasons.of_file(run.refusal["code"], run.refusal["facts"])
        return _(run.job.error) if run.job.error else ""

    @extend_schema_field(FactsSerializer(allow_null=True))
    def get_read_as(self, run):
        return run.facts or None

    @extend_schema_field(CountsSerializer(allow_null=True))
    def get_counts(self, run):
        """What the dry run found."""
        return run.counts or None

    @extend_schema_field(ResultSerializer(allow_null=True))
    def get_result(self, run):
        """What the writing found, and where that differs from the dry run."""
        return run.result or None

    def get_rejected(self, run) -> str | None:
        """Where to fetch the rows that are not written, with the reasons."""
        if not run.job.file_name:
            return None
        where = [self.context["view"].kwargs["slug"], run.pk]
        request = self.context["request"]
        return reverse("register-import-rejected", where, request=request)


class ImportRunDetailSerializer(ImportRunSerializer):
    """With its first problems; the others are listed at ``problems/``."""

    problems = serializers.SerializerMethodField()

    class Meta(ImportRunSerializer.Meta):
        fields = [*ImportRunSerializer.Meta.fields, "problems"]
        read_only_fields = fields

    @extend_schema_field(ImportProblemSerializer(many=True))
    def get_problems(self, run):
        return ImportProblemSerializer(run.problems.all()[:INLINE], many=True).data


class RegisterExportRequestSerializer(ExactSerializer):
    with_contacts = serializers.BooleanField(
        default=False,
        help_text=gettext_lazy("Addresses, e-mail and telephone too; it is recorded."),
    )
    language = ChoiceField(
        settings.LANGUAGES, default=lambda: (get_language() or "lt").split("-")[0]
    )


class RegisterExportSerializer(serializers.ModelSerializer):
    state = serializers.CharField(source="job.state")
    done = serializers.IntegerField(source="job.done")
    total = serializers.IntegerField(source="job.total")
    sha256 = serializers.CharField(source="job.file_sha256")
    size = serializers.IntegerField(source="job.file_size", allow_null=True)
    finished_at = serializers.DateTimeField(source="job.finished_at", allow_null=True)
    error = serializers.SerializerMethodField()
    file = serializers.SerializerMethodField()

    class Meta:
        model = RegisterExport
        fields = [
            "id",
            "with_contacts",
            "language",
            "state",
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
        where = [self.context["view"].kwargs["slug"], export.pk]
        request = self.context["request"]
        return reverse("register-export-file", where, request=request)
