import django_filters
from django.db.models import Exists, OuterRef, Q

from contest.models import Act
from contest.phases import ActKind
from core import clock
from submissions.models import Assignment, Submission
from submissions.status import IN_EVALUATION


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
        judged = Act.objects.filter(
            contest=OuterRef("contest"), kind=ActKind.OPEN_JUDGING
        )
        waits = Q(returned_until__gt=clock.now()) & ~Exists(judged)
        returned = Q(state="returned") & waits
        if state == "submitted":
            return submissions.filter(Q(state=state) | (Q(state="returned") & ~waits))
        if state == "returned":
            return submissions.filter(returned)
        if state == "eligible":
            return submissions.filter(state=state, owns=False)
        if state == IN_EVALUATION:
            return submissions.filter(state="eligible", owns=True)
        return submissions.filter(state=state)


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
