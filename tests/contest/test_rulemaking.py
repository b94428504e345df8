"""Versions of the rules: who may make one when, what may differ, how they are shown."""

import copy

import pytest
from django.db import transaction

from audit.models import Event
from contest import course, rulemaking
from contest.models import RulebookVersion
from contest.phases import ActKind
from core.errors import Conflict, Invalid, NotNow, Stale
from tests.api import Person
from tests.contest.test_services import running
from tests.core.races import meanwhile, until_somebody_waits
from tests.factories import RulebookVersionFactory

pytestmark = pytest.mark.django_db


def reweighed(contest, change_it=lambda _document: None):
    document = copy.deepcopy(contest.rulebook.document)
    document["criteria"][0]["weight"] = "2"
    change_it(document)
    return document


def change_weights(contest, by, document, reason="Komisija nutarė", version=1):
    return rulemaking.change_weights(
        contest=contest,
        document=document,
        reason=reason,
        expected_version=version,
        by=by,
    )


@pytest.mark.parametrize("phase", ["judging", "deliberation"])
def test_weights_change_once_judging_was_opened(phase):
    contest, coordinator = running(phase)

    made = change_weights(contest, coordinator, reweighed(contest))

    contest.refresh_from_db()
    assert (contest.rulebook, made.number) == (made, 2)
    event = Event.objects.get(action="contest.change_weights")
    assert (event.contest_id, event.reason) == (contest.pk, "Komisija nutarė")


@pytest.mark.parametrize("phase", ["open", "eligibility", "published", "archived"])
def test_weights_change_by_their_own_route_in_judging_only(phase):
    contest, coordinator = running(phase)

    with pytest.raises(NotNow):
        change_weights(contest, coordinator, reweighed(contest))


def test_a_change_of_weights_needs_a_reason():
    contest, coordinator = running("judging")

    with pytest.raises(Invalid):
        change_weights(contest, coordinator, reweighed(contest), reason="")


def test_a_change_of_weights_over_a_newer_version_is_refused():
    contest, coordinator = running("judging")
    change_weights(contest, coordinator, reweighed(contest))

    with pytest.raises(Stale):
        change_weights(contest, coordinator, reweighed(contest))


def test_a_change_of_nothing_is_refused():
    contest, coordinator = running("judging")

    with pytest.raises(Conflict):
        change_weights(contest, coordinator, contest.rulebook.document)


@pytest.mark.parametrize(
    "change_it",
    [
        pytest.param(
            lambda d: d["nominations"][1].update(weights={"success": "1"}), id="weights"
        ),
        pytest.param(lambda d: d["nominations"][1].update(weights=None), id="no-own"),
        pytest.param(lambda d: d["nominations"][0].update(places=10), id="places"),
        pytest.param(lambda d: d.update(places=3), id="places-of-all"),
        pytest.param(lambda d: d.update(tie_breaks=["chair"]), id="tie-breaks"),
        pytest.param(lambda d: d.update(minimum_score="60"), id="minimum-score"),
    ],
)
def test_what_decides_places_may_change_in_judging(change_it):
    contest, coordinator = running("judging")

    made = change_weights(contest, coordinator, reweighed(contest, change_it))

    assert made.number == 2


@pytest.mark.parametrize(
    ("change_it", "path"),
    [
        pytest.param(
            lambda d: d["criteria"][0]["scale"].update(maximum="20"),
            "criteria.innovation.scale.maximum",
            id="scale",
        ),
        pytest.param(
            lambda d: d["criteria"].append({**d["criteria"][0], "code": "new"}),
            "criteria.new",
            id="criterion-added",
        ),
        pytest.param(
            lambda d: d["criteria"].reverse(), "criteria", id="order-of-criteria"
        ),
        pytest.param(
            lambda d: d["criteria"][3].update(counted=True),
            "criteria.originality.counted",
            id="counted",
        ),
        pytest.param(
            lambda d: d["nominations"][0].update(entries="chosen"),
            "nominations.best.entries",
            id="who-is-in-a-nomination",
        ),
        pytest.param(lambda d: d.update(total="10"), "total", id="total"),
        pytest.param(lambda d: d.update(lot_seed="mine"), "lot_seed", id="lot"),
        pytest.param(
            lambda d: d["limits"].update(quota=1), "limits.quota", id="limits"
        ),
    ],
)
def test_what_jurors_and_entrants_rely_on_stays_in_judging(change_it, path):
    contest, coordinator = running("judging")

    with pytest.raises(Conflict) as refusal:
        change_weights(contest, coordinator, reweighed(contest, change_it))

    assert [error.field for error in refusal.value.errors] == [f"document.{path}"]
    assert path in refusal.value.message
    assert RulebookVersion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_that_waited_for_the_opening_of_judging_is_refused():
    contest, coordinator = running("eligibility")

    with meanwhile() as start:
        with transaction.atomic():
            course.record_act(
                contest=contest, kind=ActKind.OPEN_JUDGING, reason="", by=coordinator
            )
            outcome = start(
                lambda: rulemaking.change_rulebook(
                    contest=contest,
                    document=reweighed(contest),
                    reason="",
                    expected_version=1,
                    by=coordinator,
                )
            )
            until_somebody_waits()

    assert type(outcome.result()) is NotNow
    assert RulebookVersion.objects.count() == 1


# --- History -----------------------------------------------------------------------


def test_the_history_shows_each_version_with_what_differs_in_it():
    contest, coordinator = running("judging")
    change_weights(contest, coordinator, reweighed(contest))
    person = Person(coordinator)

    listed = person.get(f"contests/{contest.slug}/rulebooks/").json()["results"]
    second = person.get(f"contests/{contest.slug}/rulebooks/2/").json()

    assert [row["number"] for row in listed] == [2, 1]
    assert set(listed[0]) == {"number", "created_at", "reason", "sha256"}
    assert second["differences"] == [
        {"path": "criteria.innovation.weight", "before": "1", "after": "2"}
    ]


def test_the_first_version_differs_from_nothing():
    contest, coordinator = running("open")

    first = Person(coordinator).get(f"contests/{contest.slug}/rulebooks/1/").json()

    assert first["differences"] == []
    assert first["sha256"] == contest.rulebook.sha256


@pytest.mark.parametrize("number", ["0", "3", str(2**63), "9" * 30])
def test_a_version_that_was_never_made_is_not_there(number):
    contest, coordinator = running("open")
    RulebookVersionFactory(contest=contest, number=2)

    answer = Person(coordinator).get(f"contests/{contest.slug}/rulebooks/{number}/")

    assert answer.status_code == 404
