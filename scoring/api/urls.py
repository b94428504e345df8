from django.urls import path

from scoring.api.audit_views import ContestAuditViewSet
from scoring.api.views import RankingViewSet, SheetViewSet

urlpatterns = [
    path(
        "assignments/<uuid:pk>/sheet/",
        SheetViewSet.as_view({"get": "retrieve", "put": "update"}),
        name="sheet",
    ),
    path(
        "assignments/<uuid:pk>/sheet/send/",
        SheetViewSet.as_view({"post": "send"}),
        name="sheet-send",
    ),
    path(
        "assignments/<uuid:pk>/sheet/reopen/",
        SheetViewSet.as_view({"post": "reopen"}),
        name="sheet-reopen",
    ),
    path(
        "assignments/<uuid:pk>/sheet/<slug:criterion>/",
        SheetViewSet.as_view({"patch": "score"}),
        name="sheet-score",
    ),
    path(
        "contests/<slug:slug>/ranking/",
        RankingViewSet.as_view({"get": "retrieve"}),
        name="contest-ranking",
    ),
    path(
        "contests/<slug:slug>/audit/",
        ContestAuditViewSet.as_view({"get": "list"}),
        name="contest-audit",
    ),
]
