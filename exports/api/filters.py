import django_filters

from exports.models import Export
from jobs.models import Job


class ExportFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        field_name="job__state", choices=Job.State.choices
    )

    class Meta:
        model = Export
        fields = ["kind", "file_format", "language"]
