"""How one entry is found, judged and shown, whatever is done to it."""

from core import clock
from core.api.preconditions import tagged
from core.api.viewsets import MatrixViewSet
from core.policy import allows
from jobs.api.idempotency import IdempotentCreateMixin
from submissions.api import serializers
from submissions.content import CONTENT_FIELDS
from submissions.models import Submission

RELATED = (
    "contest__rulebook",
    "organisation",
    "prepared_by",
    "current_version__content",
    "current_version__rulebook",
)


class EntryViewSet(IdempotentCreateMixin, MatrixViewSet):
    """What is done to the entry of the address."""

    queryset = Submission.objects.none()

    def get_queryset(self):
        entries = Submission.objects.select_related(*RELATED)
        return entries.prefetch_related("contest__acts")

    def fetch(self, queryset, *, by_database_clock=False, **lookup):
        """Get an entry; a sending is judged by the clock that will decide it."""
        self._moment = clock.database_now() if by_database_clock else None
        return super().fetch(queryset, **lookup)

    def check_object_permissions(self, request, obj):
        obj.contest.moment = self._moment
        super().check_object_permissions(request, self.judged(obj))

    def judged(self, submission):
        """What of the entry the matrix is asked about: the entry itself."""
        return submission

    def entry(self, pk, **kwargs):
        """The entry of the address, once the matrix allows the request."""
        return self.fetch(self.get_queryset(), pk=pk, **kwargs)

    def shown_to(self, request, submission):
        """The working copy for its organisation, what was sent for all others."""
        if allows(request.user, "submissions.view_working_copy", submission):
            return self.shown(submission)
        as_sent(submission)
        if allows(request.user, "submissions.view_contacts", submission):
            return self.shown(submission)
        shown = serializers.EnteredSubmissionSerializer(
            submission, context=self.get_serializer_context()
        ).data
        return tagged(shown, submission.version)

    def shown(self, submission, **kwargs):
        """The entry with everything that goes with its working copy."""
        serializer = serializers.SubmissionSerializer(
            submission, context=self.get_serializer_context()
        )
        return tagged(serializer.data, submission.version, **kwargs)


def as_sent(submission):
    """Put what was sent in the place of the working copy; nothing is saved.

    Its version and time as well: that somebody goes on writing is not told either.
    """
    if (sent := submission.current_version) is not None:
        submission.version = sent.working_version
        submission.changed_at = sent.submitted_at
    fields = Submission._meta  # noqa: SLF001 -- Django's documented door to a model's fields
    for name in CONTENT_FIELDS:
        if name in submission.sent_document:
            said = fields.get_field(name).to_python(submission.sent_document[name])
            setattr(submission, name, said)
