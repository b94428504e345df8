from django.contrib.admin import AdminSite
from django.contrib.auth.forms import AuthenticationForm
from django.forms import CharField, PasswordInput
from django.utils.translation import gettext_lazy as _

from core.admin import ADMINISTER, Window
from core.policy import allows


class CodeForm(AuthenticationForm):
    """Address and one-time code, in the fields of Django's own page."""

    password = CharField(
        label=_("One-time code"),
        strip=True,
        widget=PasswordInput(attrs={"autocomplete": "one-time-code"}),
    )
    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _(
            "This code is wrong, used or out of date. Ask for a new one; the newest"
            " message holds the code that works."
        ),
    }


class Site(AdminSite):
    """For administrators: accounts, tenants and jobs, read-only."""

    site_header = _("Sumani: rows to look at")
    site_title = "Sumani"
    index_title = _("Read-only")
    enable_nav_sidebar = False
    login_form = CodeForm

    def register(self, model_or_iterable, admin_class=None, **options):
        """Take windows only: what a library registers for itself can change rows."""
        if admin_class is not None and issubclass(admin_class, Window):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request):
        return allows(request.user, ADMINISTER)
