from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.api.fields import ChoiceField, TextField
from core.api.serializers import ExactSerializer
from scoring.exclusions import KIND_LABELS
from scoring.models import ChairDecision, Sheet
from scoring.ranking import OVERALL

_FOR_COMMISSION = _("On the whole; for those who may see sheets, not for the entrant.")
_FOR_ENTRANT = _(
    "On the whole; the entrant reads it once the results are published, unsigned."
)


_AS_READ = _("Only as it was read: it is changed at comments/.")


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
    comment_commission = serializers.CharField(help_text=_FOR_COMMISSION)
    comment_entrant = serializers.CharField(help_text=_FOR_ENTRANT)
    comments_version = serializers.IntegerField()
    reopened_reason = serializers.CharField(
        help_text=_("Why it was given back to its juror, until it is sent again.")
    )
    scores = ScoreSerializer(many=True)


class MarkSerializer(ExactSerializer):
    """One criterion: ``value`` null means not scored."""

    shown_as = ScoreSerializer

    value = serializers.DecimalField(
        max_digits=12,
        decimal_places=4,
        allow_null=True,
        help_text=_("On the criterion's scale; null for not scored."),
    )
    comment = TextField(
        max_length=5000,
        multiline=True,
        allow_blank=True,
        required=False,
        help_text=_("For those who may see sheets, not for the entrant."),
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


class SheetWriteSerializer(ExactSerializer):
    """The criteria of a sheet; its ``context`` holds the ``sheet`` as it is stored."""

    shown_as = SheetSerializer

    scores = SheetMarkSerializer(many=True, min_length=1, max_length=60)
    comment_commission = serializers.CharField(
        allow_blank=True, required=False, help_text=_AS_READ
    )
    comment_entrant = serializers.CharField(
        allow_blank=True, required=False, help_text=_AS_READ
    )

    default_error_messages = {
        "elsewhere": _(
            "The comments on the whole are saved at comments/, not here. Nothing was"
            " saved; leave this member out or send it as you read it."
        )
    }

    def validate(self, attrs):
        """Let nobody believe that a comment was saved with the scores."""
        for name in ("comment_commission", "comment_entrant"):
            stored = getattr(self.context["sheet"], name, "")
            if attrs.pop(name, stored) != stored:
                raise serializers.ValidationError(
                    {name: [self.error_messages["elsewhere"]]}, code="elsewhere"
                )
        return attrs


class CommentsSerializer(ExactSerializer):
    comment_commission = TextField(
        max_length=10_000,
        multiline=True,
        allow_blank=True,
        required=False,
        help_text=_FOR_COMMISSION,
    )
    comment_entrant = TextField(
        max_length=10_000,
        multiline=True,
        allow_blank=True,
        required=False,
        help_text=_FOR_ENTRANT,
    )
    version = serializers.IntegerField(
        min_value=0,
        max_value=10**9,
        required=False,
        help_text=_("The comments_version you saw; 0 where there were none yet."),
    )


class FeedbackSerializer(serializers.Serializer):
    reference = serializers.CharField()
    comments = serializers.ListField(
        child=serializers.CharField(),
        help_text=_("Of the sheets that count, unsigned, in no juror's order."),
    )


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
    short_listed = serializers.BooleanField(
        allow_null=True, help_text=_("Goes on; null in a list without a short list.")
    )
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
    short_list = serializers.IntegerField(
        allow_null=True,
        help_text=_("How many places of this list go on, a shared last one included."),
    )
    count = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    results = RankingRowSerializer(many=True)


class ChairDecisionSerializer(serializers.ModelSerializer):
    """All entries of a tie in the chair's order, the best first."""

    class Meta:
        model = ChairDecision
        fields = ["nomination", "references", "reason", "at"]
        read_only_fields = fields


class TieSerializer(serializers.Serializer):
    place = serializers.IntegerField(help_text=_("The first that the entries share."))
    total = serializers.CharField()
    entries = serializers.ListField(child=serializers.CharField())
    decision = ChairDecisionSerializer(allow_null=True)


class TiesSerializer(serializers.Serializer):
    """What the chair decides in a list; empty where the rules leave nothing to it."""

    nomination = serializers.CharField()
    interim = serializers.BooleanField(help_text=_("Judging is not closed."))
    ties = TieSerializer(many=True)


class TieDecisionSerializer(ExactSerializer):
    nomination = TextField(max_length=40, default=OVERALL)
    references = serializers.ListField(
        child=TextField(max_length=40), min_length=2, max_length=1000
    )
    reason = TextField(max_length=2000, multiline=True)


class ExclusionStateSerializer(serializers.ModelSerializer):
    class Meta:
        model = Sheet
        fields = ["assignment", "state", "excluded_at", "excluded_reason"]
        read_only_fields = fields


class ExclusionSerializer(serializers.Serializer):
    """A pair whose scores do not count."""

    assignment = serializers.UUIDField()
    reference = serializers.CharField()
    juror_key = serializers.CharField(source="juror")
    kind = ChoiceField([(code, code) for code in KIND_LABELS])
    kind_label = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()
    scores = serializers.IntegerField(
        help_text=_("How many values of a sent sheet are left out.")
    )

    def get_kind_label(self, pair) -> str:
        return gettext(KIND_LABELS[pair.kind])

    def get_reason(self, pair) -> str:
        """In the reader's language where the house found it."""
        return gettext(pair.reason) if pair.reason else ""


class ExcludeSerializer(ExactSerializer):
    submission = serializers.UUIDField(allow_null=True, default=None)
    juror = serializers.UUIDField(allow_null=True, default=None)
    excluded = serializers.BooleanField(
        help_text=_("True leaves the scores out, false takes them in again.")
    )
    reason = TextField(max_length=2000, multiline=True)


class ExcludedSerializer(serializers.Serializer):
    changed = serializers.IntegerField()


class SheetCountsSerializer(serializers.Serializer):
    assigned = serializers.IntegerField()
    not_opened = serializers.IntegerField()
    begun = serializers.IntegerField()
    complete = serializers.IntegerField(help_text=_("Complete, but not sent."))
    sent = serializers.IntegerField()
    conflicts = serializers.IntegerField()


class JurorProgressSerializer(SheetCountsSerializer):
    """A juror's counts; ``declaration`` is when the declaration was signed."""

    juror = serializers.UUIDField()
    key = serializers.CharField()
    name = serializers.CharField()
    role = serializers.CharField()
    removed_at = serializers.DateTimeField(allow_null=True)
    declared_at = serializers.DateTimeField(allow_null=True)
    extended_until = serializers.DateTimeField(allow_null=True)


class UnsentSheetSerializer(serializers.Serializer):
    assignment = serializers.UUIDField()
    reference = serializers.CharField()
    juror_key = serializers.CharField()


class JudgingProgressSerializer(serializers.Serializer):
    total = SheetCountsSerializer()
    jurors = JurorProgressSerializer(many=True)
    unsent = UnsentSheetSerializer(
        many=True, help_text=_("Sheets that are complete but not sent.")
    )


class EntryProgressSerializer(serializers.Serializer):
    submission = serializers.UUIDField(source="pk")
    reference = serializers.CharField()
    assigned = serializers.IntegerField()
    sent = serializers.IntegerField()


class DoubtSerializer(serializers.Serializer):
    code = serializers.CharField()
    message = serializers.CharField()
    things = serializers.ListField(child=serializers.CharField())


class ClosingCheckSerializer(serializers.Serializer):
    """What closing judging now would leave out; ``doubts`` ask to be confirmed."""

    total = SheetCountsSerializer()
    unsent = UnsentSheetSerializer(
        many=True, help_text=_("Sheets that are complete but not sent.")
    )
    below_minimum = serializers.ListField(
        child=serializers.CharField(),
        help_text=_("Entries with fewer sent sheets than a place needs."),
    )
    unconfirmed_conflicts = serializers.IntegerField()
    doubts = DoubtSerializer(many=True)


class SentSheetSerializer(serializers.Serializer):
    assignment = serializers.UUIDField(source="pk")
    reference = serializers.CharField(source="submission.reference")


class UnfinishedSheetSerializer(serializers.Serializer):
    assignment = serializers.UUIDField(source="assignment.pk")
    reference = serializers.CharField(source="assignment.submission.reference")
    missing = serializers.ListField(child=serializers.CharField())


class HandedSerializer(serializers.Serializer):
    sent = SentSheetSerializer(many=True)
    unfinished = UnfinishedSheetSerializer(many=True)


class PanelMemberSerializer(serializers.Serializer):
    name = serializers.CharField()
    role = serializers.CharField()


class FrozenResultSerializer(serializers.Serializer):
    act = serializers.CharField(source="act.kind", read_only=True)
    at = serializers.DateTimeField(read_only=True)
    rulebook_version = serializers.IntegerField(
        source="rulebook.number", read_only=True
    )
    digest = serializers.CharField(
        read_only=True, help_text=_("SHA-256 of the canonical form.")
    )
    panel = PanelMemberSerializer(
        many=True,
        allow_null=True,
        read_only=True,
        help_text=_("Who scored, where the rules publish it; null where they do not."),
    )
    document = serializers.DictField(
        read_only=True, help_text=_("The canonical form: input and ranking.")
    )
