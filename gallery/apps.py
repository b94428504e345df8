from django.apps import AppConfig


class GalleryConfig(AppConfig):
    """What the public sees."""

    name = "gallery"
