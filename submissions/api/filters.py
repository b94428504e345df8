import django_filters
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from contest.models import Act
from contest.phases import ActKind
from core import clock
from submissions.models import Assignment, Submission
from submissions.status import IN_EVALUATION

_TOLD = (ActKind.PUBLISH, ActKind.ARCHIVE)
_COURSE = (
    *(ActKind.OPEN_JUDGING, ActKind.CLOSE_JUDGING, ActKind.REOPEN_JUDGING),
    *(ActKind.UNPUBLISH, *_TOLD),
)


class SubmissionFilter(django_filters.FilterSet):
    contest = django_filters.CharFilter(field_name="contest__slug")
    reference = django_filters.CharFilter(field_name="reference")

    state = django_filters.ChoiceFilter(
        choices=Submission.TOLD_STATES, method="filter_state"
    )

    class Meta:
        model = Submission
        fields = ["organisation", "entered_by"]

    def filter_state(self, submissions, _name, state):
        """Find by the state as the asker is told it: see ``submissions.status``."""
        known = submissions.annotate(course=_last_act())
        judged, is_told = ~Q(course=""), Q(course__in=_TOLD)
        waits = Q(state="returned", returned_until__gt=clock.now()) & ~judged
        sent = Q(state="submitted") | (Q(state="returned") & ~waits)
        reads_alike = Q(owns=True) & ~is_told
        alike = reads_alike & (sent | Q(state="eligible"))
        found = {
            "submitted": (sent & ~reads_alike) | (alike & ~judged),
            IN_EVALUATION: alike & judged,
            "eligible": Q(state="eligible") & ~reads_alike,
            "returned": waits,
        }
        return known.filter(found.get(state, Q(state=state)))


def _last_act():
    """The act that says whether judging has been opened, and the result published."""
    acts = Act.objects.filter(contest=OuterRef("contest"), kind__in=_COURSE)
    last = Subquery(acts.order_by("-at").values("kind")[:1])
    return Coalesce(last, Value(""))


class AssignmentFilter(django_filters.FilterSet):
    contest = django_filters.CharFilter(field_name="submission__contest__slug")
    reference = django_filters.CharFilter(field_name="submission__reference")

    class Meta:
        model = Assignment
        fields = ["submission", "juror"]


class ConflictFilter(AssignmentFilter):
    confirmed = django_filters.BooleanFilter(
        field_name="conflict_confirmed_at", lookup_expr="isnull", exclude=True
    )
