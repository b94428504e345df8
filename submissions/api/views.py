"""Entries for those who write them."""

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.response import Response

from core.api.preconditions import expected_version
from core.api.serializers import NothingSerializer
from core.policy import allows
from submissions import consenting, preparing, services
from submissions.api import serializers
from submissions.api.filters import SubmissionFilter
from submissions.api.showing import RELATED, EntryViewSet
from submissions.content import CONTACT_FIELDS
from submissions.rules import with_ownership_of
from submissions.selectors import (
    contests_of,
    know_contests,
    suggestions_for,
    visible_submissions,
)


@extend_schema_view(list=extend_schema(summary="List the entries you may see"))
class SubmissionViewSet(mixins.ListModelMixin, EntryViewSet):
    serializer_class = serializers.SubmissionListSerializer
    filterset_class = SubmissionFilter
    paged_actions = ("list", "versions", "suggestions")
    ordering_fields = ["reference", "submitted_at", "created_at"]
    permission_map = {
        "list": "submissions.list",
        "create": "submissions.create_any",
        "retrieve": "submissions.view",
        "partial_update": "submissions.change",
        "submit": "submissions.submit",
        "withdraw": "submissions.withdraw",
        "restore": "submissions.restore",
        "versions": "submissions.view_versions",
        "ask_to_confirm": "submissions.ask_to_confirm",
        "confirm": "submissions.confirm",
        "share": "submissions.share",
        "consents": "submissions.change_consent",
        "suggestions": "submissions.view_suggestions",
    }

    def get_queryset(self):
        if self.action == "list":
            self._known = contests_of(self.request.user)
            listed = visible_submissions(self.request.user, among=self._known)
            related = listed.select_related(*RELATED)
            return with_ownership_of(related, self.request.user)
        return super().get_queryset()

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        if self.action == "list":
            know_contests(page, self._known)
        return page

    @extend_schema(
        summary="Begin an entry, or prepare one for an organisation to confirm",
        request=serializers.SubmissionCreateSerializer,
        responses={201: serializers.SubmissionSerializer},
    )
    def create(self, request):
        values = self.read(
            serializers.SubmissionCreateSerializer, context={"request": request}
        )

        def work():
            made = services.create_submission(by=request.user, **values)
            return self.shown(made, status=status.HTTP_201_CREATED)

        return self.idempotent(request, work)

    @extend_schema(
        summary="Show one entry",
        description="Its organisation sees the working copy, others what was sent.",
        responses=serializers.SubmissionSerializer,
    )
    def retrieve(self, request, pk):
        return self.shown_to(request, self.entry(pk))

    @extend_schema(
        summary="Save the working copy",
        request=serializers.SubmissionChangeSerializer,
        responses=serializers.SubmissionSerializer,
    )
    def partial_update(self, request, pk):
        submission = self.entry(pk)
        values = self.read(serializers.SubmissionChangeSerializer, partial=True)
        version = expected_version(request, values)
        if "answers" in values:  # as the fields around them: what is not named stays
            values["answers"] = {**submission.answers, **values["answers"]}
        changed = services.change_submission(
            submission=submission, expected_version=version, by=request.user, **values
        )
        return self.shown(changed)

    @extend_schema(
        summary="Send the entry and get a receipt",
        request=serializers.SubmitSerializer,
        responses=serializers.ReceiptSerializer,
    )
    def submit(self, request, pk):
        submission = self.entry(pk, by_database_clock=True)
        values = self.read(serializers.SubmitSerializer)
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
        submission = self.entry(pk)
        values = self.read(serializers.ReasonSerializer)
        done = services.withdraw(submission=submission, by=request.user, **values)
        return self.shown_to(request, done)

    @extend_schema(
        summary="Take the withdrawal back",
        request=serializers.ReasonSerializer,
        responses=serializers.SubmissionSerializer,
    )
    def restore(self, request, pk):
        submission = self.entry(pk, by_database_clock=True)
        values = self.read(serializers.ReasonSerializer)
        done = services.restore(submission=submission, by=request.user, **values)
        return self.shown_to(request, done)

    @extend_schema(
        summary="List what was sent, newest first",
        responses=serializers.VersionSerializer(many=True),
    )
    def versions(self, request, pk):
        submission = self.entry(pk)
        sent = submission.versions.select_related("content", "submission", "rulebook")
        page = self.paginate_queryset(sent)
        shown = serializers.VersionSerializer(page, many=True).data
        if not allows(request.user, "submissions.view_contacts", submission):
            for version in shown:
                version["document"] = _without_contacts(version["document"])
        return self.get_paginated_response(shown)

    @extend_schema(
        summary="Ask the organisation to read and confirm an entry prepared for it",
        request=None,
        responses=serializers.AskedSerializer,
    )
    def ask_to_confirm(self, request, pk):
        submission = self.entry(pk)
        self.read(NothingSerializer)
        asked = preparing.ask_to_confirm(submission=submission, by=request.user)
        return Response(serializers.AskedSerializer({"asked": asked}).data)

    @extend_schema(
        summary="Agree, as its organisation, to an entry that others prepared",
        request=serializers.ConfirmSerializer,
        responses=serializers.ConfirmationSerializer,
    )
    def confirm(self, request, pk):
        submission = self.entry(pk)
        values = self.read(serializers.ConfirmSerializer)
        version = expected_version(request, values)
        given = preparing.confirm(
            submission=submission, expected_version=version, by=request.user, **values
        )
        return Response(serializers.ConfirmationSerializer(given).data)

    @extend_schema(
        summary="Let the coordinators look at what is not sent yet",
        request=serializers.ShareSerializer,
        responses=serializers.SubmissionSerializer,
    )
    def share(self, request, pk):
        submission = self.entry(pk)
        values = self.read(serializers.ShareSerializer)
        done = preparing.share(submission=submission, by=request.user, **values)
        return self.shown_to(request, done)

    @extend_schema(
        summary="Give the consent to publish the entry, or take it back",
        request=serializers.ConsentChangeSerializer,
        responses=serializers.SubmissionSerializer,
    )
    def consents(self, request, pk):
        submission = self.entry(pk)
        values = self.read(serializers.ConsentChangeSerializer)
        done = consenting.change_publication_consent(
            submission=submission,
            given=values.pop("publication"),
            by=request.user,
            **values,
        )
        return self.shown_to(request, done)

    @extend_schema(
        summary="Offer what the register and the last entry of the series say",
        responses=serializers.SuggestionSerializer(many=True),
    )
    def suggestions(self, request, pk):  # noqa: ARG002 -- DRF's signature
        page = self.paginate_queryset(suggestions_for(self.entry(pk)))
        shown = serializers.SuggestionSerializer(page, many=True).data
        return self.get_paginated_response(shown)


def _without_contacts(document):
    return {k: v for k, v in document.items() if k not in CONTACT_FIELDS}
