from django.urls import path

from organisations.pages import people_views, views

app_name = "organisations"
_OWN = "organisations/<uuid:pk>/"
urlpatterns = [
    path("organisations/add/", views.AddPage.as_view(), name="add"),
    path(f"{_OWN}claim/", views.ClaimPage.as_view(), name="claim"),
    path(_OWN, people_views.OrganisationPage.as_view(), name="organisation"),
    path(f"{_OWN}change/", views.ChangePage.as_view(), name="change"),
    path(f"{_OWN}invite/", people_views.InvitePage.as_view(), name="invite"),
    path(
        f"{_OWN}people/<uuid:link_pk>/end/", people_views.EndPage.as_view(), name="end"
    ),
    path(
        f"{_OWN}claims/<uuid:claim_pk>/",
        people_views.DecidePage.as_view(),
        name="decide-claim",
    ),
]
