"""Logos, the timetable, and next year's edition: what comes and goes."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from contest.api.rulebook_serializers import DifferenceSerializer
from contest.api.serializers import LogoSerializer
from contest.cloning import PARTS, Wishes
from contest.phases import Phase
from contest.rulebook import template_names
from core.api.fields import ChoiceField, DateTimeField, LocalizedTextField, TextField
from core.api.serializers import ExactSerializer

_MAX_POSITION = 1000
_MAX_YEARS = 5


class LogoFileSerializer(ExactSerializer):
    file = serializers.FileField(help_text=_("PNG, JPEG or WebP; at most 1 MB."))


class LogoChangeSerializer(ExactSerializer):
    shown_as = LogoSerializer

    alt = LocalizedTextField(max_length=200)
    position = serializers.IntegerField(min_value=1, max_value=_MAX_POSITION)
    version = serializers.IntegerField(min_value=1, max_value=10**9, required=False)


class StepSerializer(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()
    by = ChoiceField(["clock", "coordinator"])
    at = serializers.DateTimeField(allow_null=True)
    late = serializers.BooleanField()


class WarningSerializer(serializers.Serializer):
    code = serializers.CharField()
    message = serializers.CharField()


class CourseSerializer(serializers.Serializer):
    contest = serializers.CharField()
    phase = ChoiceField([phase.value for phase in Phase])
    time_zone = serializers.CharField()
    now = serializers.DateTimeField()
    next = StepSerializer(many=True)
    warnings = WarningSerializer(many=True)
    version = serializers.IntegerField()


class RemindersSerializer(ExactSerializer):
    shown_as = CourseSerializer

    judging_opens_at = DateTimeField(allow_null=True, required=False)
    judging_closes_at = DateTimeField(allow_null=True, required=False)
    results_at = DateTimeField(allow_null=True, required=False)
    version = serializers.IntegerField(min_value=1, max_value=10**9, required=False)


class DatesSerializer(ExactSerializer):
    """Dates that stand instead of those moved by years."""

    opens_at = DateTimeField(allow_null=True, required=False)
    closes_at = DateTimeField(allow_null=True, required=False)
    judging_opens_at = DateTimeField(allow_null=True, required=False)
    judging_closes_at = DateTimeField(allow_null=True, required=False)
    results_at = DateTimeField(allow_null=True, required=False)


class CloneSerializer(ExactSerializer):
    slug = serializers.SlugField(max_length=60)
    edition = TextField(max_length=30)
    reference_prefix = serializers.RegexField(
        r"^[A-Z0-9-]{1,12}\Z", required=False, help_text=_("Begins each reference.")
    )
    title = LocalizedTextField(required=False, allow_empty=False)
    years = serializers.IntegerField(
        min_value=1,
        max_value=_MAX_YEARS,
        default=1,
        help_text=_("How far dates move, to the same weekday and hour of the zone."),
    )
    dates = DatesSerializer(default=dict)
    take = serializers.ListField(
        child=ChoiceField(PARTS), max_length=len(PARTS), default=lambda: list(PARTS)
    )
    rulebook_template = ChoiceField(
        template_names(),
        required=False,
        help_text=_("Needed where the rulebook is not taken."),
    )

    def wishes(self):
        """What was asked for, once it was found to have the right shape."""
        values = self.validated_data
        return Wishes(
            slug=values["slug"],
            edition=values["edition"],
            take=frozenset(values["take"]),
            years=values["years"],
            dates=dict(values["dates"]),
            title=values.get("title") or None,
            template=values.get("rulebook_template"),
            reference_prefix=values.get("reference_prefix", ""),
        )


class PlanSerializer(serializers.Serializer):
    source = serializers.CharField()
    differences = DifferenceSerializer(many=True)
