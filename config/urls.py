"""Every address of the site. Routes outside DRF are named in the matrix test."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from core.api.health import healthz
from core.pages.errors import handle_400, handle_404, handle_500

handler400 = handle_400
handler404 = handle_404
handler500 = handle_500

# Tried one after another: what jurors touch all evening comes first.
api = [
    path("", include("scoring.api.urls")),
    path("", include("submissions.api.urls")),
    path("", include("contest.api.urls")),
    path("", include("organisations.api.urls")),
    path("", include("accounts.api.urls")),
    path("", include("exports.api.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(), name="docs"),
]

pages = [
    path("", include("contest.pages.urls")),  # contests/new/ is no contest's slug
    path("", include("gallery.pages.urls")),
    path("", include("accounts.pages.urls")),
    path("", include("organisations.pages.urls")),
    path("", include("submissions.pages.urls")),
    path("", include("scoring.pages.urls")),
    path("", include("exports.pages.urls")),
]

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("api/v1/", include(api)),
    *pages,
]
