import django_filters

from contest.models import Contest


class ContestFilter(django_filters.FilterSet):
    organiser = django_filters.CharFilter(field_name="series__organiser__slug")
    series = django_filters.CharFilter(field_name="series__slug")

    class Meta:
        model = Contest
        fields = ["edition"]
