from django.urls import path

from organisations.api.views import OrganisationViewSet, RepresentativeViewSet

urlpatterns = [
    path(
        "organisations/",
        OrganisationViewSet.as_view({"get": "list", "post": "create"}),
        name="organisation-list",
    ),
    path(
        "organisations/<uuid:pk>/",
        OrganisationViewSet.as_view(
            {"get": "retrieve", "patch": "partial_update"}, detail=True
        ),
        name="organisation-detail",
    ),
    path(
        "organisations/<uuid:organisation_pk>/representatives/",
        RepresentativeViewSet.as_view({"get": "list", "post": "create"}),
        name="representative-list",
    ),
]
