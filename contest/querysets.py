from django.db import models
from django.db.models import Q


class ContestQuerySet(models.QuerySet):
    def with_course(self):
        """With the rules in force and, in one more query, all that tells the phase."""
        related = self.select_related("series__organiser", "rulebook")
        return related.prefetch_related("acts")

    def visible_to(self, person):
        """The list form of ``contest.view``; a test keeps them equal.

        Announced ones for everybody, earlier ones for those who prepare them.
        """
        seen = Q(acts__kind="announce")
        if person.is_authenticated:
            seen |= Q(coordinators__person=person)
            seen |= Q(series__organiser__members__person=person)
            if person.is_administrator:
                seen |= Q(pk__isnull=False)
        return self.filter(seen).distinct()


class JurorQuerySet(models.QuerySet):
    def acting(self):
        return self.filter(removed_at__isnull=True)

    def voting(self):
        """Those whose scores count: the secretary keeps the papers."""
        return self.acting().filter(role__in=["chair", "deputy", "member"])
