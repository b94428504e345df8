from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """The register of communities, who may speak for one, the country packs."""

    name = "organisations"
