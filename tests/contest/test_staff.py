"""Coordinators and auditors."""

from datetime import timedelta

import pytest

from audit.models import Event
from contest import staff
from contest.models import Auditor
from core import clock
from core.errors import Conflict, Invalid
from tests.api import Person
from tests.core.races import at_once
from tests.factories import (
    AuditorFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db

WHY = "Metinis auditas"
INVITED = {"email": "auditore@example.org", "name": "Auditorė"}


def running(phase="judging"):
    coordinator = CoordinatorFactory(contest__phase=phase)
    return coordinator.contest, coordinator.person


def in_days(days):
    return clock.now() + timedelta(days=days)


# --- Coordinators ------------------------------------------------------------------


def test_removed_coordinator_is_a_stranger_at_the_next_request():
    contest, coordinator = running()
    other = CoordinatorFactory(contest=contest)
    where = f"contests/{contest.slug}/coordinators/"
    gone = Person(other.person)
    before = gone.get(where).status_code

    answer = Person(coordinator).post(f"{where}{other.pk}/remove/", {"reason": WHY})

    assert (before, answer.status_code, gone.get(where).status_code) == (200, 204, 404)
    assert Event.objects.get(action="contest.remove_coordinator").reason == WHY


def test_last_coordinator_is_not_removed():
    contest, coordinator = running()

    with pytest.raises(Conflict) as refusal:
        staff.remove_coordinator(
            coordinator=contest.coordinators.get(), reason=WHY, by=coordinator
        )

    assert refusal.value.code == "last_coordinator"


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_of_two_who_remove_each_other_one_stays():
    contest, _first = running()
    CoordinatorFactory(contest=contest)
    one, two = contest.coordinators.select_related("person")

    at_once(
        [
            lambda: staff.remove_coordinator(
                coordinator=two, reason=WHY, by=one.person
            ),
            lambda: staff.remove_coordinator(
                coordinator=one, reason=WHY, by=two.person
            ),
        ]
    )

    assert contest.coordinators.count() == 1


# --- Auditors ----------------------------------------------------------------------


def test_auditor_is_named_for_a_time_with_a_reason():
    contest, coordinator = running()

    answer = Person(coordinator).post(
        f"contests/{contest.slug}/auditors/",
        {**INVITED, "until": in_days(30).isoformat(), "reason": WHY},
    )

    assert answer.status_code == 201
    shown = answer.json()
    assert (shown["acting"], shown["reason"], bool(shown["code"])) == (True, WHY, True)


@pytest.mark.parametrize("days", [-1, 0, 91])
def test_auditor_is_named_for_ninety_days_at_most(days):
    contest, coordinator = running()

    with pytest.raises(Invalid) as refusal:
        staff.add_auditor(
            contest=contest,
            until=in_days(days),
            reason=WHY,
            by=coordinator,
            **INVITED,
        )

    assert [error.field for error in refusal.value.errors] == ["until"]


def test_longest_audit_is_a_setting(settings):
    settings.AUDITOR_DAYS_MAX = 10
    contest, coordinator = running()

    with pytest.raises(Invalid, match="10"):
        staff.add_auditor(
            contest=contest, until=in_days(11), reason=WHY, by=coordinator, **INVITED
        )


def test_auditor_who_is_named_again_has_the_new_end():
    contest, coordinator = running()

    for days in (30, 5):
        staff.add_auditor(
            contest=contest, until=in_days(days), reason=WHY, by=coordinator, **INVITED
        )

    (acting,) = Auditor.objects.acting(clock.now())
    assert acting.until < in_days(6)


@pytest.mark.parametrize("seat", ["member", "secretary", "observer", "substitute"])
def test_nobody_on_the_panel_is_made_an_auditor(seat):
    contest, coordinator = running()
    juror = JurorFactory(contest=contest, role=seat)

    with pytest.raises(Conflict):
        staff.add_auditor(
            contest=contest,
            email=juror.person.email,
            name="",
            until=in_days(5),
            reason=WHY,
            by=coordinator,
        )


def test_juror_who_audits_all_the_same_sees_no_ranking_in_judging():
    """Even a row made past the services opens nothing."""
    contest, _coordinator = running()
    juror = JurorFactory(contest=contest)
    AuditorFactory(contest=contest, person=juror.person)

    answer = Person(juror.person).get(f"contests/{contest.slug}/ranking/")

    assert answer.status_code == 404


@pytest.mark.parametrize("how", ["ended", "expired"])
def test_audit_that_is_over_opens_nothing(how):
    contest, coordinator = running()
    SubmissionFactory(contest=contest)
    auditor = AuditorFactory(contest=contest)
    person = Person(auditor.person)
    addresses = [f"contests/{contest.slug}/{part}/" for part in ("ranking", "audit")]
    before = {person.get(address).status_code for address in addresses}

    if how == "ended":
        staff.end_auditor(auditor=auditor, reason=WHY, by=coordinator)
    else:
        Auditor.objects.update(
            created_at=in_days(-3), until=clock.now() - timedelta(seconds=1)
        )

    after = {person.get(address).status_code for address in addresses}
    assert (before, after) == ({200}, {404})
    assert person.get("submissions/").json()["count"] == 0


# --- What an auditor reads is on record ---------------------------------------------


def readings(contest):
    events = Event.objects.filter(
        action="contest.read_by_auditor", contest_id=contest.pk
    )
    return [(e.details["route"], e.subject_label) for e in events]


def test_every_reading_of_an_auditor_is_one_row():
    entry = SubmissionFactory(contest__phase="judging")
    contest = entry.contest
    person = Person(AuditorFactory(contest=contest).person)

    person.get(f"submissions/{entry.pk}/")
    person.get(f"contests/{contest.slug}/ranking/")
    person.get(f"contests/{contest.slug}/jurors/")
    person.get("submissions/")

    assert readings(contest) == [
        ("GET submission-detail", entry.reference),
        ("GET contest-ranking", contest.slug),
        ("GET juror-list", contest.slug),
        ("GET submission-list", contest.slug),
    ]


def test_what_everybody_may_read_is_not_recorded():
    contest = ContestFactory(phase="open")
    person = Person(AuditorFactory(contest=contest).person)

    person.get(f"contests/{contest.slug}/")
    person.get("contests/")

    assert readings(contest) == []


def test_refused_readings_are_not_recorded():
    contest = ContestFactory(phase="open")
    person = Person(AuditorFactory(contest=contest).person)

    answer = person.get(f"contests/{contest.slug}/ranking/")

    assert answer.status_code == 403
    assert readings(contest) == []


def test_readings_of_a_coordinator_are_not_recorded():
    contest, coordinator = running()

    Person(coordinator).get(f"contests/{contest.slug}/ranking/")
    Person(coordinator).get("submissions/")

    assert readings(contest) == []


def test_auditor_is_shown_no_contacts():
    entry = SubmissionFactory(contest__phase="judging", contact_email="ona@example.org")
    contest = entry.contest
    JurorFactory(contest=contest)
    CoordinatorFactory(contest=contest)
    person = Person(AuditorFactory(contest=contest).person)

    texts = [
        person.get(where).content.decode()
        for where in (
            f"submissions/{entry.pk}/",
            f"submissions/{entry.pk}/versions/",
            f"contests/{contest.slug}/jurors/",
            f"contests/{contest.slug}/coordinators/",
            f"contests/{contest.slug}/auditors/",
        )
    ]

    assert [text for text in texts if "@" in text or "contact_" in text] == []


def test_auditor_changes_nothing():
    contest = ContestFactory(phase="judging")
    person = Person(AuditorFactory(contest=contest).person)

    answers = [
        person.post(f"contests/{contest.slug}/{part}/", {})
        for part in ("jurors", "acts", "auditors", "exports", "assignments")
    ]

    assert {answer.status_code for answer in answers} == {404}
