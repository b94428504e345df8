"""In which phase a contest is: a table, and what holds for every course."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.phases import (
    Act,
    ActKind,
    Dates,
    Extension,
    Phase,
    closing_time,
    phase_at,
)

T = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
OPENS, CLOSES = T, T + 30 * DAY
DATES = Dates(OPENS, CLOSES)
ANNOUNCED = Act(ActKind.ANNOUNCE, T - 7 * DAY)


def course(*kinds):
    """Acts a day apart, after collection closed."""
    return [ANNOUNCED] + [
        Act(kind, CLOSES + (day + 1) * DAY) for day, kind in enumerate(kinds)
    ]


@pytest.mark.parametrize(
    ("acts", "now", "phase"),
    [
        pytest.param([], T, Phase.SET_UP, id="nothing-done"),
        pytest.param([], CLOSES + DAY, Phase.SET_UP, id="dates-alone-open-nothing"),
        pytest.param([ANNOUNCED], OPENS - SECOND, Phase.ANNOUNCED, id="before-opening"),
        pytest.param([ANNOUNCED], OPENS, Phase.OPEN, id="opening-is-inclusive"),
        pytest.param([ANNOUNCED], CLOSES - SECOND, Phase.OPEN, id="last-second"),
        pytest.param([ANNOUNCED], CLOSES, Phase.ELIGIBILITY, id="closing-is-exclusive"),
        pytest.param([ANNOUNCED], CLOSES + 99 * DAY, Phase.ELIGIBILITY, id="waits"),
        pytest.param(
            course(ActKind.OPEN_JUDGING), CLOSES + 9 * DAY, Phase.JUDGING, id="judging"
        ),
        pytest.param(
            course(ActKind.OPEN_JUDGING, ActKind.CLOSE_JUDGING),
            CLOSES + 9 * DAY,
            Phase.DELIBERATION,
            id="deliberation",
        ),
        pytest.param(
            course(ActKind.OPEN_JUDGING, ActKind.CLOSE_JUDGING, ActKind.REOPEN_JUDGING),
            CLOSES + 9 * DAY,
            Phase.JUDGING,
            id="reopened",
        ),
        pytest.param(
            course(ActKind.OPEN_JUDGING, ActKind.CLOSE_JUDGING, ActKind.PUBLISH),
            CLOSES + 9 * DAY,
            Phase.PUBLISHED,
            id="published",
        ),
        pytest.param(
            course(
                *(ActKind.OPEN_JUDGING, ActKind.CLOSE_JUDGING),
                *(ActKind.PUBLISH, ActKind.UNPUBLISH),
            ),
            CLOSES + 9 * DAY,
            Phase.DELIBERATION,
            id="taken-back",
        ),
        pytest.param(
            course(
                *(ActKind.OPEN_JUDGING, ActKind.CLOSE_JUDGING),
                *(ActKind.PUBLISH, ActKind.ARCHIVE),
            ),
            CLOSES + 9 * DAY,
            Phase.ARCHIVED,
            id="archived",
        ),
    ],
)
def test_phase_follows_clock_and_acts(acts, now, phase):
    assert phase_at(DATES, acts, [], now).phase == phase


@pytest.mark.parametrize(
    ("extensions", "closes"),
    [
        pytest.param([], CLOSES, id="none"),
        pytest.param([Extension(T, CLOSES + DAY)], CLOSES + DAY, id="later"),
        pytest.param([Extension(T, CLOSES - DAY)], CLOSES - DAY, id="earlier"),
        pytest.param(
            [Extension(T + DAY, CLOSES + DAY), Extension(T, CLOSES + 9 * DAY)],
            CLOSES + DAY,
            id="the-last-one-told-stands",
        ),
    ],
)
def test_closing_time_is_that_of_the_last_extension(extensions, closes):
    assert closing_time(DATES, extensions) == closes


def test_an_announced_contest_without_dates_never_opens():
    state = phase_at(Dates(None, None), [ANNOUNCED], [], CLOSES)

    assert (state.phase, state.until) == (Phase.ANNOUNCED, None)


def test_an_open_contest_tells_when_it_closes():
    state = phase_at(DATES, [ANNOUNCED], [Extension(T, CLOSES + DAY)], T + DAY)

    assert (state.since, state.until) == (OPENS, CLOSES + DAY)


moments = st.integers(-100, 100).map(lambda days: T + days * DAY)
acts = st.lists(
    st.builds(
        Act, st.sampled_from([k for k in ActKind if k != "move_deadline"]), moments
    ),
    max_size=8,
)


@given(acts, moments, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(recorded, now, random):
    distinct = list({act.at: act for act in recorded}.values())
    shuffled = random.sample(distinct, len(distinct))

    assert phase_at(DATES, shuffled, [], now) == phase_at(DATES, distinct, [], now)


@given(acts, moments)
def test_nothing_that_is_not_announced_is_ever_open(recorded, now):
    silent = [act for act in recorded if act.kind != ActKind.ANNOUNCE]

    assert phase_at(DATES, silent, [], now).phase == Phase.SET_UP


@given(moments, moments)
def test_time_alone_only_goes_forward(first, second):
    early, late = sorted([first, second])
    order = list(Phase)

    phases = [phase_at(DATES, [ANNOUNCED], [], now).phase for now in (early, late)]

    assert order.index(phases[0]) <= order.index(phases[1])
