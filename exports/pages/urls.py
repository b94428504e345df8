from django.urls import path

from exports.models import Export
from exports.pages import file_views, rehearsal_views

app_name = "exports"
rehearsal = "contests/<slug:slug>/manage/rehearsal/"
urlpatterns = [
    path(rehearsal, rehearsal_views.RehearsalPage.as_view(), name="rehearsal"),
    path(
        f"{rehearsal}score/",
        rehearsal_views.RehearsalScorePage.as_view(),
        name="rehearsal-score",
    ),
    path(
        f"{rehearsal}delete/",
        rehearsal_views.RehearsalDeletePage.as_view(),
        name="rehearsal-delete",
    ),
    path(
        "contests/<slug:slug>/manage/files/",
        file_views.FilesPage.as_view(),
        name="files",
    ),
    path(
        "contests/<slug:slug>/manage/entries/table/",
        file_views.TickedFilesPage.as_view(kind=Export.Kind.ENTRIES),
        name="ticked-table",
    ),
    path(
        "contests/<slug:slug>/manage/entries/archive/",
        file_views.TickedFilesPage.as_view(kind=Export.Kind.ATTACHMENTS),
        name="ticked-archive",
    ),
    path("files/<uuid:pk>/", file_views.FilePage.as_view(), name="file"),
    path("files/<uuid:pk>/retry/", file_views.RetryPage.as_view(), name="retry"),
    path("files/<uuid:pk>/cancel/", file_views.CancelPage.as_view(), name="cancel"),
]
