from django.db import models

from core.collation import search_key

_MOST_WORDS = 12


class OrganisationQuerySet(models.QuerySet):
    def found_by(self, words):
        """Organisations whose name holds all the words, whatever case and accents.

        The first dozen words decide; each is a condition of its own.
        """
        found = self
        for word in search_key(words).split()[:_MOST_WORDS]:
            found = found.filter(name_search__contains=word)
        return found

    def represented_by(self, person):
        return self.filter(
            representatives__person=person, representatives__ended_at__isnull=True
        ).distinct()


class RepresentativeQuerySet(models.QuerySet):
    def acting(self):
        return self.filter(ended_at__isnull=True)
