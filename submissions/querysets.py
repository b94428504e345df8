from django.db import models
from django.db.models import OuterRef, Subquery


class SubmissionQuerySet(models.QuerySet):
    def in_competition(self):
        """Entries that are judged and ranked."""
        return self.filter(state="eligible")

    def sent(self):
        """Entries of which a version was sent, whatever became of them."""
        return self.filter(submitted_at__isnull=False)


class AssignmentQuerySet(models.QuerySet):
    def without_conflict(self):
        return self.filter(conflict_at__isnull=True)

    def in_conflict(self):
        return self.filter(conflict_at__isnull=False)

    def assigned(self):
        """Without the pairs that only state a conflict."""
        return self.filter(is_assigned=True)

    def judging(self):
        """What a juror still works on: an entry in competition, no conflict."""
        return self.without_conflict().filter(
            submission__state="eligible", juror__removed_at__isnull=True
        )


class JurorExtensionQuerySet(models.QuerySet):
    def running(self, now):
        """The extensions that stand: the last one of a juror, if its end is ahead."""
        last = self.model.objects.filter(juror=OuterRef("juror")).order_by("-at", "pk")
        return self.filter(pk=Subquery(last.values("pk")[:1]), until__gt=now)
