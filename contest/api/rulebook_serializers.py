"""The shape of a rulebook document; its sense is judged by ``contest.rulebook``."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from contest.answers import GROUPS, KINDS, MAX_LENGTH
from contest.file_limits import MOST_FILES
from contest.rulebook import (
    CHECKED_BY,
    DEFAULT_ENTERED_BY,
    ENTERED_BY,
    FORMAT,
    MEASURED,
    QUOTA_BY,
    REQUIRABLE,
)
from core.api.fields import ChoiceField, LocalizedTextField, TextField
from core.api.serializers import ExactSerializer

MAX_ROWS = 60
_SERVER_TAKES = _("Null: as many as the server takes.")
_MANY = 1000  # places, editions, entries: more than any contest has


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


class ScaleSerializer(ExactSerializer):
    minimum = NumberTextField()
    maximum = NumberTextField()
    step = NumberTextField(default="1")


class CriterionSerializer(ExactSerializer):
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
    nominations = serializers.ListField(
        child=CodeField(),
        max_length=MAX_ROWS,
        required=False,
        help_text=_(
            "The nominations that it belongs to: only their entries are judged by it."
            " Left out or empty: every entry is."
        ),
    )

    def to_internal_value(self, data):
        """Write the nominations only where there are any: older rules have none."""
        value = super().to_internal_value(data)
        if nominations := value.pop("nominations", None):
            value["nominations"] = list(dict.fromkeys(nominations))
        return value


class NominationSerializer(ExactSerializer):
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
    panel = CodeField(
        allow_blank=True,
        default="",
        help_text=_(
            "The group of jurors that judges this nomination, of those that seats are"
            " in; empty: everybody."
        ),
    )
    description = LocalizedTextField(max_length=2000, multiline=True, default=dict)
    sponsor = LocalizedTextField(default=dict)


class RequirementSerializer(ExactSerializer):
    code = CodeField()
    text = LocalizedTextField(max_length=1000, multiline=True)
    checked_by = ChoiceField(
        list(CHECKED_BY),
        default=CHECKED_BY[0],
        help_text=_(
            "Whom the rules name. It is only shown beside the requirement; a"
            " coordinator records the finding."
        ),
    )
    required = serializers.BooleanField(default=True)


class WholeNumber(serializers.IntegerField):
    """A number from 1 up; null where there is none, unless it is needed."""

    def __init__(self, *, needed=False, most=_MANY, **kwargs):
        if not needed:
            kwargs = {"allow_null": True, "default": None, **kwargs}
        super().__init__(min_value=1, max_value=most, **kwargs)


class SpecialAwardSerializer(ExactSerializer):
    """An award beside the places, which the jury gives by a decision."""

    code = CodeField()
    title = LocalizedTextField()
    description = LocalizedTextField(max_length=2000, multiline=True, default=dict)
    sponsor = LocalizedTextField(default=dict)
    nomination = CodeField(
        allow_null=True,
        default=None,
        help_text=_("Only its entries may have the award; null: any may."),
    )
    count = WholeNumber(help_text=_("How often at most; null: as often as you like."))


@extend_schema_field({"oneOf": [{"type": "string"}, {"type": "boolean"}]})
class ConditionAnswerField(serializers.Field):
    """An answer that a condition waits for: a choice's code, or yes and no."""

    text = TextField(max_length=40)

    def to_internal_value(self, data):
        return data if isinstance(data, bool) else self.text.run_validation(data)

    def to_representation(self, value):
        return value


class ConditionSerializer(ExactSerializer):
    question = CodeField()

    def get_fields(self):
        answers = serializers.ListField(
            child=ConditionAnswerField(), min_length=1, max_length=MAX_ROWS
        )
        return {**super().get_fields(), "is": answers}


class ChoiceSerializer(ExactSerializer):
    code = CodeField()
    title = LocalizedTextField()


class QuestionSerializer(ExactSerializer):
    code = CodeField()
    title = LocalizedTextField()
    help = LocalizedTextField(max_length=2000, multiline=True, default=dict)
    kind = ChoiceField(list(KINDS))
    group = ChoiceField(list(GROUPS), default="other")
    required = serializers.BooleanField(default=False)
    max_length = WholeNumber(needed=True, most=20_000, default=MAX_LENGTH)
    minimum = TextField(max_length=20, allow_null=True, default=None)
    maximum = TextField(max_length=20, allow_null=True, default=None)
    choices = ChoiceSerializer(many=True, max_length=MAX_ROWS, default=list)
    min_choices = WholeNumber(most=MAX_ROWS)
    max_choices = WholeNumber(most=MAX_ROWS)
    when = ConditionSerializer(
        allow_null=True,
        default=None,
        help_text=_("Ask only where an earlier question has one of these answers."),
    )


class EntryFormSerializer(ExactSerializer):
    required = serializers.ListField(
        child=ChoiceField(list(REQUIRABLE)), default=lambda: ["title", "summary"]
    )
    limits = KeyedField(
        child=WholeNumber(needed=True, most=10_000),
        keys=ChoiceField(list(MEASURED)),
        default=dict,
        help_text=_("Characters at most, by field."),
    )


