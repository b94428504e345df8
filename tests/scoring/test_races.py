"""The last minute: judging closes while jurors save and send, many of them at once."""

from decimal import Decimal
from functools import partial
from threading import BoundedSemaphore

import pytest
from django.db import connection, transaction

from config.embedded.supervisor import WEB_THREADS
from contest.course import record_act
from contest.phases import ActKind
from core.errors import NotNow
from scoring import opening, sending, services
from scoring.models import Score, ScoreEvent, Sheet
from scoring.selectors import result_of
from scoring.services import Mark
from submissions import conflicts
from tests.core.races import at_once, meanwhile
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    SheetFactory,
    SubmissionFactory,
)

CODES = ("innovation", "success", "social_responsibility", "originality")
ALL = dict.fromkeys(CODES, 7)
AT_THE_BOUNDARY = 20  # sheets that race with one close


def save(assignment, value, version=0, criterion="innovation"):
    return services.save_marks(
        assignment_id=assignment.pk,
        marks=[Mark(criterion, Decimal(value), None, version)],
        by=assignment.juror.person,
    )


def send(assignment):
    return services.send_sheet(assignment_id=assignment.pk, by=assignment.juror.person)


def close(contest, by):
    """Close judging; what the ranking holds at that very moment."""
    record_act(
        contest=contest, kind=ActKind.CLOSE_JUDGING, reason="", by=by, confirmed=True
    )
    return pairs_of(contest)


def pairs_of(contest):
    return {(score.entry, score.juror) for score in result_of(contest).scores}


def complete_sheets(contest, many):
    entry = SubmissionFactory(contest=contest)
    sheets = [
        SheetFactory(assignment__submission=entry, values=ALL) for _ in range(many)
    ]
    return [sheet.assignment for sheet in sheets]


# Each round races 20 sheets: 2 are the suite's, 50 are the thousand of `make test-all`.
@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "rounds", [2, pytest.param(50, marks=pytest.mark.slow, id="thousand")]
)
def test_a_sheet_is_in_the_ranking_iff_its_sending_was_acknowledged(
    rounds, record_property
):
    sent = 0
    for number in range(rounds):
        contest = ContestFactory()
        coordinator = CoordinatorFactory(contest=contest).person
        assignments = complete_sheets(contest, AT_THE_BOUNDARY)
        sends = [partial(send, assignment) for assignment in assignments]
        sends.insert(number % AT_THE_BOUNDARY, partial(close, contest, coordinator))

        outcomes = at_once(sends)

        at_close = outcomes.pop(number % AT_THE_BOUNDARY)
        acknowledged = {
            (a.submission.reference, a.juror.key)
            for a, outcome in zip(assignments, outcomes, strict=True)
            if type(outcome) is Sheet
        }
        assert {type(outcome) for outcome in outcomes} <= {Sheet, NotNow}
        assert at_close == pairs_of(contest) == acknowledged
        sent += len(acknowledged)
    record_property("sent", sent)
    record_property("refused", rounds * AT_THE_BOUNDARY - sent)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_a_sending_slips_past_the_close(monkeypatch):
    """The control: it is the lock that keeps a late sheet out of a closed ranking."""
    monkeypatch.setattr(opening, "hold_assignment", lambda _assignment: None)
    contest = ContestFactory()
    coordinator = CoordinatorFactory(contest=contest).person
    (assignment,) = complete_sheets(contest, 1)

    with transaction.atomic():
        at_close = close(contest, coordinator)
        (outcome,) = at_once([lambda: send(assignment)])

    assert (type(outcome), at_close) == (Sheet, set())
    assert len(pairs_of(contest)) == 1


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_all_of_a_jurors_sheets_are_sent_before_the_close_or_none():
    contest = ContestFactory()
    coordinator = CoordinatorFactory(contest=contest).person
    juror = JurorFactory(contest=contest)
    for _ in range(5):
        entry = SubmissionFactory(contest=contest)
        SheetFactory(assignment__submission=entry, assignment__juror=juror, values=ALL)

    handed, at_close = at_once(
        [
            lambda: sending.send_sheets(contest=contest, by=juror.person),
            lambda: close(contest, coordinator),
        ]
    )

    expected = 0 if type(handed) is NotNow else len(handed.sent)
    assert len(at_close) == len(pairs_of(contest)) == expected
    assert expected in {0, 5}


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_a_save_that_races_with_a_conflict_is_kept_and_does_not_count():
    contest = ContestFactory()
    assignments = complete_sheets(contest, 8)

    outcomes = at_once(
        [
            act
            for a in assignments
            for act in (
                lambda a=a: send(a),
                lambda a=a: conflicts.declare_conflict(
                    assignment=a, reason="x", by=a.juror.person
                ),
            )
        ]
    )

    assert not [o for o in outcomes[1::2] if isinstance(o, Exception)]
    assert pairs_of(contest) == set()
    assert Score.objects.count() == 8 * len(CODES)


@pytest.mark.django_db(transaction=True)
def test_two_sendings_of_all_wait_for_each_other():
    contest = ContestFactory()
    juror = JurorFactory(contest=contest)
    for _ in range(3):
        SheetFactory(
            assignment__submission=SubmissionFactory(contest=contest),
            assignment__juror=juror,
            values=ALL,
        )

    with meanwhile() as start:
        with transaction.atomic():
            sending.send_sheets(contest=contest, by=juror.person)
            second = start(
                lambda: sending.send_sheets(contest=contest, by=juror.person)
            )

    assert second.result().sent == []
    assert ScoreEvent.objects.filter(kind="sent").count() == 3


# --- A whole panel in one minute -----------------------------------------------------


@pytest.mark.thread
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(900)
def test_a_hundred_jurors_save_at_once_and_every_row_is_there():
    """Each saves every criterion of two entries; nothing fails, nothing is doubled."""
    _hundred(jurors=100)


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_twenty_jurors_save_at_once_and_every_row_is_there():
    """The same, small enough for every run."""
    _hundred(jurors=20)


def _hundred(*, jurors):
    contest = ContestFactory()
    entries = [SubmissionFactory(contest=contest) for _ in range(2)]
    panel = JurorFactory.create_batch(jurors, contest=contest)
    work = [
        [AssignmentFactory(submission=e, juror=juror) for e in entries]
        for juror in panel
    ]

    turn = BoundedSemaphore(WEB_THREADS)

    def request(action):
        """As the web server does: so many at a time, the others wait at the door."""
        with turn:
            action()
            connection.close()

    def evening(assignments):
        for assignment in assignments:
            for code in CODES:
                request(partial(save, assignment, 7, criterion=code))
            request(partial(send, assignment))
        return "done"

    outcomes = at_once([lambda mine=mine: evening(mine) for mine in work])

    assert outcomes == ["done"] * jurors
    rows = Score.objects.filter(sheet__assignment__submission__contest=contest)
    assert rows.count() == jurors * 2 * len(CODES)
    assert set(rows.values_list("steps", "version")) == {(6, 1)}
    assert ScoreEvent.objects.count() == jurors * 2 * (len(CODES) + 1)
    assert len(pairs_of(contest)) == jurors * 2
