"""Entries for those who run the edition: more time, corrections, eligibility."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response

from contest.api.part_views import ContestPartViewSet
from contest.rulebook import read
from core.errors import NotYours
from submissions import awarding, eligibility, extending, preparing, returning
from submissions.api import coordination_serializers as serializers
from submissions.api.serializers import (
    ConfirmationSerializer,
    SubmissionSerializer,
)
from submissions.api.showing import EntryViewSet
from submissions.file_selectors import know_files
from submissions.models import Award, Extension
from submissions.rules import Handling
from submissions.selectors import checklist, unsent_drafts


class EligibilityViewSet(EntryViewSet):
    """The checklist of one entry, its decision, and what is asked to be corrected."""

    permission_map = {
        "eligibility": "submissions.decide_eligibility",
        "checklist": "submissions.view_checklist",
        "check": "submissions.check_requirements",
        "give_back": "submissions.return",
    }

    @extend_schema(
        summary="Record whether the entry meets the rules",
        request=serializers.EligibilitySerializer,
        responses=SubmissionSerializer,
    )
    def eligibility(self, request, pk):
        submission = self.entry(pk)
        values = self.read(serializers.EligibilitySerializer)
        done = eligibility.decide_eligibility(
            submission=submission, by=request.user, **values
        )
        return self.shown_to(request, done)

    @extend_schema(
        summary="Show the checklist: what is met, who checked, when and why",
        responses=serializers.ChecklistSerializer,
    )
    def checklist(self, request, pk):  # noqa: ARG002 -- DRF's signature
        return self._checklist(self.entry(pk))

    @extend_schema(
        summary="Save a part of the checklist",
        request=serializers.ChecklistChangeSerializer,
        responses=serializers.ChecklistSerializer,
    )
    def check(self, request, pk):
        submission = self.entry(pk)
        values = self.read(serializers.ChecklistChangeSerializer)
        findings = [eligibility.Finding(**row) for row in values["checks"]]
        done = eligibility.check_requirements(
            submission=submission, findings=findings, by=request.user
        )
        return self._checklist(done)

    @extend_schema(
        summary="Give the entry back to be corrected, with its own deadline",
        request=serializers.ReturnSerializer,
        responses=SubmissionSerializer,
    )
    def give_back(self, request, pk):
        submission = self.entry(pk)
        values = self.read(serializers.ReturnSerializer)
        done = returning.return_for_correction(
            submission=submission, by=request.user, **values
        )
        return self.shown_to(request, done)

    @staticmethod
    def _checklist(submission):
        shown = {
            "state": submission.standing_state,
            "checks": checklist(submission),
            "decisions": submission.decisions.all(),
            "correction_requests": submission.correction_requests.all(),
        }
        return Response(serializers.ChecklistSerializer(shown).data)


class HandlingViewSet(EntryViewSet):
    """What is done for an entry without reading it."""

    permission_map = {
        "extend": "submissions.extend",
        "confirm_on_paper": "submissions.confirm_on_paper",
    }

    def judged(self, submission):
        return Handling(submission)

    @extend_schema(
        summary="Give one entry more time, with a reason",
        request=serializers.EntryExtensionSerializer,
        responses={201: serializers.ExtensionSerializer},
    )
    def extend(self, request, pk):
        submission = self.entry(pk)
        values = self.read(serializers.EntryExtensionSerializer)

        def work():
            made = extending.extend_entry(
                submission=submission, by=request.user, **values
            )
            shown = serializers.ExtensionSerializer(made).data
            return Response(shown, status=status.HTTP_201_CREATED)

        return self.idempotent(request, work)

    @extend_schema(
        summary="Record that the organisation agreed on paper",
        request=serializers.PaperConfirmationSerializer,
        responses={201: ConfirmationSerializer},
    )
    def confirm_on_paper(self, request, pk):
        submission = self.entry(pk)
        values = self.read(serializers.PaperConfirmationSerializer)

        def work():
            given = preparing.confirm_on_paper(
                submission=submission, by=request.user, **values
            )
            shown = ConfirmationSerializer(given).data
            return Response(shown, status=status.HTTP_201_CREATED)

        return self.idempotent(request, work)


class ExtensionViewSet(ContestPartViewSet):
    """Who was given more time, and why."""

    queryset = Extension.objects.none()
    serializer_class = serializers.ExtensionSerializer
    permission_map = {
        "list": "submissions.view_extensions",
        "create": "submissions.extend",
    }
    filter_backends = []

    @extend_schema(summary="List who was given more time, and why")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        given = self.contest.extensions.select_related("organisation", "submission")
        page = self.paginate_queryset(given)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Give an organisation that has sent nothing yet more time",
        request=serializers.OrganisationExtensionSerializer,
        responses={201: serializers.ExtensionSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.OrganisationExtensionSerializer)

        def work():
            made = extending.extend_organisation(
                contest=self.contest, by=request.user, **values
            )
            return self.get_serializer(made).data

        return self.created(work)


class DraftViewSet(ContestPartViewSet):
    """Whom to call before the deadline."""

    serializer_class = serializers.DraftSerializer
    permission_map = {"list": "submissions.list_drafts"}
    filter_backends = []

    @extend_schema(summary="List who writes an entry and how far it is")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        page = self.paginate_queryset(unsent_drafts(self.contest))
        rules = read(self.contest.rules_in_force.document)
        for draft in page:
            draft.contest = self.contest
        know_files(page)
        form = self.get_serializer(
            page, many=True, context={**self.get_serializer_context(), "rules": rules}
        )
        return self.get_paginated_response(form.data)


class AwardViewSet(ContestPartViewSet):
    """Who won in the earlier editions of the series."""

    queryset = Award.objects.none()
    serializer_class = serializers.AwardSerializer
    permission_map = {
        "list": "submissions.view_awards",
        "create": "submissions.add_award",
        "destroy": "submissions.add_award",
    }
    filter_backends = []

    @extend_schema(summary="List the winners of the series")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        awards = self._awards().select_related("organisation", "contest")
        page = self.paginate_queryset(awards)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Record a winner of an earlier edition",
        request=serializers.AwardCreateSerializer,
        responses={201: serializers.AwardSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.AwardCreateSerializer)

        def work():
            made = awarding.add_award(contest=self.contest, by=request.user, **values)
            return self.get_serializer(made).data

        return self.created(work)

    @extend_schema(
        summary="Take back an award that was recorded by mistake",
        responses={204: None},
    )
    def destroy(self, request, slug, pk):  # noqa: ARG002 -- DRF's signature
        award = self._awards().filter(pk=pk).first()
        if award is None:
            raise NotYours(_("The series has no such award."))
        awarding.remove_award(contest=self.contest, award=award, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _awards(self):
        return Award.objects.filter(series=self.contest.series_id)
