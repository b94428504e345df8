from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.reverse import reverse

from core.api.fields import ChoiceField, TextField
from core.api.serializers import ExactSerializer
from core.errors import Invalid
from submissions.api.serializers import SignatureSerializer
from submissions.models import Attachment

_LINE = {"allow_blank": True, "default": ""}
_DIGEST = r"^[0-9a-fA-F]{64}$"


class PeopleSerializer(ExactSerializer):
    """Of the people seen in a photo: minors among them, and whether they agreed."""

    minors_shown = serializers.BooleanField(
        default=False, help_text=gettext_lazy("Some of them are under age.")
    )
    consent = serializers.BooleanField(
        default=False,
        help_text=gettext_lazy("Everybody shown, for minors their parents, agreed."),
    )
    consent_holder = TextField(
        max_length=200,
        help_text=gettext_lazy("Who agreed, or who keeps the signed consents."),
        **_LINE,
    )


class FactsSerializer(PeopleSerializer):
    """What is said of a file; whatever is not known stays empty."""

    caption = TextField(max_length=500, **_LINE)
    author = TextField(
        max_length=200, help_text=gettext_lazy("Who took the photo."), **_LINE
    )
    licence = TextField(
        max_length=200,
        help_text=gettext_lazy("On what terms others may use it."),
        **_LINE,
    )
    people_shown = serializers.BooleanField(
        allow_null=True,
        default=None,
        help_text=gettext_lazy(
            "Whether people can be recognised; null is not said, and a photo of which"
            " it is not said will not be published."
        ),
    )
    is_main = serializers.BooleanField(default=False)


class AttachmentCreateSerializer(FactsSerializer):
    """A form, ``multipart/form-data``."""

    file = serializers.FileField(
        max_length=500,
        help_text=gettext_lazy("A photo (JPEG, PNG, WebP, HEIC) or a PDF."),
    )
    kind = ChoiceField(Attachment.Kind.choices)
    question = TextField(
        max_length=40,
        help_text=gettext_lazy(
            "The code of the own question that the file answers; empty: none."
        ),
        **_LINE,
    )
    name = TextField(
        max_length=255,
        required=False,
        help_text=gettext_lazy("Instead of the name that the file comes with."),
    )
    sha256 = serializers.RegexField(
        _DIGEST,
        required=False,
        help_text=gettext_lazy("Of the file as you send it; compared on arrival."),
        error_messages={"invalid": gettext_lazy("A SHA-256 has 64 hex digits.")},
    )


def read_upload(form):
    """Give the facts and the file of a form; the bytes must be those that were sent."""
    shape = AttachmentCreateSerializer(data=form)
    shape.is_valid(raise_exception=True)
    facts = dict(shape.validated_data)
    arrived = facts.pop("file").arrived
    digest, name = facts.pop("sha256", None), facts.pop("name", None)
    if digest is not None and digest.lower() != arrived.sha256:
        raise Invalid.field(
            "sha256",
            _(
                "The file changed on its way: what arrived has the SHA-256"
                " {arrived}. Nothing was attached; send it again."
            ).format(arrived=arrived.sha256),
            received=digest,
            code="damaged",
        )
    return facts, arrived.called(name) if name else arrived


class DeclarationSerializer(PeopleSerializer, SignatureSerializer):
    """What nobody said of a photo before it was sent, and who says it now."""

    people_shown = serializers.BooleanField(
        help_text=gettext_lazy("Whether people can be recognised.")
    )


class EnteredAttachmentSerializer(serializers.ModelSerializer):
    """A file that was sent, for those who judge the entry."""

    kind_label = serializers.CharField(source="get_kind_display", read_only=True)
    file = serializers.SerializerMethodField()
    preview = serializers.SerializerMethodField()

    class Meta:
        model = Attachment
        fields = [
            "id",
            "submission",
            "kind",
            "kind_label",
            "question",
            "name",
            "content_type",
            "size",
            "sha256",
            "width",
            "height",
            "position",
            "is_main",
            "caption",
            "author",
            "licence",
            "file",
            "preview",
        ]
        read_only_fields = fields

    def get_file(self, attachment) -> str:
        return self._at("attachment-file", attachment)

    def get_preview(self, attachment) -> str | None:
        """A smaller picture; null for what is none."""
        if not attachment.preview_name:
            return None
        return self._at("attachment-preview", attachment)

    def _at(self, name, attachment):
        return reverse(name, [attachment.pk], request=self.context["request"])


class AttachmentSerializer(EnteredAttachmentSerializer):
    """Everything, for its organisation and its coordinators."""

    warnings = serializers.SerializerMethodField()

    class Meta(EnteredAttachmentSerializer.Meta):
        fields = [
            *EnteredAttachmentSerializer.Meta.fields,
            "people_shown",
            "minors_shown",
            "consent",
            "consent_holder",
            "version",
            "created_at",
            "warnings",
        ]
        read_only_fields = fields

    def get_warnings(self, attachment) -> list[str]:
        if attachment.is_undeclared:
            return [
                _(
                    "It is not said whether people can be recognised in it: it goes to"
                    " the jury, but will not be published."
                )
            ]
        if not attachment.lacks_consent:
            return []
        return [
            _(
                "People can be recognised in it and their consent is not noted: it goes"
                " to the jury, but will not be published."
            )
        ]


class AttachedSerializer(AttachmentSerializer):
    """What came of an upload."""

    notes = serializers.ListField(
        child=serializers.CharField(),
        help_text=gettext_lazy("What was done to the file beyond keeping it."),
    )
    submission_version = serializers.IntegerField(source="submission.version")

    class Meta(AttachmentSerializer.Meta):
        fields = [*AttachmentSerializer.Meta.fields, "notes", "submission_version"]
        read_only_fields = fields


class AttachmentChangeSerializer(FactsSerializer):
    shown_as = AttachedSerializer

    version = serializers.IntegerField(min_value=1, max_value=10**9, required=False)
    position = serializers.IntegerField(min_value=1, max_value=1000, required=False)
