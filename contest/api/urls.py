from django.urls import path

from contest.api import part_views, rulebook_views, views

_LIST = {"get": "list", "post": "create"}

urlpatterns = [
    path("organisers/", views.OrganiserViewSet.as_view(_LIST), name="organiser-list"),
    path(
        "organisers/<slug:slug>/",
        views.OrganiserViewSet.as_view({"get": "retrieve"}, detail=True),
        name="organiser-detail",
    ),
    path(
        "organisers/<slug:slug>/members/",
        views.OrganiserViewSet.as_view({"post": "members"}, detail=True),
        name="organiser-members",
    ),
    path("series/", views.SeriesViewSet.as_view(_LIST), name="series-list"),
    path(
        "rulebook-templates/",
        views.TemplateViewSet.as_view({"get": "list"}),
        name="rulebook-template-list",
    ),
    path("contests/", views.ContestViewSet.as_view(_LIST), name="contest-list"),
    path(
        "contests/<slug:slug>/",
        views.ContestViewSet.as_view(
            {"get": "retrieve", "patch": "partial_update"}, detail=True
        ),
        name="contest-detail",
    ),
    path(
        "contests/<slug:slug>/rulebook/",
        rulebook_views.RulebookViewSet.as_view({"get": "retrieve", "put": "update"}),
        name="contest-rulebook",
    ),
    path(
        "contests/<slug:slug>/rulebook/weights/",
        rulebook_views.WeightsViewSet.as_view({"put": "update"}),
        name="rulebook-weights",
    ),
    path(
        "contests/<slug:slug>/rulebooks/",
        rulebook_views.RulebookHistoryViewSet.as_view({"get": "list"}),
        name="rulebook-list",
    ),
    path(
        "contests/<slug:slug>/rulebooks/<int:number>/",
        rulebook_views.RulebookHistoryViewSet.as_view({"get": "retrieve"}),
        name="rulebook-version",
    ),
    path(
        "contests/<slug:slug>/jurors/",
        part_views.JurorViewSet.as_view(_LIST),
        name="juror-list",
    ),
    path(
        "contests/<slug:slug>/coordinators/",
        part_views.CoordinatorViewSet.as_view(_LIST),
        name="coordinator-list",
    ),
    path(
        "contests/<slug:slug>/representatives/",
        part_views.FirstRepresentativeViewSet.as_view({"post": "create"}),
        name="first-representative",
    ),
    path(
        "contests/<slug:slug>/acts/",
        part_views.ActViewSet.as_view(_LIST),
        name="act-list",
    ),
    path(
        "contests/<slug:slug>/deadline/",
        part_views.DeadlineViewSet.as_view({"post": "create"}),
        name="contest-deadline",
    ),
]
