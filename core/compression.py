"""Pages and their style sheets travel small; files that are packed already do not."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_TEXTS = ("text/", "image/svg+xml", "application/javascript")


class TextGZipMiddleware(GZipMiddleware):
    """Compress texts only: workbooks and photos would cost time and gain nothing.

    Django adds random bytes, so that the length tells nothing of what is inside.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress where it helps."""
        if not response.headers.get("Content-Type", "").startswith(_TEXTS):
            return response
        return super().process_response(request, response)
