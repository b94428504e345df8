from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from contest import rulebook
from contest.api.part_views import ContestPartViewSet
from contest.models import Contest
from contest.scale import plain
from core.api.preconditions import expected_version, tagged
from core.api.queries import whole_number
from core.api.serializers import NothingSerializer
from core.api.viewsets import MatrixViewSet
from core.errors import Invalid, NotYours, SumaniError
from core.localized import localized
from scoring import excluding, services
from scoring.api import serializers
from scoring.models import Sheet
from scoring.naming import known_list, list_titles, namings
from scoring.placing import is_among_first
from scoring.ranking import OVERALL
from scoring.rules import Results, with_interest_of
from scoring.selectors import current_list, is_interim, rules_in
from submissions.api.serializers import ReasonSerializer
from submissions.entered import criteria_for
from submissions.models import Assignment
from submissions.rules import tell_standing, with_late_judging, with_standing_of

_MAX_PAGE = 250
_SHEET_RELATED = ("juror", "sheet", "submission__contest__rulebook")


class SheetViewSet(MatrixViewSet):
    """The score sheet of one assignment."""

    queryset = Assignment.objects.none()
    filter_backends = []
    pagination_class = None
    judges_object = True
    permission_map = {
        "retrieve": "scoring.view_sheet",
        "update": "scoring.save_score",
        "score": "scoring.save_score",
        "send": "scoring.send_sheet",
        "reopen": "scoring.reopen_sheet",
        "comments": "scoring.save_score",
        "exclude": "scoring.exclude_scores",
        "include": "scoring.exclude_scores",
    }

    @extend_schema(summary="Show a sheet", responses=serializers.SheetSerializer)
    def retrieve(self, request, pk):  # noqa: ARG002 -- DRF's signature
        assignment = self._assignment(pk)
        return Response(_shown(assignment, getattr(assignment, "sheet", None)))

    @extend_schema(
        summary="Save several criteria, all or none",
        request=serializers.SheetWriteSerializer,
        responses=serializers.SheetSerializer,
    )
    def update(self, request, pk):
        assignment = self._assignment(pk)
        stored = {"sheet": getattr(assignment, "sheet", None)}
        form = serializers.SheetWriteSerializer(data=request.data, context=stored)
        form.is_valid(raise_exception=True)
        marks = [
            services.Mark(
                criterion=row["criterion"],
                value=row["value"],
                comment=row.get("comment"),
                expected_version=row["version"],
            )
            for row in form.validated_data["scores"]
        ]
        _refuse_doubles(marks)
        first, *_others = services.save_marks(
            assignment_id=pk, marks=marks, by=request.user
        )
        return Response(_shown(assignment, first.score.sheet))

    @extend_schema(
        summary="Save one criterion",
        request=serializers.MarkSerializer,
        responses=serializers.ScoreSerializer,
    )
    def score(self, request, pk, criterion):
        # Judged once, by the service with the row locked: pages save at every touch.
        try:
            mark = self._mark(request, criterion)
        except (ValidationError, SumaniError):
            self._assignment(pk)  # strangers learn nothing of their body either
            raise
        try:
            (saved,) = services.save_marks(
                assignment_id=pk, marks=[mark], by=request.user
            )
        except Invalid as exc:
            if exc.errors[0].code == services.UNKNOWN_CRITERION:
                raise NotYours(exc.message) from exc
            raise
        return tagged(_score(saved.criterion, saved.score), saved.score.version)

    @extend_schema(
        summary="Send the sheet: from now on it counts",
        request=None,
        responses=serializers.SheetSerializer,
    )
    def send(self, request, pk):
        assignment = self._assignment(pk)
        self.read(NothingSerializer)
        sheet = services.send_sheet(assignment_id=pk, by=request.user)
        return Response(_shown(assignment, sheet))

    @extend_schema(
        summary="Give a sent sheet back to its juror",
        request=ReasonSerializer,
        responses=serializers.SheetSerializer,
    )
    def reopen(self, request, pk):
        assignment = self._assignment(pk)
        form = ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        sheet = services.reopen_sheet(
            assignment_id=pk, by=request.user, **form.validated_data
        )
        return Response(_shown(assignment, sheet))

    @extend_schema(
        summary="Save the comments on the whole: for the commission, for the entrant",
        request=serializers.CommentsSerializer,
        responses=serializers.SheetSerializer,
    )
    def comments(self, request, pk):
        assignment = self._assignment(pk)
        form = serializers.CommentsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        version = expected_version(request, values)
        sheet = services.save_comments(
            assignment_id=pk, expected_version=version, by=request.user, **values
        )
        return tagged(_shown(assignment, sheet), sheet.comments_version)

    @extend_schema(
        summary="Leave a juror's scores of an entry out of the ranking",
        request=ReasonSerializer,
        responses=serializers.ExclusionStateSerializer,
    )
    def exclude(self, request, pk):  # noqa: ARG002 -- DRF's signature
        return self._exclusion(pk, excluding.exclude_sheet)

    @extend_schema(
        summary="Take a juror's scores of an entry into the ranking again",
        request=ReasonSerializer,
        responses=serializers.ExclusionStateSerializer,
    )
    def include(self, request, pk):  # noqa: ARG002 -- DRF's signature
        return self._exclusion(pk, excluding.include_sheet)

    def _exclusion(self, pk, service):
        self._assignment(pk)
        form = ReasonSerializer(data=self.request.data)
        form.is_valid(raise_exception=True)
        sheet = service(assignment_id=pk, by=self.request.user, **form.validated_data)
        return Response(serializers.ExclusionStateSerializer(sheet).data)

    @staticmethod
    def _mark(request, criterion):
        form = serializers.MarkSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        return services.Mark(
            criterion=criterion,
            expected_version=expected_version(request, values),
            value=values["value"],
            comment=values.get("comment"),
        )

    def _assignment(self, pk):
        found = Assignment.objects.select_related(*_SHEET_RELATED)
        return self.fetch(with_standing_of(found, self.request.user), pk=pk)

    def check_object_permissions(self, request, obj):
        tell_standing(obj, request.user)
        super().check_object_permissions(request, obj)


