from django.urls import path

from contest.pages import course_views, edition_views, making_views

app_name = "contest"
manage = "contests/<slug:slug>/manage/"
urlpatterns = [
    path("contests/new/", making_views.NewContestPage.as_view(), name="new"),
    path(f"{manage}clone/", making_views.ClonePage.as_view(), name="clone"),
    path(f"{manage}edition/", edition_views.EditionPage.as_view(), name="edition"),
    path(
        f"{manage}edition/reminders/",
        edition_views.RemindersPage.as_view(),
        name="reminders",
    ),
    path(
        f"{manage}edition/organiser/",
        edition_views.OrganiserPage.as_view(),
        name="organiser",
    ),
    path(f"{manage}edition/logos/", edition_views.LogosPage.as_view(), name="logos"),
    path(
        f"{manage}edition/logos/<uuid:pk>/",
        edition_views.LogoPage.as_view(),
        name="logo",
    ),
    path(f"{manage}deadline/", course_views.DeadlinePage.as_view(), name="deadline"),
]
