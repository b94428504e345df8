"""How judging goes on: progress, what closing would leave out, what does not count."""

from dataclasses import asdict

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from contest.api.part_views import ContestPartViewSet
from contest.models import Juror
from core.api.serializers import NothingSerializer
from scoring import excluding, exclusions, progress, sending
from scoring.api import serializers
from scoring.rules import Results, with_interest_of
from submissions.models import Assignment, Submission
from submissions.rules import OwnWork


class ResultsPartViewSet(ContestPartViewSet):
    """Something of the results: closed to coordinators with an own interest."""

    filter_backends = []

    @classmethod
    def contests(cls, person, *, at):
        return with_interest_of(super().contests(person, at=at), person)

    def judged(self, contest):
        return Results(contest)


class OwnPartViewSet(ContestPartViewSet):
    """Something of a juror's own work."""

    filter_backends = []

    def judged(self, contest):
        return OwnWork(contest)


class ProgressViewSet(ResultsPartViewSet):
    permission_map = {"retrieve": "scoring.view_progress"}

    @extend_schema(
        summary="How far judging is, juror by juror",
        responses=serializers.JudgingProgressSerializer,
    )
    def retrieve(self, request, slug):  # noqa: ARG002 -- DRF's signature
        return Response(_progress(self.contest))


class EntryProgressViewSet(ResultsPartViewSet):
    queryset = Submission.objects.none()
    serializer_class = serializers.EntryProgressSerializer
    permission_map = {"list": "scoring.view_progress"}

    @extend_schema(summary="How far judging is, entry by entry")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        page = self.paginate_queryset(progress.entries_progress(self.contest))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class OwnProgressViewSet(OwnPartViewSet):
    permission_map = {"retrieve": "scoring.view_own_progress"}

    @extend_schema(
        summary="How far you are yourself",
        responses=serializers.JudgingProgressSerializer,
    )
    def retrieve(self, request, slug):  # noqa: ARG002 -- DRF's signature
        mine = Juror.objects.acting().select_related("person")
        juror = mine.filter(contest=self.contest, person=request.user).get()
        return Response(_progress(self.contest, juror))


class ClosingCheckViewSet(ResultsPartViewSet):
    permission_map = {"retrieve": "scoring.view_progress"}

    @extend_schema(
        summary="What closing judging now would leave out",
        responses=serializers.ClosingCheckSerializer,
    )
    def retrieve(self, request, slug):  # noqa: ARG002 -- DRF's signature
        check = progress.closing_check(self.contest)
        shown = {
            "total": check.counts,
            "unsent": _unsent(check.unsent, self.contest.jurors.all()),
            "below_minimum": check.below_minimum,
            "unconfirmed_conflicts": check.unconfirmed_conflicts,
            "doubts": check.doubts,
        }
        return Response(serializers.ClosingCheckSerializer(shown).data)


class OwnSheetsViewSet(OwnPartViewSet):
    permission_map = {"create": "scoring.send_sheets"}

    @extend_schema(
        summary="Send all your complete sheets; told is what the others lack",
        request=None,
        responses=serializers.HandedSerializer,
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        self.read(NothingSerializer)
        handed = sending.send_sheets(contest=self.contest, by=request.user)
        return Response(serializers.HandedSerializer(handed).data)


class ExclusionViewSet(ResultsPartViewSet):
    queryset = Assignment.objects.none()
    serializer_class = serializers.ExclusionSerializer
    permission_map = {
        "list": "scoring.view_exclusions",
        "create": "scoring.exclude_scores",
    }

    @extend_schema(summary="List the pairs whose scores do not count, and why")
    def list(self, request, slug):  # noqa: ARG002 -- DRF's signature
        rows = self.paginate_queryset(exclusions.excluded_rows(self.contest))
        page = [exclusions.as_pair(row) for row in rows]
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Leave all scores of an entry or a juror out, or take them in again",
        request=serializers.ExcludeSerializer,
        responses={201: serializers.ExcludedSerializer},
    )
    def create(self, request, slug):  # noqa: ARG002 -- DRF's signature
        values = self.read(serializers.ExcludeSerializer)

        def work():
            changed = excluding.exclude_many(
                contest=self.contest,
                submission_id=values["submission"],
                juror_id=values["juror"],
                excluded=values["excluded"],
                reason=values["reason"],
                by=request.user,
            )
            return {"changed": changed}

        return self.created(work)


def _progress(contest, of=None):
    found = progress.progress_of(contest, of=of)
    jurors = [
        {
            **asdict(each.counts),
            "juror": each.juror.pk,
            "key": each.juror.key,
            "name": each.juror.person.name,
            "role": each.juror.role,
            "removed_at": each.juror.removed_at,
            "declared_at": each.declaration and each.declaration.signed_at,
            "extended_until": each.extension and each.extension.until,
        }
        for each in found.jurors
    ]
    shown = {
        "total": found.total,
        "jurors": jurors,
        "unsent": _unsent(
            progress.complete_sheets(contest, of=of),
            [each.juror for each in found.jurors],
        ),
    }
    return serializers.JudgingProgressSerializer(shown).data


def _unsent(sheets, jurors):
    keys = {juror.pk: juror.key for juror in jurors}
    return [
        {
            "assignment": sheet.assignment,
            "reference": sheet.reference,
            "juror_key": keys[sheet.juror_id],
        }
        for sheet in sheets
    ]
