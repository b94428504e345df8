from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.response import Response

from core import clock
from core.api.preconditions import expected_version, tagged
from core.api.viewsets import MatrixViewSet
from core.policy import allows
from jobs.api.idempotency import IdempotentCreateMixin
from submissions import services
from submissions.api import serializers
from submissions.api.filters import SubmissionFilter
from submissions.content import CONTACT_FIELDS
from submissions.models import Submission
from submissions.rules import with_ownership_of
from submissions.selectors import visible_submissions

_RELATED = ("contest", "organisation", "current_version__content")


@extend_schema_view(list=extend_schema(summary="List the entries you may see"))
class SubmissionViewSet(IdempotentCreateMixin, mixins.ListModelMixin, MatrixViewSet):
    queryset = Submission.objects.none()
    serializer_class = serializers.SubmissionListSerializer
    filterset_class = SubmissionFilter
    ordering_fields = ["reference", "submitted_at", "created_at"]
    permission_map = {
        "list": "submissions.list",
        "create": "submissions.create_any",
        "retrieve": "submissions.view",
        "partial_update": "submissions.change",
        "submit": "submissions.submit",
        "withdraw": "submissions.withdraw",
        "versions": "submissions.view_versions",
        "eligibility": "submissions.decide_eligibility",
    }

    def get_queryset(self):
        if self.action == "list":
            listed = visible_submissions(self.request.user).select_related(*_RELATED)
            return with_ownership_of(listed, self.request.user)
        return Submission.objects.select_related(*_RELATED)

    @extend_schema(
        summary="Begin an entry",
        request=serializers.SubmissionCreateSerializer,
        responses={201: serializers.SubmissionSerializer},
    )
    def create(self, request):
        form = serializers.SubmissionCreateSerializer(
            data=request.data, context={"request": request}
        )
        form.is_valid(raise_exception=True)

        def work():
            made = services.create_submission(by=request.user, **form.validated_data)
            return self._shown(made, status=status.HTTP_201_CREATED)

        return self.idempotent(request, work)

    @extend_schema(
        summary="Show one entry",
        description="Its organisation sees the working copy, others what was sent.",
        responses=serializers.SubmissionSerializer,
    )
    def retrieve(self, request, pk):
        return self._shown_to(request, self.fetch(self.get_queryset(), pk=pk))

    @extend_schema(
        summary="Save the working copy",
        request=serializers.SubmissionChangeSerializer,
        responses=serializers.SubmissionSerializer,
    )
    def partial_update(self, request, pk):
        submission = self.fetch(self.get_queryset(), pk=pk)
        values = self._read(serializers.SubmissionChangeSerializer, partial=True)
        version = expected_version(request, values)
        changed = services.change_submission(
            submission=submission, expected_version=version, by=request.user, **values
        )
        return self._shown(changed)

    @extend_schema(
        summary="Send the entry and get a receipt",
        request=serializers.SubmitSerializer,
        responses=serializers.ReceiptSerializer,
    )
    def submit(self, request, pk):
        submission = self.fetch(self.get_queryset(), pk=pk, by_database_clock=True)
        values = self._read(serializers.SubmitSerializer)
        version = expected_version(request, values)
        receipt = services.submit(
            submission=submission, expected_version=version, by=request.user, **values
        )
        return Response(serializers.ReceiptSerializer(receipt).data)

    @extend_schema(
        summary="Withdraw the entry",
        request=serializers.ReasonSerializer,
        responses=serializers.SubmissionSerializer,
    )
    def withdraw(self, request, pk):
        submission = self.fetch(self.get_queryset(), pk=pk)
        values = self._read(serializers.ReasonSerializer)
        done = services.withdraw(submission=submission, by=request.user, **values)
        return self._shown_to(request, done)

    @extend_schema(
        summary="List what was sent, newest first",
        responses=serializers.VersionSerializer(many=True),
    )
    def versions(self, request, pk):
        submission = self.fetch(self.get_queryset(), pk=pk)
        sent = submission.versions.select_related("content", "submission")
        page = self.paginate_queryset(sent)
        shown = serializers.VersionSerializer(page, many=True).data
        if not allows(request.user, "submissions.view_contacts", submission):
            for version in shown:
                version["document"] = _without_contacts(version["document"])
        return self.get_paginated_response(shown)

    @extend_schema(
        summary="Record whether the entry meets the rules",
        request=serializers.EligibilitySerializer,
        responses=serializers.SubmissionSerializer,
    )
    def eligibility(self, request, pk):
        submission = self.fetch(self.get_queryset(), pk=pk)
        values = self._read(serializers.EligibilitySerializer)
        done = services.decide_eligibility(
            submission=submission, by=request.user, **values
        )
        return self._shown_to(request, done)

    def fetch(self, queryset, *, by_database_clock=False, **lookup):
        """Get an entry; a sending is judged by the clock that will decide it."""
        self._moment = clock.database_now() if by_database_clock else None
        return super().fetch(queryset, **lookup)

    def check_object_permissions(self, request, obj):
        obj.contest.moment = self._moment
        super().check_object_permissions(request, obj)

    def _read(self, serializer_class, **kwargs):
        form = serializer_class(data=self.request.data, **kwargs)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def _shown_to(self, request, submission):
        """The working copy for its organisation, what was sent for all others."""
        if allows(request.user, "submissions.view_working_copy", submission):
            return self._shown(submission)
        _as_sent(submission)
        if allows(request.user, "submissions.view_contacts", submission):
            return self._shown(submission)
        shown = serializers.EnteredSubmissionSerializer(submission).data
        return tagged(shown, submission.version)

    @staticmethod
    def _shown(submission, **kwargs):
        shown = serializers.SubmissionSerializer(submission).data
        return tagged(shown, submission.version, **kwargs)


def _without_contacts(document):
    return {k: v for k, v in document.items() if k not in CONTACT_FIELDS}


def _as_sent(submission):
    """Put what was sent in the place of the working copy; nothing is saved."""
    for field, value in submission.sent_document.items():
        setattr(submission, field, value)
