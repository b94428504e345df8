"""How often somebody may try; the counters live in the cache.

When the cache is away the try goes through: an entrant at the deadline matters more
than a counter. The rates are those of the API, by scope.
"""

import hashlib
import math

import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import ngettext
from redis.exceptions import RedisError

from core import clock
from core.errors import TooManyTries

logger = structlog.get_logger(__name__)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def count_try(scope: str, *, of: str) -> None:
    """Count one try of somebody; ``TooManyTries`` when the scope's rate is used up."""
    rate = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"][scope]
    if rate is None:
        return
    allowed, _slash, period = rate.partition("/")
    length = _SECONDS[period[0]]
    window, passed = divmod(clock.now().timestamp(), length)
    whose = hashlib.sha256(of.encode()).hexdigest()
    key = f"rates:{scope}:{whose}:{window:.0f}"
    if _count(key, length) > int(allowed):
        raise too_many_tries(length - passed)


def too_many_tries(wait: float) -> TooManyTries:
    """Say in words how long to wait, and that nothing else is lost."""
    minutes = max(1, math.ceil(wait / 60))
    sentence = ngettext(
        "Too many tries. Wait {minutes} minute, then try again. A code or an"
        " invitation that you have still works.",
        "Too many tries. Wait {minutes} minutes, then try again. A code or an"
        " invitation that you have still works.",
        minutes,
    )
    wait = math.ceil(wait)
    return TooManyTries(sentence.format(minutes=minutes), extra={"wait": wait})


def _count(key: str, length: int) -> int:
    try:
        cache.add(key, 0, timeout=length)
        return int(cache.incr(key))
    except (OSError, RedisError, ValueError) as exc:  # ValueError: it has just ended
        logger.warning("rates without cache", error=str(exc))
        return 0