class RankingViewSet(ContestPartViewSet):
    filter_backends = []
    permission_map = {"retrieve": "scoring.view_ranking"}
    query_params = {"retrieve": ("nomination", "short_listed", "page", "page_size")}

    @classmethod
    def contests(cls, person, *, at):
        contests = with_late_judging(super().contests(person, at=at))
        return with_interest_of(contests, person)

    def judged(self, contest):
        return Results(contest)

    @extend_schema(
        summary="The ranking as it stands",
        parameters=[
            OpenApiParameter("nomination", description="A list's code; overall."),
            OpenApiParameter(
                "short_listed", enum=["true"], description="Only who goes on."
            ),
            OpenApiParameter("page", OpenApiTypes.INT),
            OpenApiParameter("page_size", OpenApiTypes.INT, description="Up to 250."),
        ],
        responses=serializers.RankingSerializer,
    )
    def retrieve(self, request, slug):  # noqa: ARG002 -- DRF's signature
        contest, query = self.contest, request.query_params
        version = contest.rules_in_force
        titles = list_titles(contest)
        code = known_list(titles, query.get("nomination", OVERALL))
        rules = rules_in(version)
        ranked = current_list(contest, rules, code)
        short = rulebook.read_version(version).short_list_of(code)
        listed = ranked
        if "short_listed" in query:
            listed = ranked.first_places(_asked_short_list(query, short))
        size = whole_number(query, "page_size", default=50, highest=_MAX_PAGE)
        pages = max(1, -(-len(listed) // size))
        page = whole_number(query, "page", default=1, highest=pages)
        shown = listed[(page - 1) * size : page * size]
        named = namings(contest, [row.entry for row in shown])
        fallback = contest.fallback_language
        return Response(
            {
                "contest": contest.slug,
                "interim": is_interim(contest),
                "sample_note": localized(contest.sample_note, fallback=fallback),
                "rulebook_version": version.number,
                "lists": [{"code": c, "title": t} for c, t in titles.items()],
                "nomination": code,
                "ranked": ranked.ranked,
                "unscored": ranked.unscored,
                "short_list": short,
                "count": len(listed),
                "page": page,
                "pages": pages,
                "results": [_row(row, named[row.entry], short) for row in shown],
            }
        )


def _row(row, naming, short):
    is_scored = hasattr(row, "total")
    goes_on = is_scored and is_among_first(row, short or 0)
    return {
        "place": row.place if is_scored else None,
        "reference": naming.reference,
        "title": naming.title,
        "organisation": naming.organisation,
        "municipality": naming.municipality,
        "total": str(row.total) if is_scored else None,
        "means": {c: str(m) for c, m in row.means.items()} if is_scored else {},
        "spread": str(row.spread) if is_scored and row.spread is not None else None,
        "jurors": row.jurors if is_scored else 0,
        "tie_breaks": list(row.tie_breaks) if is_scored else [],
        "shared": is_scored and row.shared,
        "short_listed": None if short is None else goes_on,
        "missing": [] if is_scored else list(row.missing),
    }


def _asked_short_list(query, short):
    """Take the filter by the short list, or refuse it."""
    if query["short_listed"] == "true" and short is not None:
        return short
    raise Invalid.field(
        "short_listed",
        _(
            "Only the overall list can have a short list, where the rules have one."
            " Send true, or leave this out."
        ),
        received=query["short_listed"][:60],
    )


def _refuse_doubles(marks):
    codes = [mark.criterion for mark in marks]
    if len(set(codes)) < len(codes):
        raise Invalid.field("scores", _("Each criterion may stand once."))


def _shown(assignment, sheet):
    contest: Contest = assignment.submission.contest
    rules = rulebook.read_version(contest.rules_in_force)
    stored = {}
    if sheet is not None:
        scores = sheet.scores.select_related("criterion")
        stored = {score.criterion.code: score for score in scores}
    return {
        "assignment": assignment.pk,
        "reference": assignment.submission.reference,
        "juror": assignment.juror.key,
        "state": sheet.state if sheet else Sheet.State.DRAFT,
        "sent_at": sheet.sent_at if sheet else None,
        "comment_commission": sheet.comment_commission if sheet else "",
        "comment_entrant": sheet.comment_entrant if sheet else "",
        "comments_version": sheet.comments_version if sheet else 0,
        "reopened_reason": sheet.reopened_reason if sheet else "",
        "scores": [
            _score(criterion, stored.get(criterion.code))
            for criterion in criteria_for(assignment.submission, rules)
        ],
    }


def _score(criterion, score):
    scale = criterion.scale
    is_scored = score is not None and score.steps is not None
    return {
        "criterion": criterion.code,
        "title": localized(criterion.title),
        "minimum": plain(scale.minimum),
        "maximum": plain(scale.maximum),
        "step": plain(scale.step),
        "value": plain(scale.value(score.steps)) if is_scored else None,
        "comment": score.comment if score else "",
        "version": score.version if score else 0,
        "changed_at": score.changed_at if score else None,
    }
