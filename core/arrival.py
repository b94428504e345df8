"""When a request began: its first byte, not its last.

A slow line must not cost anybody a deadline, so an upload is judged by its beginning.
"""

import math
from datetime import timedelta
from typing import Any

from django.conf import settings

from core import clock

_LONGEST = 24 * 3600  # seconds


class ArrivalMiddleware:
    """Note when a request came, before anything of its body is read. Goes first."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        """Stamp the request and hand it on."""
        request.arrived_at = clock.now()
        return self.get_response(request)


def age_of(request: Any) -> timedelta:
    """Tell how long ago the first byte came, to us or to the proxy before us.

    A proxy that keeps the body until it is whole says in ``REQUEST_AGE_HEADER`` how
    many seconds that took; without that setting no header is believed.
    """
    return clock.now() - request.arrived_at + _kept_by_the_proxy(request)


def _kept_by_the_proxy(request: Any) -> timedelta:
    if not settings.REQUEST_AGE_HEADER:
        return timedelta()
    try:
        seconds = float(request.headers.get(settings.REQUEST_AGE_HEADER, "0"))
    except ValueError:
        seconds = 0.0
    is_sane = math.isfinite(seconds) and 0 <= seconds <= _LONGEST
    return timedelta(seconds=seconds if is_sane else 0)
