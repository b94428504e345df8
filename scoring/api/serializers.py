from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.fields import ChoiceField, TextField
from scoring.models import Sheet


class MarkSerializer(serializers.Serializer):
    """One criterion: ``value`` null means not scored."""

    value = serializers.DecimalField(
        max_digits=12,
        decimal_places=4,
        allow_null=True,
        help_text=_("On the criterion's scale; null for not scored."),
    )
    comment = TextField(
        max_length=5000, multiline=True, allow_blank=True, required=False
    )
    version = serializers.IntegerField(
        min_value=0,
        max_value=10**9,
        required=False,
        help_text=_("The version you saw; 0 where nothing was scored yet."),
    )


class SheetMarkSerializer(MarkSerializer):
    criterion = TextField(max_length=40)
    version = serializers.IntegerField(min_value=0, max_value=10**9)


class SheetWriteSerializer(serializers.Serializer):
    scores = SheetMarkSerializer(many=True, min_length=1, max_length=60)


class ScoreSerializer(serializers.Serializer):
    criterion = serializers.CharField()
    title = serializers.CharField()
    minimum = serializers.CharField()
    maximum = serializers.CharField()
    step = serializers.CharField()
    value = serializers.CharField(allow_null=True)
    comment = serializers.CharField()
    version = serializers.IntegerField()
    changed_at = serializers.DateTimeField(allow_null=True)


class SheetSerializer(serializers.Serializer):
    assignment = serializers.UUIDField()
    reference = serializers.CharField()
    juror = serializers.CharField()
    state = ChoiceField(Sheet.State.choices)
    sent_at = serializers.DateTimeField(allow_null=True)
    scores = ScoreSerializer(many=True)


class RankingRowSerializer(serializers.Serializer):
    place = serializers.IntegerField(allow_null=True)
    reference = serializers.CharField()
    title = serializers.CharField()
    organisation = serializers.CharField()
    municipality = serializers.CharField()
    total = serializers.CharField(allow_null=True)
    means = serializers.DictField(child=serializers.CharField())
    spread = serializers.CharField(allow_null=True)
    jurors = serializers.IntegerField()
    tie_breaks = serializers.ListField(child=serializers.CharField())
    shared = serializers.BooleanField()
    missing = serializers.ListField(
        child=serializers.CharField(),
        help_text=_("Criteria without enough scores: such an entry has no place."),
    )


class RankingListSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


class RankingSerializer(serializers.Serializer):
    contest = serializers.CharField()
    interim = serializers.BooleanField(help_text=_("Judging is not closed."))
    sample_note = serializers.CharField()
    rulebook_version = serializers.IntegerField()
    lists = RankingListSerializer(many=True)
    nomination = serializers.CharField()
    ranked = serializers.IntegerField()
    unscored = serializers.IntegerField()
    count = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    results = RankingRowSerializer(many=True)
