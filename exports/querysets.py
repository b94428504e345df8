from django.db import models
from django.db.models import Exists, OuterRef


class ExportQuerySet(models.QuerySet):
    def under_way(self):
        return self.filter(job__state__in=["queued", "running"])

    def with_newer(self):
        """Let each know whether the same kind of file was made later, of the same."""
        newer = self.model.objects.filter(
            contest=OuterRef("contest"),
            kind=OuterRef("kind"),
            only=OuterRef("only"),
            job__state="done",
            created_at__gt=OuterRef("created_at"),
        )
        return self.annotate(is_superseded=Exists(newer))
