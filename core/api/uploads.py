"""A file in, not more of it than is allowed."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import MultiPartParser

from core.errors import TooLarge

_AROUND = 64 * 1024  # bytes of a form around its file


class UploadParser(MultiPartParser):
    """Forms with one file; the view's ``max_upload_bytes`` is asked before reading."""

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Any = None,
    ) -> Any:
        """Refuse by the announced length: of a longer body no byte is read."""
        limit = parser_context["view"].max_upload_bytes
        length = parser_context["request"].META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > limit + _AROUND:
            raise too_large(length, limit)
        try:
            return super().parse(stream, media_type, parser_context)
        except ParseError as exc:
            raise ParseError(
                _(
                    "The form could not be read to its end. Send the file as"
                    " multipart/form-data, in the field “file”."
                )
            ) from exc


def too_large(received: int | str, limit: int) -> TooLarge:
    """Say how much was sent and how much is read, both in bytes."""
    return TooLarge(
        _(
            "The file is too large: {received} MB were sent, at most {limit} MB"
            " are read. Nothing was kept of it."
        ).format(received=_megabytes(str(received)), limit=_megabytes(str(limit)))
    )


def _megabytes(length: str) -> str:
    count = int(length) / (1024 * 1024) if length.isdecimal() else 0
    return f"{count:.1f}".removesuffix(".0")
