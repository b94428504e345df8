from django.db import models
from django.db.models import Q


class JobQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state__in=["queued", "running"])

    def without_worker(self, at):
        """Queued, or running under a worker that stopped breathing."""
        return self.filter(Q(state="queued") | Q(state="running", lease_until__lt=at))

    def exhausted(self, at, attempts):
        """Without a worker although started ``attempts`` times."""
        return self.without_worker(at).filter(attempts__gte=attempts)

    def outlived(self, at):
        """Done, and the time of the file is over."""
        return self.filter(state="done", expires_at__lte=at).exclude(file_name="")

    def held_by(self, pk, token):
        """The job, as long as this lease on it stands."""
        return self.filter(pk=pk, state="running", lease_token=token)
