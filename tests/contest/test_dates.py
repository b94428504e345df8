from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.dates import years_later, years_to_come

VILNIUS = ZoneInfo("Europe/Vilnius")


def local(*parts, fold=0):
    return datetime(*parts, tzinfo=VILNIUS, fold=fold)


@pytest.mark.parametrize(
    ("at", "later"),
    [
        pytest.param(local(2026, 11, 20, 12), local(2027, 11, 19, 12), id="winter"),
        # Summer time ends on 25 October 2026 and on 31 October 2027.
        pytest.param(
            local(2026, 10, 28, 17), local(2027, 10, 27, 17), id="into-summer-time"
        ),
        # It begins on 29 March 2026 and on 28 March 2027.
        pytest.param(
            local(2026, 3, 29, 23, 59), local(2027, 3, 28, 23, 59), id="day-of-change"
        ),
        pytest.param(local(2024, 2, 29, 9), local(2025, 2, 27, 9), id="leap-day"),
    ],
)
def test_a_date_keeps_its_weekday_and_its_hour_on_the_clock(at, later):
    moved = years_later(at.astimezone(UTC), 1, VILNIUS)

    assert moved.astimezone(VILNIUS).replace(fold=0) == later
    assert moved.astimezone(VILNIUS).weekday() == at.weekday()


def test_an_hour_that_the_clock_leaves_out_becomes_the_next_one():
    # On 28 March 2027 the clock of Vilnius goes from 3 to 4.
    moved = years_later(local(2024, 3, 24, 3, 30), 3, VILNIUS)

    assert moved.astimezone(VILNIUS) == local(2027, 3, 28, 4, 30)


@given(
    at=st.integers(0, 4_000_000_000).map(lambda at: datetime.fromtimestamp(at, UTC)),
    years=st.integers(1, 5),
)
def test_the_new_date_is_a_whole_number_of_weeks_away_and_near_the_old_one(at, years):
    moved = years_later(at, years, ZoneInfo("UTC"))

    days = (moved - at).days
    assert days % 7 == 0
    assert abs(days - 365.2425 * years) <= 3.5


@pytest.mark.parametrize(
    ("times", "years"),
    [
        pytest.param([], 1, id="no-dates"),
        pytest.param([local(2026, 5, 4, 9), local(2026, 6, 30)], 1, id="this-year"),
        pytest.param([local(2026, 12, 1)], 1, id="still-to-come"),
        # One year on it would have opened already, though not have closed.
        pytest.param([local(2025, 9, 1), local(2025, 12, 15)], 2, id="half-passed"),
        pytest.param([local(2019, 1, 7)], 8, id="long-ago"),
    ],
)
def test_the_years_lead_to_dates_that_all_lie_ahead(times, years):
    now = local(2026, 11, 22, 12)

    assert years_to_come(times, now, VILNIUS) == years
