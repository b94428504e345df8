import gc
import logging
import os

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import settings

from core import append_only
from tests.serving import Counted

# A busy machine is no finding; CI judges a change, it does not go exploring.
settings.register_profile(
    "sumani", deadline=None, derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("sumani")
# The files that take minutes, the longest first.
LONGEST = (
    "test_cells.py",
    "test_crawl.py",
    "test_limited_tokens.py",
    "test_non_interference.py",
    "test_every_link.py",
    "test_every_page.py",
    "test_other_channels.py",
)


@pytest.hookimpl(trylast=True)  # the others shuffle
def pytest_collection_modifyitems(items):
    """Begin with what takes longest: at the end one worker would be alone with it."""
    rank = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):  # noqa: ARG001 -- asked for, it begins
    """End what a killed worker or a window left open: it would keep the database."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session")
def live_server(live_server):
    """Know when the server has answered everything."""
    server = live_server.thread.httpd
    live_server.counted = Counted(server.get_app())
    server.set_app(live_server.counted)
    return live_server


@pytest.fixture
def quiet():
    """No warning for each refusal, no garbage collection between two requests."""
    logging.disable(logging.WARNING)
    gc.freeze()
    yield
    gc.unfreeze()
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _nobody_chose_a_language():
    """Take back the language of the last answer in the test before."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _tables_can_be_emptied(request):
    """Take SQLite's append-only triggers away before a test's tables are emptied.

    The flush itself puts them back: it ends with ``post_migrate``.
    """
    marker = request.node.get_closest_marker("django_db")
    is_transactional = marker is not None and marker.kwargs.get("transaction")
    if is_transactional:
        request.getfixturevalue("transactional_db")
    yield
    if "live_server" in request.fixturenames:
        # Else the flush and a late answer wait for each other's tables.
        request.getfixturevalue("live_server").counted.wait_until_idle()
    if is_transactional:
        append_only.remove()
