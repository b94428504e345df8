from django.urls import path

from organisations.api.country_views import CountryViewSet
from organisations.api.people_views import (
    ClaimViewSet,
    OwnClaimViewSet,
    RepresentativeViewSet,
)
from organisations.api.views import OrganisationViewSet

_LIST = {"get": "list", "post": "create"}


def _one(**actions):
    return OrganisationViewSet.as_view(actions, detail=True)


urlpatterns = [
    path("countries/", CountryViewSet.as_view({"get": "list"}), name="country-list"),
    path(
        "countries/<slug:code>/",
        CountryViewSet.as_view({"get": "retrieve"}),
        name="country-detail",
    ),
    path(
        "organisations/", OrganisationViewSet.as_view(_LIST), name="organisation-list"
    ),
    path(
        "organisations/<uuid:pk>/",
        _one(get="retrieve", patch="partial_update"),
        name="organisation-detail",
    ),
    path(
        "organisations/<uuid:pk>/history/",
        _one(get="history"),
        name="organisation-history",
    ),
    path(
        "organisations/<uuid:pk>/correction/",
        _one(post="correction"),
        name="organisation-correction",
    ),
    path(
        "organisations/<uuid:pk>/merge/", _one(post="merge"), name="organisation-merge"
    ),
    path(
        "organisations/<uuid:organisation_pk>/representatives/",
        RepresentativeViewSet.as_view(_LIST),
        name="representative-list",
    ),
    path(
        "organisations/<uuid:organisation_pk>/representatives/<uuid:pk>/end/",
        RepresentativeViewSet.as_view({"post": "end"}),
        name="representative-end",
    ),
    path(
        "organisations/<uuid:organisation_pk>/claims/",
        ClaimViewSet.as_view(_LIST),
        name="organisation-claims",
    ),
    path(
        "organisations/<uuid:organisation_pk>/claims/<uuid:pk>/decide/",
        ClaimViewSet.as_view({"post": "decide"}),
        name="organisation-claim-decide",
    ),
    path("claims/", OwnClaimViewSet.as_view({"get": "list"}), name="claim-list"),
    path(
        "claims/<uuid:pk>/withdraw/",
        OwnClaimViewSet.as_view({"post": "withdraw"}, detail=True),
        name="claim-withdraw",
    ),
]
