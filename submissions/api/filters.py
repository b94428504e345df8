import django_filters

from submissions.models import Assignment, Submission


class SubmissionFilter(django_filters.FilterSet):
    contest = django_filters.CharFilter(field_name="contest__slug")
    reference = django_filters.CharFilter(field_name="reference")

    class Meta:
        model = Submission
        fields = ["state", "organisation"]


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
