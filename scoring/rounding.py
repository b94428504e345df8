"""Half-up rounding to two decimals, in integers: nothing else here rounds a result."""

from decimal import Decimal
from functools import lru_cache
from math import isqrt

ROOT_BITS = 128


def hundredths(numerator: int, denominator: int) -> int:
    """Return floor(100·x + 1/2) for x = numerator / denominator, denominator > 0.

    A half goes towards plus infinity: 0.005 gives 1 and -0.005 gives 0.
    """
    return (200 * numerator + denominator) // (2 * denominator)


@lru_cache(maxsize=1 << 16)
def printed(in_hundredths: int) -> Decimal:
    """Return the number with exactly two decimals, whatever the decimal context."""
    return Decimal(f"{in_hundredths}e-2")


def scaled_root(square: int) -> int:
    """Return floor(√square · 2**ROOT_BITS) for square >= 0.

    Exact when `square` is a perfect square. A sum of roots of which one is
    irrational is irrational, thus never a half, so 128 bits round it rightly and
    the exact ones need no second path.
    """
    return isqrt(square << 2 * ROOT_BITS)
