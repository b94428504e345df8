"""The second at which collection ends, also in the nights when clocks are moved."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from contest.phases import (
    Act,
    ActKind,
    Dates,
    Phase,
    PhaseState,
    phase_at,
    towards_entry,
)
from core.times import local_time

VILNIUS = ZoneInfo("Europe/Vilnius")
SECOND = timedelta(seconds=1)


def local(day, hour, minute=0, second=0, *, fold=0):
    at = datetime(2026, *day, hour, minute, second, tzinfo=VILNIUS, fold=fold)
    return at.astimezone(UTC)


SPRING, AUTUMN = (3, 29), (10, 25)
DEADLINES = {
    "before the spring night": (local(SPRING, 2, 59, 59), "02:59:59", "+2"),
    "as clocks jump": (local(SPRING, 4), "04:00", "+3"),
    "the spring evening": (local(SPRING, 23, 59, 59), "23:59:59", "+3"),
    "the evening before spring": (local((3, 28), 23, 59, 59), "23:59:59", "+2"),
    "the first of two threes": (local(AUTUMN, 3, 30), "03:30", "+3"),
    "the second of two threes": (local(AUTUMN, 3, 30, fold=1), "03:30", "+2"),
    "the autumn evening": (local(AUTUMN, 23, 59, 59), "23:59:59", "+2"),
    "the evening before autumn": (local((10, 24), 23, 59, 59), "23:59:59", "+3"),
}


def phase(closes, now):
    announced = [Act(ActKind.ANNOUNCE, closes - timedelta(days=60))]
    return phase_at(Dates(closes - timedelta(days=30), closes), announced, [], now)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(-1, Phase.OPEN), (0, Phase.ELIGIBILITY), (1, Phase.ELIGIBILITY)],
)
@pytest.mark.parametrize("deadline", DEADLINES.values(), ids=DEADLINES)
def test_the_end_is_exclusive_whatever_the_clocks_do(deadline, seconds, expected):
    closes, _hour, _offset = deadline

    assert phase(closes, closes + seconds * SECOND).phase == expected


@pytest.mark.parametrize("deadline", DEADLINES.values(), ids=DEADLINES)
def test_a_deadline_is_shown_with_its_offset(deadline):
    closes, hour, offset = deadline

    shown = local_time(closes, "Europe/Vilnius")

    assert hour in shown
    assert f"(UTC{offset})" in shown


def test_the_two_threes_of_autumn_are_an_hour_apart():
    first, second = local(AUTUMN, 3, 30), local(AUTUMN, 3, 30, fold=1)

    assert second - first == timedelta(hours=1)


NOW = datetime(2026, 5, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "until", "expected"),
    [
        pytest.param(Phase.ELIGIBILITY, None, Phase.ELIGIBILITY, id="none"),
        pytest.param(Phase.ELIGIBILITY, LATER, Phase.OPEN, id="prolonged"),
        pytest.param(Phase.ELIGIBILITY, NOW, Phase.ELIGIBILITY, id="over-now"),
        pytest.param(Phase.ELIGIBILITY, NOW + SECOND, Phase.OPEN, id="a-second-left"),
        pytest.param(Phase.JUDGING, LATER, Phase.JUDGING, id="judging-ends-it"),
        pytest.param(Phase.ANNOUNCED, LATER, Phase.ANNOUNCED, id="not-begun"),
    ],
)
def test_more_time_for_one_entry_opens_it_for_that_entry(state, until, expected):
    assert towards_entry(PhaseState(state), until, NOW).phase == expected


def test_more_time_never_shortens_collection():
    state = PhaseState(Phase.OPEN, until=LATER + timedelta(days=5))

    assert towards_entry(state, LATER, NOW) == state
