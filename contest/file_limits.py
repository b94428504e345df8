"""What the server takes of an entry's files; no rules of a contest allow more."""

from collections.abc import Mapping

from django.conf import settings

MEGABYTE = 1024 * 1024  # bytes

#: By the name of the rule.
MOST_FILES: Mapping[str, int] = {
    "photos_per_entry": settings.ATTACHMENT_MAX_PHOTOS,
    "documents_per_entry": settings.ATTACHMENT_MAX_DOCUMENTS,
    "megabytes_per_entry": settings.ATTACHMENT_QUOTA // MEGABYTE,
}
