"""The shape of a rulebook document; its sense is judged by ``contest.rulebook``."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from contest.rulebook import FORMAT
from core.api.fields import ChoiceField, LocalizedTextField, TextField

MAX_ROWS = 60


class NumberTextField(serializers.DecimalField):
    """A number that is kept as text: exact, and without needless zeros."""

    def __init__(self, **kwargs):
        super().__init__(max_digits=12, decimal_places=4, **kwargs)

    def to_internal_value(self, data):
        value = super().to_internal_value(data)
        return f"{value.normalize() + Decimal(0):f}"

    def to_representation(self, value):
        return value

    def run_validators(self, value):
        """Compare the number, keep the text."""
        super().run_validators(Decimal(value))


class CodeField(serializers.RegexField):
    """A short name for programs: small letters, digits and underscores."""

    default_error_messages = {
        "invalid": _(
            "A code has small letters a–z, digits and _, and begins with a letter."
        )
    }

    def __init__(self, **kwargs):
        super().__init__(r"^[a-z][a-z0-9_]*\Z", max_length=40, **kwargs)


class KeyedField(serializers.DictField):
    """An object whose keys are checked as its values are."""

    def __init__(self, *, keys, **kwargs):
        self.keys = keys
        super().__init__(**kwargs)

    def to_internal_value(self, data):
        values = super().to_internal_value(data)
        return {self.keys.run_validation(key): value for key, value in values.items()}


class ScaleSerializer(serializers.Serializer):
    minimum = NumberTextField()
    maximum = NumberTextField()
    step = NumberTextField(default="1")


class CriterionSerializer(serializers.Serializer):
    code = CodeField()
    title = LocalizedTextField()
    help = LocalizedTextField(max_length=2000, multiline=True, default=dict)
    scale = ScaleSerializer()
    words = KeyedField(
        child=LocalizedTextField(max_length=100),
        keys=NumberTextField(),
        default=dict,
        help_text=_("Words for points of the scale, by value."),
    )
    weight = NumberTextField(default="1", min_value=Decimal(0))
    counted = serializers.BooleanField(default=True)
    required = serializers.BooleanField(default=True)
    comment = ChoiceField(["off", "optional", "required"], default="optional")


class NominationSerializer(serializers.Serializer):
    code = CodeField()
    title = LocalizedTextField()
    weights = serializers.DictField(
        child=NumberTextField(min_value=Decimal(0)),
        allow_null=True,
        default=None,
        help_text=_("By criterion; null for the weights of the total."),
    )
    places = serializers.IntegerField(
        min_value=1, max_value=1000, allow_null=True, default=None
    )
    entries = ChoiceField(["all", "chosen"], default="all")


class RequirementSerializer(serializers.Serializer):
    code = CodeField()
    text = LocalizedTextField(max_length=1000, multiline=True)
    checked_by = ChoiceField(["coordinator", "organisation"], default="coordinator")


class QuestionSerializer(serializers.Serializer):
    code = CodeField()
    title = LocalizedTextField()
    help = LocalizedTextField(max_length=2000, multiline=True, default=dict)
    kind = ChoiceField(["text", "long_text", "number", "yes_no", "choice"])
    required = serializers.BooleanField(default=False)
    max_length = serializers.IntegerField(min_value=1, max_value=20000, default=2000)
    choices = serializers.ListField(
        child=TextField(max_length=200), max_length=MAX_ROWS, default=list
    )


class EntryFormSerializer(serializers.Serializer):
    required = serializers.ListField(
        child=ChoiceField(
            [
                "title",
                "summary",
                "innovation",
                "success",
                "social_responsibility",
                "measure",
                "project_number",
                "total",
                "grant_awarded",
                "started_on",
                "finished_on",
                "place",
                "action_group",
            ]
        ),
        default=lambda: ["title", "summary"],
    )


class TimetableSerializer(serializers.Serializer):
    announce_days = serializers.IntegerField(min_value=0, max_value=365, default=7)
    collection_days = serializers.IntegerField(min_value=0, max_value=365, default=30)
    collection_days_max = serializers.IntegerField(
        min_value=1, max_value=730, default=60
    )


class VisibilitySerializer(serializers.Serializer):
    juror_names = ChoiceField(["coordinators", "published"], default="coordinators")


def _defaults(serializer):
    """Make the document of a group that the caller left out."""

    def fill():
        form = serializer(data={})
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    return fill


class RulebookDocumentSerializer(serializers.Serializer):
    format = ChoiceField([FORMAT], default=FORMAT)
    title = LocalizedTextField(default=dict)
    criteria = CriterionSerializer(many=True, min_length=1, max_length=MAX_ROWS)
    nominations = NominationSerializer(many=True, max_length=MAX_ROWS, default=list)
    total = NumberTextField(default="100", min_value=Decimal("0.01"))
    mapping = ChoiceField(["maximum", "range"], default="maximum")
    min_scores = serializers.IntegerField(min_value=1, max_value=1000, default=1)
    minimum_score = NumberTextField(allow_null=True, default=None)
    tie_breaks = serializers.ListField(
        child=TextField(max_length=60), max_length=MAX_ROWS, default=list
    )
    lot_seed = TextField(max_length=100, allow_blank=True, default="")
    short_list = serializers.IntegerField(
        min_value=1, max_value=100000, allow_null=True, default=None
    )
    jurors_per_entry = serializers.IntegerField(
        min_value=1, max_value=1000, allow_null=True, default=None
    )
    eligibility = RequirementSerializer(many=True, max_length=MAX_ROWS, default=list)
    entry_form = EntryFormSerializer(default=_defaults(EntryFormSerializer))
    questions = QuestionSerializer(many=True, max_length=MAX_ROWS, default=list)
    timetable = TimetableSerializer(default=_defaults(TimetableSerializer))
    visibility = VisibilitySerializer(default=_defaults(VisibilitySerializer))


class RulebookSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    sha256 = serializers.CharField()
    reason = serializers.CharField()
    created_at = serializers.DateTimeField()
    document = RulebookDocumentSerializer()


class RulebookChangeSerializer(serializers.Serializer):
    document = RulebookDocumentSerializer()
    reason = TextField(max_length=2000, allow_blank=True, default="")
    version = serializers.IntegerField(min_value=1, max_value=10**9, required=False)


class TemplateSerializer(serializers.Serializer):
    name = serializers.CharField()
    document = RulebookDocumentSerializer()
