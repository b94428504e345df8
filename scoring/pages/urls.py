from django.urls import path

from scoring.pages import (
    audit_views,
    award_views,
    citation_views,
    course_views,
    dashboard_views,
    desk,
    judging_urls,
    message_urls,
    publication_views,
    ranking_views,
    tie_views,
)

app_name = "scoring"
manage = "contests/<slug:slug>/manage/"
urlpatterns = [
    path("desk/", desk.DeskPage.as_view(), name="desk"),
    path(manage, dashboard_views.DashboardPage.as_view(), name="dashboard"),
    path(f"{manage}announce/", course_views.AnnouncePage.as_view(), name="announce"),
    path(
        f"{manage}open-judging/",
        course_views.OpenJudgingPage.as_view(),
        name="open-judging",
    ),
    path(
        f"{manage}close-judging/",
        course_views.CloseJudgingPage.as_view(),
        name="close-judging",
    ),
    path(
        f"{manage}reopen-judging/",
        course_views.ReopenJudgingPage.as_view(),
        name="reopen-judging",
    ),
    path(f"{manage}archive/", course_views.ArchivePage.as_view(), name="archive"),
    path(
        f"{manage}citations/",
        citation_views.CitationsPage.as_view(),
        name="citations",
    ),
    path(
        f"{manage}citations/<slug:nomination>/<slug:reference>/",
        citation_views.CitationPage.as_view(),
        name="citation",
    ),
    path(
        f"{manage}special-awards/",
        award_views.SpecialAwardsPage.as_view(),
        name="special-awards",
    ),
    path(
        f"{manage}special-awards/<uuid:pk>/take-back/",
        award_views.TakeBackPage.as_view(),
        name="special-award-take-back",
    ),
    path(
        f"{manage}publication/",
        publication_views.PublicationPage.as_view(),
        name="publication",
    ),
    path(
        f"{manage}unpublish/",
        publication_views.UnpublishPage.as_view(),
        name="unpublish",
    ),
    path(
        f"{manage}proposals/",
        publication_views.ProposalsPage.as_view(),
        name="proposals",
    ),
    path(f"{manage}audit/", audit_views.AuditPage.as_view(), name="audit"),
    path(f"{manage}ranking/", ranking_views.RankingPage.as_view(), name="ranking"),
    path(
        f"{manage}ranking/scores/",
        ranking_views.RankingScoresPage.as_view(),
        name="ranking-scores",
    ),
    path(
        f"{manage}ranking/<slug:nomination>/<slug:reference>/tie/",
        tie_views.TiePage.as_view(),
        name="tie",
    ),
    *judging_urls.urlpatterns,
    *message_urls.urlpatterns,
]
