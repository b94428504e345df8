from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from accounts.models import OneTimeCode
from core import clock
from core.policy import limit_of


class ContestQuerySet(models.QuerySet):
    def with_course(self):
        """With the rules in force and, in one more query, all that tells the phase."""
        related = self.select_related("series__organiser", "rulebook")
        return related.prefetch_related("acts")

    def visible_to(self, person):
        """The list form of ``contest.view``; a test keeps them equal.

        Announced ones for everybody, earlier ones and rehearsals for those who prepare
        them.
        """
        seen = Q(acts__kind="announce", is_rehearsal=False)
        if person.is_authenticated:
            limit = limit_of(person)
            within = Q() if limit is None else Q(pk=limit)
            seen |= within & _preparing(person)
        return self.filter(seen).distinct()


def _preparing(person):
    """Contests that a person sees before they are announced."""
    if person.is_administrator:
        return Q(is_rehearsal=False)
    # One test of one row, so in one Q: no joining of two auditors' rows.
    audits = Q(
        auditors__person=person,
        auditors__ended_at__isnull=True,
        auditors__until__gt=clock.now(),
    )
    organises = Q(series__organiser__members__person=person)
    return audits | organises | Q(coordinators__person=person)


class SeriesQuerySet(models.QuerySet):
    def real(self):
        """Without those that a rehearsal has for itself."""
        return self.exclude(contests__is_rehearsal=True)


class JurorQuerySet(models.QuerySet):
    def acting(self):
        """Whoever was invited to the panel and not removed from it."""
        return self.filter(removed_at__isnull=True, invited_at__isnull=False)

    def voting(self):
        """Whoever of them scores: a substitute once activated, no secretary."""
        return self.acting().filter(
            Q(role__in=self.model.VOTING) | Q(activated_at__isnull=False)
        )

    def with_seat(self):
        """With the role by which a person sits there now, as ``seat``.

        ``removed`` and ``planned`` sit no more and not yet; an activated substitute is
        a ``member``.
        """
        return self.annotate(
            seat=Case(
                When(removed_at__isnull=False, then=Value("removed")),
                When(invited_at__isnull=True, then=Value("planned")),
                When(activated_at__isnull=False, then=Value("member")),
                default=F("role"),
                output_field=models.CharField(),
            )
        )

    def with_invitation(self, now):
        """With the person, and whether an invitation's code of theirs still works."""
        usable = OneTimeCode.objects.usable(now).filter(
            person=OuterRef("person"), purpose=OneTimeCode.Purpose.INVITATION
        )
        return self.select_related("person").annotate(has_code=Exists(usable))


class AuditorQuerySet(models.QuerySet):
    def acting(self, now):
        return self.filter(ended_at__isnull=True, until__gt=now)


class ContestLogoQuerySet(models.QuerySet):
    def shown(self):
        """With what is told of the picture, its bytes excepted."""
        return self.select_related("contest", "picture").defer("picture__content")
