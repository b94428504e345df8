"""How much memory a process needs that only set Django up. Imports nothing of ours."""

import resource
import sys


def measure(_sizes: object, _rounds: int) -> float:
    """Tell the peak so far in MiB; the kernel counts it in KiB, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
