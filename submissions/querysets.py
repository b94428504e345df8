from django.db import models


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

    def judging(self):
        """What a juror still works on: an entry in competition, no conflict."""
        return self.without_conflict().filter(
            submission__state="eligible", juror__removed_at__isnull=True
        )
