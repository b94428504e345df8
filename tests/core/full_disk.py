"""A disk that is full, as the system itself tells a process that writes on."""

import resource
from contextlib import contextmanager


@contextmanager
def room_for(size):
    """Let no file of this process or its children grow beyond ``size`` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
