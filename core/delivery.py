"""A file on its way to a browser."""

from typing import IO

from django.http import FileResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_attachment(
    content: IO[bytes], *, name: str, content_type: str, sha256: str = ""
) -> FileResponse:
    """Hand a file out to be kept, never shown: nothing in it runs here."""
    response = FileResponse(
        content, as_attachment=True, filename=name, content_type=content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    if sha256:
        response["ETag"] = f'"{sha256}"'
    return response
