import django_filters

from audit.models import Event
from core.api.filters import IsoDateTimeFilter


class EventFilter(django_filters.FilterSet):
    """``since`` is inclusive, ``until`` exclusive; ``subject`` is an id or a label."""

    actor = django_filters.UUIDFilter(field_name="actor_id")
    subject = django_filters.CharFilter(method="about")
    since = IsoDateTimeFilter(field_name="at", lookup_expr="gte")
    until = IsoDateTimeFilter(field_name="at", lookup_expr="lt")

    class Meta:
        model = Event
        fields = ["action", "subject_type"]

    def about(self, events, _name, value):
        """Find events by the id of their subject, or by its label."""
        return events.filter(subject_id=value) | events.filter(subject_label=value)
