from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from core.collation import search_key
from organisations.countries import country

_MOST_WORDS = 12


class OrganisationQuerySet(models.QuerySet):
    def standing(self):
        """Without the duplicates that were merged into another one."""
        return self.filter(merged_into__isnull=True)

    def standing_for(self, pk):
        """The organisation that stands for this id: itself, or what it was merged into.

        Pointers never form a chain, so one step leads there.
        """
        return self.standing().filter(Q(pk=pk) | Q(merged__pk=pk)).distinct()

    def found_by(self, words):
        """Organisations found by all the words, whatever case and accents.

        Words of the name, of former names, codes. The first dozen words decide; each
        is a condition of its own.
        """
        found = self
        for word in search_key(words).split()[:_MOST_WORDS]:
            found = found.filter(
                Q(name_search__contains=word) | Q(search_also__contains=word)
            )
        return found

    def coded(self, code):
        """Organisations of this code, now or formerly."""
        key = search_key(code)
        former = Q(search_also__contains=f" {key} ") if key else Q(pk__in=[])
        return self.filter(Q(code=code) | former)

    def like(self, organisation):
        """Others that may be the same: a name that says the same, no other place."""
        places = {"", organisation.municipality}
        alike = self.standing().filter(
            country=organisation.country, name_key=organisation.name_key
        )
        if organisation.municipality:
            alike = alike.filter(municipality__in=places)
        return alike.exclude(pk=organisation.pk)

    def doubtful(self):
        """Those that another may repeat, as ``like`` tells it of each.

        The keys that stand twice are gathered first: few rows are then compared.
        """
        standing = self.model.objects.standing()
        keys = standing.order_by().values("name_key").annotate(rows=Count("pk"))
        others = standing.exclude(pk=OuterRef("pk"))
        alike = others.filter(
            country=OuterRef("country"), name_key=OuterRef("name_key")
        )
        here = alike.filter(municipality__in=["", OuterRef("municipality")])
        repeated = self.filter(name_key__in=keys.filter(rows__gt=1).values("name_key"))
        return repeated.filter(Q(Exists(here)) | Q(Exists(alike), municipality=""))

    def of_territory(self, group):
        """Communities that name an action group, or lie there and name none."""
        pack = country(group.country)
        known = pack.find_action_group(group.name)
        place = Q(action_group=known.name if known else group.name)
        if known:
            place |= Q(action_group="", municipality__in=known.municipalities)
        return self.standing().filter(
            place, country=group.country, kind=self.model.Kind.COMMUNITY
        )

    def represented_by(self, person):
        return self.filter(
            representatives__person=person, representatives__ended_at__isnull=True
        ).distinct()


class OrganisationManager(models.Manager.from_queryset(OrganisationQuerySet)):
    """The register: whoever is real."""

    def get_queryset(self):
        """Leave out what was generated for a rehearsal."""
        return super().get_queryset().filter(rehearsed_in__isnull=True)


class RepresentativeQuerySet(models.QuerySet):
    def acting(self):
        return self.filter(ended_at__isnull=True)


class ClaimQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(state="pending")

    def of(self, person):
        return self.filter(person=person)

    def in_country(self, code):
        return self.filter(organisation__country=code)
