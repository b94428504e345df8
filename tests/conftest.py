import pytest

from core import append_only


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
    if is_transactional:
        append_only.remove()
