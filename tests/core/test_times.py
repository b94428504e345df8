"""Moments as people read them."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from core.times import lazy_local_time, local_time

MOMENT = datetime(2026, 12, 22, 12, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("lt", "2026 m. gruodžio 22 d. 14:03 (UTC+2)"),
        ("en", "22 December 2026 14:03 (UTC+2)"),
    ],
)
def test_a_moment_is_written_as_in_the_language(language, expected):
    lazy = lazy_local_time(MOMENT, "Europe/Vilnius")

    with override(language):
        assert local_time(MOMENT, "Europe/Vilnius") == expected
        assert str(lazy) == expected  # also where the language is chosen later


def test_seconds_are_written_where_there_are_any():
    moment = MOMENT.replace(second=59)

    assert "14:03:59 (" in local_time(moment, "Europe/Vilnius")
    assert "14:03 (" in local_time(moment, "Europe/Vilnius", is_exact=False)
    assert "(UTC+5:45)" in local_time(moment, "Asia/Kathmandu")
