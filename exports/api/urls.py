from django.urls import path

from exports.api.views import ContestExportViewSet, ExportViewSet

urlpatterns = [
    path(
        "contests/<slug:slug>/exports/",
        ContestExportViewSet.as_view({"get": "list", "post": "create"}),
        name="contest-exports",
    ),
    path(
        "exports/<uuid:pk>/",
        ExportViewSet.as_view({"get": "retrieve"}, detail=True),
        name="export-detail",
    ),
    path(
        "exports/<uuid:pk>/file/",
        ExportViewSet.as_view({"get": "file"}, detail=True),
        name="export-file",
    ),
    path(
        "exports/<uuid:pk>/retry/",
        ExportViewSet.as_view({"post": "retry"}, detail=True),
        name="export-retry",
    ),
    path(
        "exports/<uuid:pk>/cancel/",
        ExportViewSet.as_view({"post": "cancel"}, detail=True),
        name="export-cancel",
    ),
]
