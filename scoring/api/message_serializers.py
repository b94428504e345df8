from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mail.models import Message
from scoring.labels import kind_of_message


class MessageSerializer(serializers.ModelSerializer):
    """What became of a message; its text is between us and the recipient."""

    kind = serializers.CharField(source="template", read_only=True)
    kind_label = serializers.SerializerMethodField()
    state_label = serializers.CharField(source="get_state_display", read_only=True)
    error = serializers.SerializerMethodField(
        help_text="Why it was not sent, in plain words; empty where nothing failed."
    )
    next_try_at = serializers.SerializerMethodField()

    class Meta:
        model = Message
        fields = [
            "id",
            "kind",
            "kind_label",
            "to",
            "subject",
            "state",
            "state_label",
            "attempts",
            "error",
            "server_said",
            "created_at",
            "next_try_at",
            "sent_at",
        ]
        read_only_fields = fields

    def get_kind_label(self, message) -> str:
        return kind_of_message(message.template)

    def get_error(self, message) -> str:
        return _(message.error) if message.error else ""

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_next_try_at(self, message):
        is_waiting = message.state == Message.State.WAITING
        return message.due_at if is_waiting else None


class SampleSerializer(serializers.Serializer):
    subject = serializers.CharField()
    text = serializers.CharField()
    html = serializers.CharField()
    language = serializers.CharField()


class PreviewSerializer(serializers.Serializer):
    """A mailing before it is sent; ``sample`` is null where nobody would get it."""

    recipients = serializers.IntegerField(min_value=0)
    new = serializers.SerializerMethodField(
        help_text="Those of them that were not told the same before."
    )
    sample = SampleSerializer(allow_null=True)

    def get_new(self, shown) -> int:
        return len(shown.new)


class RemindedSerializer(serializers.Serializer):
    recipients = serializers.IntegerField(
        min_value=0, help_text="Addresses that have something to send."
    )
    queued = serializers.IntegerField(
        min_value=0, help_text="Those of them that were not reminded today yet."
    )
