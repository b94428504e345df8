"""Limits on how often one caller may ask.

The counters live in the cache; when it is away the request goes through, because an
entrant at the deadline matters more than a counter.
"""

from typing import Any

import structlog
from redis.exceptions import RedisError
from rest_framework.throttling import (
    AnonRateThrottle,
    ScopedRateThrottle,
    SimpleRateThrottle,
    UserRateThrottle,
)

logger = structlog.get_logger(__name__)


class _OpenWithoutCache(SimpleRateThrottle):
    def allow_request(self, request: Any, view: Any) -> bool:
        try:
            return super().allow_request(request, view)
        except (OSError, RedisError) as exc:
            logger.warning("throttle without cache", error=str(exc))
            return True


class AnonThrottle(_OpenWithoutCache, AnonRateThrottle):
    """By address, for people who have not signed in."""


class UserThrottle(_OpenWithoutCache, UserRateThrottle):
    """By person."""


class ScopedThrottle(_OpenWithoutCache, ScopedRateThrottle):
    """By the view's ``throttle_scope``."""
