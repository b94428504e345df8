from django.urls import path

from submissions.pages import jury_views

judging = "judging/<slug:slug>/"
urlpatterns = [
    path(
        f"{judging}declaration/",
        jury_views.DeclarationPage.as_view(),
        name="declaration",
    ),
    path(
        f"{judging}conflicts/",
        jury_views.CandidatesPage.as_view(),
        name="conflict-candidates",
    ),
    path(
        f"{judging}<uuid:pk>/conflict/",
        jury_views.ConflictPage.as_view(),
        name="conflict",
    ),
    path(
        f"{judging}<uuid:pk>/conflict/undo/",
        jury_views.ConflictUndoPage.as_view(),
        name="conflict-undo",
    ),
    path(
        "contests/<slug:slug>/manage/jurors/<uuid:pk>/more-time/",
        jury_views.MoreTimePage.as_view(),
        name="more-time",
    ),
]
