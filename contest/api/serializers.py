from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from contest.api.rulebook_serializers import RulebookDocumentSerializer
from contest.course import timetable_warnings
from contest.labels import phase_label
from contest.models import Act, Contest, Coordinator, Juror, Organiser, Series
from contest.phases import ActKind, Phase
from contest.rulebook import read, template_names
from core import clock
from core.api.fields import (
    ChoiceField,
    DateTimeField,
    EmailField,
    LocalizedTextField,
    SlugRelatedField,
    TextField,
    URLField,
)
from organisations.countries import COUNTRY_CODES
from organisations.models import Organisation


class OrganiserSerializer(serializers.ModelSerializer):
    slug = serializers.SlugField(max_length=60)
    name = LocalizedTextField()
    country = ChoiceField(COUNTRY_CODES, default="LT")
    phone = TextField(max_length=40, allow_blank=True, default="")
    email = EmailField(max_length=254, allow_blank=True, default="")
    website = URLField(max_length=300, allow_blank=True, default="")

    class Meta:
        model = Organiser
        fields = ["slug", "name", "country", "phone", "email", "website"]


class PersonInvitationSerializer(serializers.Serializer):
    email = EmailField(max_length=254)
    name = TextField(max_length=200, allow_blank=True, default="")


class SeriesSerializer(serializers.ModelSerializer):
    organiser = SlugRelatedField(slug_field="slug", queryset=Organiser.objects.all())
    slug = serializers.SlugField(max_length=60)
    title = LocalizedTextField()

    class Meta:
        model = Series
        fields = ["slug", "organiser", "title"]


class PhaseSerializer(serializers.Serializer):
    code = ChoiceField([phase.value for phase in Phase])
    label = serializers.CharField()
    since = serializers.DateTimeField(allow_null=True)
    until = serializers.DateTimeField(allow_null=True)


class ContestSerializer(serializers.ModelSerializer):
    """What everybody may see of an announced contest."""

    organiser = OrganiserSerializer(source="series.organiser", read_only=True)
    series = SlugRelatedField(slug_field="slug", read_only=True)
    title = LocalizedTextField(read_only=True)
    sample_note = LocalizedTextField(read_only=True)
    languages = serializers.ListField(child=serializers.CharField(), read_only=True)
    deadline = serializers.DateTimeField(read_only=True, allow_null=True)
    phase = serializers.SerializerMethodField()

    class Meta:
        model = Contest
        fields = [
            "slug",
            "organiser",
            "series",
            "title",
            "edition",
            "languages",
            "fallback_language",
            "time_zone",
            "currency",
            "opens_at",
            "closes_at",
            "deadline",
            "phase",
            "reference_prefix",
            "sample_note",
            "masks_organisations",
            "version",
        ]
        read_only_fields = fields

    def get_phase(self, contest) -> PhaseSerializer:
        state = contest.state_at(clock.now())
        return PhaseSerializer(
            {
                "code": state.phase,
                "label": phase_label(state.phase),
                "since": state.since,
                "until": state.until,
            }
        ).data


class ContestDetailSerializer(ContestSerializer):
    warnings = serializers.SerializerMethodField(
        help_text=_("Where the dates differ from the rules; nothing is blocked.")
    )

    class Meta(ContestSerializer.Meta):
        fields = [*ContestSerializer.Meta.fields, "warnings"]
        read_only_fields = fields

    def get_warnings(self, contest) -> list[str]:
        return timetable_warnings(contest, read(contest.rules_in_force.document))


class ContestWriteSerializer(serializers.Serializer):
    title = LocalizedTextField()
    edition = TextField(max_length=30)
    languages = serializers.ListField(
        child=ChoiceField(settings.LANGUAGES),
        min_length=1,
        max_length=len(settings.LANGUAGES),
        default=lambda: ["lt", "en"],
    )
    fallback_language = ChoiceField(settings.LANGUAGES, default="lt")
    time_zone = TextField(max_length=64, default="Europe/Vilnius")
    currency = serializers.RegexField(r"^[A-Z]{3}\Z", default="EUR")
    opens_at = DateTimeField(allow_null=True, default=None)
    closes_at = DateTimeField(allow_null=True, default=None)
    sample_note = LocalizedTextField(
        max_length=500,
        default=dict,
        help_text=_("Said on every result, where the contest is a sample."),
    )
    masks_organisations = serializers.BooleanField(
        default=False, help_text=_("Whether rankings show masked organisation names.")
    )


class ContestCreateSerializer(ContestWriteSerializer):
    slug = serializers.SlugField(max_length=60)
    series = SlugRelatedField(
        slug_field="slug", queryset=Series.objects.select_related("organiser")
    )
    reference_prefix = serializers.RegexField(
        r"^[A-Z0-9-]{1,12}\Z", required=False, help_text=_("Begins each reference.")
    )
    rulebook_template = ChoiceField(template_names(), required=False)
    rulebook = RulebookDocumentSerializer(required=False)

    default_error_messages = {
        "one_rulebook": _(
            "Give either a rulebook or the name of a template in rulebook_template."
        )
    }

    def validate(self, values):
        if ("rulebook" in values) == ("rulebook_template" in values):
            self.fail("one_rulebook")
        return values


class ContestChangeSerializer(ContestWriteSerializer):
    version = serializers.IntegerField(min_value=1, max_value=10**9, required=False)


class JurorSerializer(serializers.ModelSerializer):
    key = serializers.CharField(read_only=True)
    email = EmailField(source="person.email", read_only=True)
    name = serializers.CharField(source="person.name", read_only=True)

    class Meta:
        model = Juror
        fields = ["id", "key", "role", "email", "name", "invited_at", "removed_at"]
        read_only_fields = fields


class JurorInvitationSerializer(PersonInvitationSerializer):
    role = ChoiceField(Juror.Role.choices, default=Juror.Role.MEMBER)


class InvitedJurorSerializer(JurorSerializer):
    code = serializers.CharField(
        allow_null=True, help_text=_("Told once; give it to the person.")
    )

    class Meta(JurorSerializer.Meta):
        fields = [*JurorSerializer.Meta.fields, "code"]
        read_only_fields = fields


class CoordinatorSerializer(serializers.ModelSerializer):
    email = EmailField(source="person.email")
    name = serializers.CharField(source="person.name")

    class Meta:
        model = Coordinator
        fields = ["id", "email", "name", "created_at"]
        read_only_fields = fields


class FirstRepresentativeSerializer(PersonInvitationSerializer):
    organisation = serializers.PrimaryKeyRelatedField(
        queryset=Organisation.objects.all(), pk_field=serializers.UUIDField()
    )
    role = TextField(max_length=100, allow_blank=True, default="")


class ActSerializer(serializers.ModelSerializer):
    class Meta:
        model = Act
        fields = ["id", "kind", "at", "until", "reason"]
        read_only_fields = fields


_BY_OWN_ROUTE = {ActKind.MOVE_DEADLINE}


class ActRequestSerializer(serializers.Serializer):
    kind = ChoiceField([kind.value for kind in ActKind if kind not in _BY_OWN_ROUTE])
    reason = TextField(max_length=2000, multiline=True, allow_blank=True, default="")


class DeadlineSerializer(serializers.Serializer):
    until = DateTimeField()
    reason = TextField(max_length=2000, multiline=True)