class QuotaSerializer(ExactSerializer):
    by = ChoiceField(list(QUOTA_BY))
    count = WholeNumber(needed=True)


class BarSerializer(ExactSerializer):
    editions = WholeNumber(needed=True)
    places = WholeNumber(needed=True)
    by_place = KeyedField(
        child=WholeNumber(needed=True),
        keys=serializers.RegexField(r"^[1-9]\d{0,2}\Z"),
        default=dict,
        help_text=_("Places whose winners are barred for another number of editions."),
    )


class LimitsSerializer(ExactSerializer):
    entries_per_organisation = WholeNumber()
    entries_per_nomination = WholeNumber(
        help_text=_("Of one organisation in one nomination.")
    )
    nominations_per_entry = WholeNumber(most=MAX_ROWS)
    photos_per_entry = WholeNumber(
        most=MOST_FILES["photos_per_entry"], help_text=_SERVER_TAKES
    )
    documents_per_entry = WholeNumber(
        most=MOST_FILES["documents_per_entry"], help_text=_SERVER_TAKES
    )
    megabytes_per_entry = WholeNumber(
        most=MOST_FILES["megabytes_per_entry"], help_text=_SERVER_TAKES
    )
    quota = QuotaSerializer(allow_null=True, default=None)
    bar_winners = BarSerializer(allow_null=True, default=None)


class TimetableSerializer(ExactSerializer):
    announce_days = serializers.IntegerField(min_value=0, max_value=365, default=7)
    collection_days = serializers.IntegerField(min_value=0, max_value=365, default=30)
    collection_days_max = serializers.IntegerField(
        min_value=1, max_value=730, default=60
    )


class VisibilitySerializer(ExactSerializer):
    juror_names = ChoiceField(["coordinators", "published"], default="coordinators")
    deliberation = serializers.BooleanField(
        default=False,
        help_text=_("Jurors see each other's scores once judging is closed."),
    )


def _defaults(serializer):
    """Make the document of a group that the caller left out."""

    def fill():
        form = serializer(data={})
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    return fill


class RulebookDocumentSerializer(ExactSerializer):
    format = ChoiceField([FORMAT], default=FORMAT)
    title = LocalizedTextField(default=dict)
    criteria = CriterionSerializer(many=True, min_length=1, max_length=MAX_ROWS)
    nominations = NominationSerializer(many=True, max_length=MAX_ROWS, default=list)
    special_awards = SpecialAwardSerializer(
        many=True, max_length=MAX_ROWS, required=False
    )
    places = WholeNumber(
        help_text=_("Places awarded in the overall list; null awards none there.")
    )
    total = NumberTextField(default="100", min_value=Decimal("0.01"))
    mapping = ChoiceField(["maximum", "range"], default="maximum")
    min_scores = serializers.IntegerField(min_value=1, max_value=1000, default=1)
    minimum_score = NumberTextField(allow_null=True, default=None)
    tie_breaks = serializers.ListField(
        child=TextField(max_length=60), max_length=MAX_ROWS, default=list
    )
    lot_seed = TextField(max_length=100, allow_blank=True, default="")
    short_list = WholeNumber(most=100_000)
    jurors_per_entry = WholeNumber()
    who_enters = serializers.ListField(
        child=ChoiceField(list(ENTERED_BY)),
        min_length=1,
        max_length=len(ENTERED_BY),
        default=lambda: list(DEFAULT_ENTERED_BY),
    )
    may_be_ongoing = serializers.BooleanField(default=False)
    two_persons = serializers.BooleanField(
        default=False,
        help_text=_("Publishing and the like need a second coordinator."),
    )
    limits = LimitsSerializer(default=_defaults(LimitsSerializer))
    eligibility = RequirementSerializer(many=True, max_length=MAX_ROWS, default=list)
    entry_form = EntryFormSerializer(default=_defaults(EntryFormSerializer))
    questions = QuestionSerializer(many=True, max_length=MAX_ROWS, default=list)
    timetable = TimetableSerializer(default=_defaults(TimetableSerializer))
    visibility = VisibilitySerializer(default=_defaults(VisibilitySerializer))

    def to_internal_value(self, data):
        """Write special awards only where there are any: older rules have none."""
        value = super().to_internal_value(data)
        if not value.get("special_awards"):
            value.pop("special_awards", None)
        return value


class RulebookVersionSerializer(serializers.Serializer):
    """A version in the list of them."""

    number = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    reason = serializers.CharField()
    sha256 = serializers.CharField()


class RulebookSerializer(RulebookVersionSerializer):
    document = RulebookDocumentSerializer()


class DifferenceSerializer(serializers.Serializer):
    path = serializers.CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class RulebookHistorySerializer(RulebookSerializer):
    differences = DifferenceSerializer(
        many=True, help_text=_("Against the version before; empty for the first.")
    )


class RulebookChangeSerializer(ExactSerializer):
    shown_as = RulebookSerializer

    document = RulebookDocumentSerializer()
    reason = TextField(max_length=2000, allow_blank=True, default="")
    version = serializers.IntegerField(min_value=1, max_value=10**9, required=False)


class WeightsChangeSerializer(RulebookChangeSerializer):
    """The document in whole, of which only weights, places and the like may differ."""

    reason = TextField(max_length=2000, multiline=True)
