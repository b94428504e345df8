from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConfigConfig(AppConfig):
    """Installed for its commands: they touch every storey, so they live in the roof."""

    name = "config"


class SiteConfig(AdminConfig):
    """Django's admin with our site in place of its own."""

    default_site = "config.admin_site.Site"
