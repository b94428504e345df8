from django.urls import path

from submissions.pages import desk, draft_views

app_name = "submissions"
urlpatterns = [
    path("desk/", desk.DeskPage.as_view(), name="desk"),
    path(
        "contests/<slug:slug>/manage/drafts/",
        draft_views.DraftsPage.as_view(),
        name="drafts",
    ),
]
