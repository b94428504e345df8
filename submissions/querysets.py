from django.db import models
from django.db.models import F, OuterRef, Q, Subquery


class SubmissionQuerySet(models.QuerySet):
    def in_competition(self):
        """Entries that are judged and ranked."""
        return self.filter(state="eligible")

    def sent(self):
        """Entries of which a version was sent, whatever became of them."""
        return self.filter(submitted_at__isnull=False)

    def publishable(self):
        """Entries whose description may be published: by the newest consent recorded.

        What stood in the version that was sent is history; it may be taken back.
        """
        return self.sent().filter(publication_allowed=True)


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


class AttachmentQuerySet(models.QuerySet):
    def in_working_copy(self):
        return self.filter(removed_at__isnull=True)

    def undeclared(self):
        """Photos of which nobody said whether people can be recognised in them."""
        return self.filter(kind="photo", people_shown__isnull=True, consent=False)

    def declarable(self):
        """Photos of whose people something may still be said, as ``is_declarable``."""
        open_ = Q(people_shown__isnull=True) | Q(
            people_shown=True, consent_withdrawn_at__isnull=True
        )
        return self.filter(open_, kind="photo", consent=False)

    def entered(self):
        """Files of the versions that are entered, whatever the working copies say."""
        return self.filter(sendings__version=F("submission__current_version"))

    def publishable(self):
        """Photos that may be shown to everybody once their entry may be.

        The newest consent recorded lets the entry be published; it was said that
        nobody is recognised, or whoever is had agreed when it was sent and has not
        withdrawn that since; or both were declared after it was sent.
        """
        # One filter: two would ask about two sendings.
        return self.filter(
            Q(people_shown=False) | Q(consent=True),
            Q(sendings__may_be_shown=True) | Q(declared_at__isnull=False),
            kind="photo",
            sendings__version=F("submission__current_version"),
            submission__publication_allowed=True,
        )


class JurorExtensionQuerySet(models.QuerySet):
    def running(self, now):
        """The extensions that stand: the last one of a juror, if its end is ahead."""
        last = self.model.objects.filter(juror=OuterRef("juror")).order_by("-at", "pk")
        return self.filter(pk=Subquery(last.values("pk")[:1]), until__gt=now)
