"""The barest views that answer the same: nobody is asked who they are."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from rest_framework import generics, serializers
from rest_framework.pagination import PageNumberPagination

from core import clock
from organisations.countries import country
from organisations.models import Organisation
from scoring.models import Score
from submissions.models import Submission

ROWS = 50
ORGANISATION = [
    "id",
    "country",
    "name",
    "code",
    "code_state",
    "kind",
    "legal_form",
    "municipality",
    "municipality_name",
    "county_name",
    "eldership",
    "action_group",
    "website",
    "version",
]
ORGANISATIONS = ["organisation", "prepared_by"]
COLUMNS = [name for name in ORGANISATION if not name.endswith("y_name")]
OWN = ["id", "entered_by", "reference", "title", "state", "submitted_at"]


class OrganisationSerializer(serializers.ModelSerializer):
    municipality_name = serializers.CharField()
    county_name = serializers.CharField()

    class Meta:
        model = Organisation
        fields = ORGANISATION


class SubmissionSerializer(serializers.ModelSerializer):
    contest = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    organisation = OrganisationSerializer()
    prepared_by = OrganisationSerializer(allow_null=True)
    state_label = serializers.CharField(source="get_state_display")

    class Meta:
        model = Submission
        fields = [
            "id",
            "contest",
            "organisation",
            "entered_by",
            "prepared_by",
            "reference",
            "title",
            "state",
            "state_label",
            "submitted_at",
        ]


class Page(PageNumberPagination):
    page_size = ROWS


class SerializedSubmissions(generics.ListAPIView):
    """What a tutorial writes, with its N + 1 queries taken out."""

    authentication_classes = []
    permission_classes = []
    throttle_classes = []
    filter_backends = []
    pagination_class = Page
    serializer_class = SubmissionSerializer

    def get_queryset(self) -> QuerySet[Submission]:
        """Select the contest's entries."""
        return _entries(self.request.GET["contest"]).select_related(
            "contest", "organisation", "prepared_by"
        )


def values_page(request: HttpRequest) -> JsonResponse:
    """Answer the same page from dictionaries."""
    entries = _entries(request.GET["contest"])
    columns = [f"{path}__{name}" for path in ORGANISATIONS for name in COLUMNS]
    rows = entries.values(*OWN, "contest__slug", *columns)[:ROWS]
    labels = dict(Submission.State.choices)
    return JsonResponse(
        {"count": entries.count(), "results": [_shown(row, labels) for row in rows]}
    )


@csrf_exempt
def save_score(request: HttpRequest, sheet: UUID, criterion: int) -> JsonResponse:
    """Insert or replace one value."""
    steps = json.loads(request.body)["steps"]
    score = Score(
        sheet_id=sheet, criterion_id=criterion, steps=steps, changed_at=clock.now()
    )
    Score.objects.bulk_create(
        [score],
        update_conflicts=True,
        unique_fields=["sheet", "criterion"],
        update_fields=["steps", "changed_at"],
    )
    return JsonResponse({"steps": steps})


def _entries(slug: str) -> QuerySet[Submission]:
    return Submission.objects.filter(contest__slug=slug)


def _shown(row: dict[str, Any], labels: dict[str, Any]) -> dict[str, Any]:
    own = {name: row[name] for name in OWN}
    own["submitted_at"] = _iso(row["submitted_at"])
    return {
        **own,
        "contest": row["contest__slug"],
        **{path: _organisation(row, path) for path in ORGANISATIONS},
        "state_label": str(labels[row["state"]]),
    }


def _organisation(row: dict[str, Any], path: str) -> dict[str, Any] | None:
    if row[f"{path}__id"] is None:
        return None
    organisation = {name: row[f"{path}__{name}"] for name in COLUMNS}
    places = country(organisation["country"])
    code = organisation["municipality"]
    organisation["municipality_name"] = places.place_name(code)
    organisation["county_name"] = places.county_name(code)
    return organisation


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


urlpatterns = [
    path("api/v1/bare/serializer/", SerializedSubmissions.as_view()),
    path("api/v1/bare/values/", values_page),
    path("api/v1/bare/scores/<uuid:sheet>/<int:criterion>/", save_score),
    path("", include("config.urls")),
]
