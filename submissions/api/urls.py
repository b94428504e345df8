from django.urls import path

from submissions.api.assignment_views import AssignmentViewSet, ContestAssignmentViewSet
from submissions.api.views import SubmissionViewSet


def _one(**actions):
    return SubmissionViewSet.as_view(actions, detail=True)


urlpatterns = [
    path(
        "submissions/",
        SubmissionViewSet.as_view({"get": "list", "post": "create"}),
        name="submission-list",
    ),
    path(
        "submissions/<uuid:pk>/",
        _one(get="retrieve", patch="partial_update"),
        name="submission-detail",
    ),
    path(
        "submissions/<uuid:pk>/submit/", _one(post="submit"), name="submission-submit"
    ),
    path(
        "submissions/<uuid:pk>/withdraw/",
        _one(post="withdraw"),
        name="submission-withdraw",
    ),
    path(
        "submissions/<uuid:pk>/versions/",
        _one(get="versions"),
        name="submission-versions",
    ),
    path(
        "submissions/<uuid:pk>/eligibility/",
        _one(post="eligibility"),
        name="submission-eligibility",
    ),
    path(
        "contests/<slug:slug>/assignments/",
        ContestAssignmentViewSet.as_view({"get": "list", "post": "create"}),
        name="contest-assignments",
    ),
    path(
        "assignments/",
        AssignmentViewSet.as_view({"get": "list"}),
        name="assignment-list",
    ),
    path(
        "assignments/<uuid:pk>/",
        AssignmentViewSet.as_view({"get": "retrieve"}, detail=True),
        name="assignment-detail",
    ),
    path(
        "assignments/<uuid:pk>/conflict/",
        AssignmentViewSet.as_view({"post": "conflict"}, detail=True),
        name="assignment-conflict",
    ),
]
