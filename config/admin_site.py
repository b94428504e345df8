from urllib.parse import urlencode

from django.conf import settings
from django.contrib.admin import AdminSite
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.admin import ADMINISTER, Window
from core.errors import NotYours, SecondFactorMissing
from core.pages.signing_in import NEXT
from core.policy import require


class Site(AdminSite):
    """For administrators: accounts, tenants and jobs, read-only."""

    site_header = _("Sumani: rows to look at")
    site_title = "Sumani"
    index_title = _("Read-only")
    enable_nav_sidebar = False

    def register(self, model_or_iterable, admin_class=None, **options):
        """Take windows only: what a library registers for itself can change rows."""
        if admin_class is not None and issubclass(admin_class, Window):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request):
        """Let administrators in, with their second factor where one is required."""
        try:
            require(request.user, ADMINISTER)
        except (NotYours, SecondFactorMissing):
            return False
        return True

    def login(self, request, extra_context=None):  # noqa: ARG002 -- Django's signature
        """Lead to the one page for signing in: it asks for the second factor."""
        lacks_factor = getattr(request.user, "lacks_second_factor", False)
        page = settings.SECOND_FACTOR_URL if lacks_factor else settings.LOGIN_URL
        query = urlencode({NEXT: request.GET.get(NEXT) or reverse("admin:index")})
        return redirect(f"{resolve_url(page)}?{query}")
