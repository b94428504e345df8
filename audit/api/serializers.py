from rest_framework import serializers

from audit.models import Event


class EventSerializer(serializers.ModelSerializer):
    """Who did what: keys and labels, never the names of what it speaks of."""

    class Meta:
        model = Event
        fields = [
            "id",
            "at",
            "action",
            "actor_id",
            "actor_label",
            "subject_type",
            "subject_id",
            "subject_label",
            "reason",
            "details",
        ]
        read_only_fields = fields
