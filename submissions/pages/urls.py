from django.urls import path

from submissions.pages import desk, draft_views, manage_urls

app_name = "submissions"
urlpatterns = [
    *manage_urls.urlpatterns,
    path("desk/", desk.DeskPage.as_view(), name="desk"),
    path(
        "contests/<slug:slug>/manage/drafts/",
        draft_views.DraftsPage.as_view(),
        name="drafts",
    ),
]
