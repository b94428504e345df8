from django.urls import path

from scoring.pages import judging_views, progress_views, sheet_views

judging = "judging/<slug:slug>/"
progress = "contests/<slug:slug>/manage/progress/"
urlpatterns = [
    path(judging, judging_views.JudgingPage.as_view(), name="judging"),
    path(f"{judging}send/", judging_views.SendAllPage.as_view(), name="send-all"),
    path(f"{judging}<uuid:pk>/", sheet_views.SheetPage.as_view(), name="sheet"),
    path(
        f"{judging}<uuid:pk>/reopen/",
        progress_views.ReopenPage.as_view(),
        name="reopen",
    ),
    path(
        f"{judging}<uuid:pk>/exclusion/",
        progress_views.ExclusionPage.as_view(),
        name="exclusion",
    ),
    path(progress, progress_views.ProgressPage.as_view(), name="progress"),
    path(
        f"{progress}exclusions/",
        progress_views.ExclusionsPage.as_view(),
        name="exclusions",
    ),
    path(
        f"{progress}<uuid:pk>/",
        progress_views.JurorProgressPage.as_view(),
        name="juror-progress",
    ),
]
