from contextlib import contextmanager
from functools import cache

import pytest
from django.db import transaction

from tests.policy.world import build


@pytest.fixture
def undone():
    """A block whose writes are taken back, whatever happened to the transaction."""

    @contextmanager
    def block():
        point = transaction.savepoint()
        try:
            yield
        finally:
            transaction.savepoint_rollback(point)

    return block


@pytest.fixture
def world_of(db):  # noqa: ARG001 - the worlds are rows
    """The world of a phase, made once a test."""
    return cache(build)
