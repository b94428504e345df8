from django.apps import AppConfig
from django.db.models import CharField
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules, import_string

from core import among, append_only


class CoreConfig(AppConfig):
    """The foundation: no tables, no contest words."""

    name = "core"

    def ready(self):
        CharField.register_lookup(among.Among)
        post_migrate.connect(append_only.install, dispatch_uid="append_only.install")
        autodiscover_modules("invariants")
        import_string("core.converters.NumberConverter")  # registers it
