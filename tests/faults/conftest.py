import pytest

from core.invariants import findings


@pytest.fixture(autouse=True)
def _invariants_hold(request):
    """Whatever was killed: what must be true still is.

    A test on a database of its own asks that one, by ``manage.py check_invariants``.
    """
    yield
    if request.node.get_closest_marker("django_db"):
        broken = {f.name: f.offenders for f in findings() if not f.holds}
        assert broken == {}
