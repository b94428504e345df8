"""What happens next, and the dates that remind of it."""

from datetime import timedelta

import pytest

from contest import timetable
from core import clock
from core.errors import Invalid, Stale
from tests.api import Person
from tests.factories import ContestFactory, CoordinatorFactory
from tests.policy import table

pytestmark = pytest.mark.django_db

STEPS = [
    *("announce", "opens_at", "closes_at"),
    *("open_judging", "close_judging", "publish", "archive"),
]
BEHIND = {"set-up": 0, "announced": 1, "open": 2, "eligibility": 3}
BEHIND |= {"judging": 4, "deliberation": 5, "published": 6, "archived": 7}


def in_days(days):
    return clock.now() + timedelta(days=days)


@pytest.mark.parametrize("phase", table.phases())
def test_what_is_still_to_come_stands_in_its_order(phase):
    contest = ContestFactory(phase=phase)

    steps = timetable.next_steps(contest, clock.now())

    assert [step.code for step in steps] == STEPS[BEHIND[phase] :]
    assert {s.code for s in steps if s.by == "clock"} <= {"opens_at", "closes_at"}


def test_the_end_of_collection_is_the_one_that_was_moved():
    coordinator = CoordinatorFactory(contest__phase="open")
    until = in_days(25).replace(microsecond=0)
    person, where = Person(coordinator.person), f"contests/{coordinator.contest.slug}/"
    person.post(
        f"{where}deadline/", {"until": until.isoformat(), "reason": "Daug prašymų"}
    )

    (first, *_others) = person.get(f"{where}timetable/").json()["next"]

    assert (first["code"], first["at"]) == (
        "closes_at",
        until.isoformat().replace("+00:00", "Z"),
    )


def test_a_reminder_that_has_passed_is_a_warning_and_blocks_nothing():
    contest = ContestFactory(phase="judging", judging_closes_at=in_days(-1))
    coordinator = CoordinatorFactory(contest=contest)

    shown = Person(coordinator.person).get(f"contests/{contest.slug}/timetable/").json()

    assert (shown["next"][0]["code"], shown["next"][0]["late"]) == (
        "close_judging",
        True,
    )
    assert "close_judging_late" in [w["code"] for w in shown["warnings"]]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"opens_at": in_days(3)}, "announced_late", id="notice"),
        pytest.param({"closes_at": in_days(12)}, "collection_short", id="length"),
    ],
)
def test_dates_that_differ_from_the_rules_are_warned_of(fields, code):
    contest = ContestFactory(phase="set-up", **fields)
    coordinator = CoordinatorFactory(contest=contest)

    shown = Person(coordinator.person).get(f"contests/{contest.slug}/timetable/").json()

    assert code in [warning["code"] for warning in shown["warnings"]]


def change(contest, by, version=1, **dates):
    return timetable.change_reminders(
        contest=contest, expected_version=version, by=by, **dates
    )


def test_reminders_are_changed_while_judging_is_open():
    coordinator = CoordinatorFactory(contest__phase="judging")
    day = in_days(3)

    changed = change(coordinator.contest, coordinator.person, judging_closes_at=day)

    assert (changed.judging_closes_at, changed.version) == (day, 2)
    with pytest.raises(Stale):
        change(coordinator.contest, coordinator.person, judging_closes_at=None)


def test_reminders_run_forwards():
    coordinator = CoordinatorFactory(contest__phase="judging")

    with pytest.raises(Invalid) as refusal:
        change(
            coordinator.contest,
            coordinator.person,
            judging_closes_at=in_days(5),
            results_at=in_days(4),
        )

    assert [error.field for error in refusal.value.errors] == ["results_at"]
