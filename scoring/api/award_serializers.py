from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.fields import ChoiceField, TextField
from core.api.serializers import ExactSerializer
from scoring.special_awards import Lapse


class GiveSpecialAwardSerializer(ExactSerializer):
    award = TextField(
        max_length=40, help_text=_("The code of a special award of the rules.")
    )
    reference = TextField(max_length=60, help_text=_("Of the entry that is given it."))
    citation = TextField(
        max_length=2000,
        multiline=True,
        allow_blank=True,
        default="",
        help_text=_("What it is for, in the jury's words; published with the result."),
    )


class SpecialAwardGivenSerializer(serializers.Serializer):
    """An award that was given, as the rules in force name it."""

    id = serializers.UUIDField(source="pk")
    award = serializers.CharField()
    title = serializers.CharField()
    reference = serializers.CharField(source="naming.reference")
    entry = serializers.CharField(source="naming.title")
    organisation = serializers.CharField(source="naming.organisation")
    citation = serializers.CharField()
    lapse = ChoiceField(
        [*Lapse],
        allow_null=True,
        help_text=_("Why it would not be published; null where it would."),
    )
