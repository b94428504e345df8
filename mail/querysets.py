from django.db import models
from django.db.models import Case, IntegerField, Value, When


class MessageQuerySet(models.QuerySet):
    def due(self, at):
        """Waiting until now, or held by a sender that stopped breathing."""
        return self.filter(state__in=["waiting", "sending"], due_at__lte=at)

    def held_by(self, pk, token):
        """The message, as long as this lease on it stands."""
        return self.filter(pk=pk, state="sending", lease_token=token)

    def undelivered(self):
        return self.filter(state="undelivered")

    def in_state(self, state):
        """Those of a state; what is being sent waits still."""
        is_waiting = state == "waiting"
        return self.filter(state__in=["waiting", "sending"] if is_waiting else [state])

    def undelivered_first(self):
        is_undelivered = When(state="undelivered", then=Value(0))
        first = Case(is_undelivered, default=Value(1), output_field=IntegerField())
        return self.order_by(first, "-created_at", "pk")
