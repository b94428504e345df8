from django.urls import path

from exports.pages import file_views

app_name = "exports"
urlpatterns = [
    path(
        "contests/<slug:slug>/manage/files/",
        file_views.FilesPage.as_view(),
        name="files",
    ),
    path("files/<uuid:pk>/", file_views.FilePage.as_view(), name="file"),
    path("files/<uuid:pk>/retry/", file_views.RetryPage.as_view(), name="retry"),
    path("files/<uuid:pk>/cancel/", file_views.CancelPage.as_view(), name="cancel"),
]
