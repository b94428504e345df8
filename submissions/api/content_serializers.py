"""The fields of an entry, as they come and go."""

from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.fields import EmailField, MoneyField, TextField, URLField
from core.api.serializers import ExactSerializer
from organisations.countries.pack import PLACE_LENGTH

_LONG = {"max_length": 10_000, "multiline": True, "allow_blank": True, "default": ""}
_LINE = {"allow_blank": True, "default": ""}
_MONEY = {"allow_null": True, "default": None}
_ONE_ANSWER = [{"type": kind} for kind in ("string", "number", "boolean")]
_MANY_ANSWERS = {"type": "array", "items": {"type": "string"}, "maxItems": 60}


@extend_schema_field({"oneOf": [*_ONE_ANSWER, _MANY_ANSWERS, {"type": "null"}]})
class AnswerField(serializers.Field):
    """One answer; what its question takes, the rulebook says."""

    default_error_messages = {
        "kind": gettext_lazy(
            "An answer is a text, a number, true or false, or a list of choices."
        ),
    }

    def __init__(self, **kwargs):
        super().__init__(allow_null=True, **kwargs)
        self.text = TextField(max_length=20_000, multiline=True, allow_blank=True)
        self.texts = serializers.ListField(
            child=TextField(max_length=40, allow_blank=True), max_length=60
        )

    def to_internal_value(self, data):
        """Clean texts; numbers and booleans pass."""
        if isinstance(data, (bool, int, float)):
            return data
        if isinstance(data, list):
            return self.texts.run_validation(data)
        if not isinstance(data, str):
            self.fail("kind")
        return self.text.run_validation(data)

    def to_representation(self, value):
        return value


class AnswersField(serializers.DictField):
    """Answers to the edition's own questions, by code.

    A change names only those that differ; an empty text or list takes one away.
    """

    def __init__(self, **kwargs):
        super().__init__(child=AnswerField(), default=dict, **kwargs)


class ContentSerializer(ExactSerializer):
    """The fields of an entry; whatever is not known stays empty."""

    title = TextField(max_length=300, **_LINE)
    summary = TextField(**_LONG)
    innovation = TextField(**_LONG)
    success = TextField(**_LONG)
    social_responsibility = TextField(**_LONG)
    measure = TextField(max_length=60, **_LINE)
    project_number = TextField(max_length=100, **_LINE)
    contract_number = TextField(max_length=100, **_LINE)
    total = MoneyField(**_MONEY)
    grant_awarded = MoneyField(**_MONEY)
    grant_paid = MoneyField(**_MONEY)
    share_eu = MoneyField(**_MONEY)
    share_state = MoneyField(**_MONEY)
    share_municipality = MoneyField(**_MONEY)
    share_partners = MoneyField(**_MONEY)
    share_own = MoneyField(**_MONEY)
    share_in_kind = MoneyField(**_MONEY)
    with_vat = serializers.BooleanField(allow_null=True, default=None)
    started_on = serializers.DateField(allow_null=True, default=None)
    finished_on = serializers.DateField(allow_null=True, default=None)
    place = TextField(max_length=200, **_LINE)
    eldership = TextField(max_length=200, **_LINE)
    municipality = TextField(max_length=PLACE_LENGTH, **_LINE)
    action_group = TextField(max_length=200, **_LINE)
    partners = TextField(max_length=2000, multiline=True, **_LINE)
    links = serializers.ListField(
        child=URLField(max_length=500), max_length=10, default=list
    )
    answers = AnswersField()
    nominations = serializers.ListField(
        child=TextField(max_length=40), max_length=60, default=list
    )
    contact_name = TextField(max_length=200, **_LINE)
    contact_email = EmailField(max_length=254, **_LINE)
    contact_phone = TextField(max_length=40, **_LINE)
