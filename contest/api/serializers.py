from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from contest.api.rulebook_serializers import RulebookDocumentSerializer
from contest.labels import phase_label
from contest.models import Act, Contest, ContestLogo, Organiser, Series
from contest.phases import ActKind, Phase
from contest.rulebook import read, template_names
from contest.timetable import REMINDERS, timetable_warnings
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
from core.api.serializers import ExactMixin, ExactSerializer
from organisations.api.serializers import MergeRequestSerializer, OrganisationField
from organisations.countries import COUNTRY_CODES, HOME


class OrganiserSerializer(ExactMixin, serializers.ModelSerializer):
    slug = serializers.SlugField(max_length=60)
    name = LocalizedTextField()
    country = ChoiceField(COUNTRY_CODES, default=HOME)
    phone = TextField(max_length=40, allow_blank=True, default="")
    email = EmailField(max_length=254, allow_blank=True, default="")
    website = URLField(max_length=300, allow_blank=True, default="")
    logo = serializers.SerializerMethodField(
        help_text=_("Where the picture is; null where there is none.")
    )

    class Meta:
        model = Organiser
        fields = [
            "slug",
            "name",
            "country",
            "phone",
            "email",
            "website",
            "logo",
            "version",
        ]
        read_only_fields = ["version"]

    def get_logo(self, organiser) -> str | None:
        if organiser.logo_id is None:
            return None
        return reverse("organiser-logo", args=[organiser.slug])


class OrganiserChangeSerializer(ExactSerializer):
    shown_as = OrganiserSerializer

    name = LocalizedTextField()
    country = ChoiceField(COUNTRY_CODES)
    phone = TextField(max_length=40, allow_blank=True)
    email = EmailField(max_length=254, allow_blank=True)
    website = URLField(max_length=300, allow_blank=True)
    version = serializers.IntegerField(min_value=1, max_value=10**9, required=False)


class SeriesSerializer(ExactMixin, serializers.ModelSerializer):
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
    funder_line = LocalizedTextField(read_only=True)
    sample_note = LocalizedTextField(read_only=True)
    languages = serializers.ListField(child=serializers.CharField(), read_only=True)
    deadline = serializers.DateTimeField(read_only=True, allow_null=True)
    phase = serializers.SerializerMethodField()

    class Meta:
        model = Contest
        fields = [
            "id",
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
            "funder_line",
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


class LogoSerializer(serializers.ModelSerializer):
    file = serializers.SerializerMethodField(help_text=_("Where the picture is."))
    alt = LocalizedTextField(
        read_only=True, help_text=_("Said to those who do not see the picture.")
    )
    content_type = serializers.CharField(source="picture.content_type")
    width = serializers.IntegerField(source="picture.width")
    height = serializers.IntegerField(source="picture.height")
    sha256 = serializers.CharField(source="picture.sha256")

    class Meta:
        model = ContestLogo
        fields = [
            "id",
            "position",
            "alt",
            "file",
            "content_type",
            "width",
            "height",
            "sha256",
            "version",
        ]
        read_only_fields = fields

    def get_file(self, logo) -> str:
        return reverse("contest-logo-file", args=[logo.contest.slug, logo.pk])


class ContestDetailSerializer(ContestSerializer):
    description = LocalizedTextField(read_only=True)
    logos = serializers.SerializerMethodField()
    warnings = serializers.SerializerMethodField(
        help_text=_("Where the dates differ from the rules; nothing is blocked.")
    )

    class Meta(ContestSerializer.Meta):
        fields = [
            *ContestSerializer.Meta.fields,
            *REMINDERS,
            "description",
            "logos",
            "warnings",
        ]
        read_only_fields = fields

    def get_logos(self, contest) -> LogoSerializer(many=True):
        return LogoSerializer(contest.logos.shown(), many=True).data

    def get_warnings(self, contest) -> list[str]:
        rules = read(contest.rules_in_force.document)
        return [w.message for w in timetable_warnings(contest, rules, clock.now())]


class ContestWriteSerializer(ExactSerializer):
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
    judging_opens_at = DateTimeField(
        allow_null=True, default=None, help_text=_("Reminds; an act opens judging.")
    )
    judging_closes_at = DateTimeField(
        allow_null=True, default=None, help_text=_("Reminds; an act closes judging.")
    )
    results_at = DateTimeField(
        allow_null=True, default=None, help_text=_("Reminds; an act publishes.")
    )
    description = LocalizedTextField(max_length=20000, multiline=True, default=dict)
    funder_line = LocalizedTextField(
        max_length=500,
        default=dict,
        help_text=_("Who pays, in the words that the funder wants."),
    )
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
        slug_field="slug", queryset=Series.objects.real().select_related("organiser")
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
    shown_as = ContestDetailSerializer

    version = serializers.IntegerField(min_value=1, max_value=10**9, required=False)


class ContestMergeSerializer(MergeRequestSerializer):
    survivor = OrganisationField(help_text=_("The one that stays."))


class ActSerializer(serializers.ModelSerializer):
    class Meta:
        model = Act
        fields = ["id", "kind", "at", "until", "reason"]
        read_only_fields = fields


_BY_OWN_ROUTE = {ActKind.MOVE_DEADLINE}


class ActRequestSerializer(ExactSerializer):
    kind = ChoiceField([kind.value for kind in ActKind if kind not in _BY_OWN_ROUTE])
    reason = TextField(max_length=2000, multiline=True, allow_blank=True, default="")
    confirmed = serializers.BooleanField(
        default=False,
        help_text=_("Do it although you were told what it leaves out."),
    )


class DeadlineSerializer(ExactSerializer):
    until = DateTimeField()
    reason = TextField(max_length=2000, multiline=True)


class TemplateSerializer(serializers.Serializer):
    name = serializers.CharField()
    document = RulebookDocumentSerializer()
