"""Saving scores, sending sheets, giving them back."""

from decimal import Decimal

import pytest
from django.db import connection, transaction

from audit.models import Event
from contest import rulebook
from contest.course import record_act
from contest.phases import ActKind
from core.errors import Conflict, Invalid, NotNow, NotYours, Stale
from scoring import opening, services
from scoring.models import Score, ScoreEvent, Sheet
from scoring.selectors import result_of
from scoring.services import Mark
from tests.core.races import at_once, meanwhile
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    SheetFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db

EVERYTHING = {
    "innovation": 9,
    "success": 8,
    "social_responsibility": 7,
    "originality": 1,
}


@pytest.fixture
def assignment():
    """A juror at work: one assigned entry, nothing scored."""
    return AssignmentFactory()


def save(assignment, value, version=0, criterion="innovation", comment=None):
    value = None if value is None else Decimal(str(value))
    return services.save_marks(
        assignment_id=assignment.pk,
        marks=[Mark(criterion, value, comment, version)],
        by=assignment.juror.person,
    )


def send(assignment):
    return services.send_sheet(assignment_id=assignment.pk, by=assignment.juror.person)


# --- Saving ------------------------------------------------------------------------


def test_save_stores_steps_of_the_scale_and_its_history(assignment):
    save(assignment, 9, comment="Nauja")

    (score,) = Score.objects.all()
    (event,) = ScoreEvent.objects.all()
    assert (score.steps, score.version, score.comment) == (8, 1, "Nauja")
    assert (event.kind, event.steps, event.version) == ("saved", 8, 1)
    assert event.by_id == assignment.juror.person.pk


def test_save_without_a_comment_keeps_the_comment(assignment):
    save(assignment, 9, comment="Nauja")
    save(assignment, 8, version=1)

    assert Score.objects.get().comment == "Nauja"


def test_save_of_nothing_clears_the_value_and_keeps_the_row(assignment):
    save(assignment, 9)
    save(assignment, None, version=1)

    score = Score.objects.get()
    assert (score.steps, score.version) == (None, 2)
    assert [event.steps for event in ScoreEvent.objects.all()] == [8, None]


@pytest.mark.parametrize("value", ["0", "11", "7.5", "-1", "1.0001"])
def test_save_off_the_scale_is_refused_with_the_scale(assignment, value):
    with pytest.raises(Invalid) as refusal:
        save(assignment, value)

    (error,) = refusal.value.errors
    assert (error.code, error.field) == ("off_scale", "innovation.value")
    assert error.received == value
    assert not Score.objects.exists()


@pytest.mark.parametrize("value", ["1", "10", "7.0", "1E+1"])
def test_save_takes_every_spelling_of_a_point_of_the_scale(assignment, value):
    save(assignment, value)

    assert Score.objects.get().steps == int(Decimal(value)) - 1


def test_save_over_a_newer_version_is_told_both_values(assignment):
    save(assignment, 9)

    with pytest.raises(Stale) as refusal:
        save(assignment, 3)

    assert refusal.value.extra == {
        "current_version": 1,
        "current": {"value": "9", "comment": ""},
    }
    assert Score.objects.get().steps == 8


def test_save_of_several_is_all_or_none(assignment):
    marks = [
        Mark("innovation", Decimal(9), None, 0),
        Mark("success", Decimal(99), None, 0),
    ]

    with pytest.raises(Invalid):
        services.save_marks(
            assignment_id=assignment.pk, marks=marks, by=assignment.juror.person
        )

    assert not Score.objects.exists()


def test_save_of_an_unknown_criterion_names_the_known(assignment):
    with pytest.raises(Invalid, match="innovation, success"):
        save(assignment, 9, criterion="beauty")


def test_save_on_a_sent_sheet_is_refused(assignment):
    SheetFactory(assignment=assignment, sent=True)

    with pytest.raises(Conflict) as refusal:
        save(assignment, 9)

    assert refusal.value.code == "sheet_sent"


@pytest.mark.parametrize("state", ["withdrawn", "ineligible"])
def test_save_for_an_entry_out_of_competition_is_refused(state):
    assignment = AssignmentFactory(submission__state=state)

    with pytest.raises(Conflict) as refusal:
        save(assignment, 9)

    assert refusal.value.code == "entry_not_in_competition"


def test_save_on_the_sheet_of_another_juror_is_refused(assignment):
    other = AssignmentFactory(submission=assignment.submission)

    with pytest.raises(NotYours):
        services.save_marks(
            assignment_id=assignment.pk,
            marks=[Mark("innovation", Decimal(9), None, 0)],
            by=other.juror.person,
        )


def test_save_after_judging_is_refused_with_the_phase():
    assignment = AssignmentFactory(submission__contest__phase="deliberation")

    with pytest.raises(NotNow):
        save(assignment, 9)


def test_save_with_a_conflict_is_refused():
    with pytest.raises(NotYours):
        save(AssignmentFactory(in_conflict=True), 9)


# --- Sending and giving back ---------------------------------------------------------


def test_send_makes_the_sheet_count(assignment):
    SheetFactory(assignment=assignment, values=EVERYTHING)
    contest = assignment.submission.contest
    before = len(result_of(contest).scores)

    sheet = send(assignment)

    assert sheet.state == "sent"
    assert (before, len(result_of(contest).scores)) == (0, 4)


def test_send_twice_changes_nothing(assignment):
    SheetFactory(assignment=assignment, values=EVERYTHING)

    first, second = send(assignment), send(assignment)

    assert first.sent_at == second.sent_at
    assert ScoreEvent.objects.filter(kind="sent").count() == 1


def test_send_of_an_incomplete_sheet_lists_all_that_is_missing(assignment):
    SheetFactory(assignment=assignment, values={"innovation": 9})
    save(assignment, None, criterion="success")

    with pytest.raises(Invalid) as refusal:
        send(assignment)

    assert refusal.value.code == "incomplete"
    assert [error.field for error in refusal.value.errors] == [
        "success",
        "social_responsibility",
        "originality",
    ]


def test_send_without_a_required_comment_says_where():
    document = _with_required_comment()
    assignment = AssignmentFactory(submission__contest__document=document)
    SheetFactory(assignment=assignment, values=EVERYTHING)

    with pytest.raises(Invalid) as refusal:
        send(assignment)

    assert [error.field for error in refusal.value.errors] == ["innovation.comment"]


def _with_required_comment():
    document = rulebook.template("lkbs")
    document["criteria"][0]["comment"] = "required"
    return document


def test_reopen_gives_the_sheet_back_and_leaves_its_reason(assignment):
    SheetFactory(assignment=assignment, sent=True, values=EVERYTHING)
    contest = assignment.submission.contest
    coordinator = CoordinatorFactory(contest=contest).person

    services.reopen_sheet(assignment_id=assignment.pk, reason="Klaida", by=coordinator)

    assert Sheet.objects.get().state == "draft"
    assert len(result_of(contest).scores) == 0
    (event,) = Event.objects.filter(action="scoring.reopen_sheet")
    assert (event.reason, event.subject_label) == ("Klaida", assignment.label)


def test_reopened_sheet_is_written_to_again(assignment):
    SheetFactory(assignment=assignment, sent=True, values=EVERYTHING)
    coordinator = CoordinatorFactory(contest=assignment.submission.contest).person
    services.reopen_sheet(assignment_id=assignment.pk, reason="Klaida", by=coordinator)

    save(assignment, 3, version=1)

    assert Score.objects.get(criterion__code="innovation").steps == 2


def test_reopen_of_a_draft_changes_nothing(assignment):
    SheetFactory(assignment=assignment)
    coordinator = CoordinatorFactory(contest=assignment.submission.contest).person

    services.reopen_sheet(assignment_id=assignment.pk, reason="Ne", by=coordinator)

    assert not Event.objects.filter(action="scoring.reopen_sheet").exists()


def test_reading_the_page_of_a_sheet_makes_no_sheet(assignment):
    with pytest.raises(Invalid):
        save(assignment, 99)

    assert not Sheet.objects.exists()


# --- Many at once ------------------------------------------------------------------


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_of_parallel_saves_of_two_devices_one_is_stored_and_one_is_told():
    assignment = AssignmentFactory()
    SheetFactory(assignment=assignment)

    outcomes = at_once([lambda v=v: save(assignment, v) for v in (3, 4, 5, 6)])

    kinds = sorted(type(outcome).__name__ for outcome in outcomes)
    assert kinds == ["Stale", "Stale", "Stale", "list"]
    assert Score.objects.get().version == ScoreEvent.objects.count() == 1


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_two_first_criteria_saved_at_once_are_both_stored():
    assignment = AssignmentFactory()

    outcomes = at_once(
        [lambda c=c: save(assignment, 5, criterion=c) for c in EVERYTHING]
    )

    assert [type(outcome).__name__ for outcome in outcomes] == ["list"] * 4
    assert Score.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_save_that_waited_for_a_sending_does_not_change_the_sent_sheet():
    assignment = AssignmentFactory()
    SheetFactory(assignment=assignment, values=EVERYTHING)

    with meanwhile() as start:
        with transaction.atomic():
            send(assignment)
            outcome = start(lambda: save(assignment, 2, version=1))
            _until_somebody_waits()

    assert type(outcome.result()) is Conflict
    assert Score.objects.get(criterion__code="innovation").steps == 8


@pytest.mark.django_db(transaction=True)
def test_a_save_that_waited_for_the_close_of_judging_is_refused():
    assignment = AssignmentFactory()
    SheetFactory(assignment=assignment)
    contest = assignment.submission.contest
    coordinator = CoordinatorFactory(contest=contest).person

    with meanwhile() as start:
        with transaction.atomic():
            close(contest, coordinator)
            outcome = start(lambda: save(assignment, 2))
            _until_somebody_waits()

    assert type(outcome.result()) is NotNow
    assert not Score.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_without_the_locks_a_save_slips_past_the_close(monkeypatch):
    """The control: it is the lock that keeps a late score out."""
    monkeypatch.setattr(opening, "hold_assignment", lambda _assignment: None)
    assignment = AssignmentFactory()
    SheetFactory(assignment=assignment)
    contest = assignment.submission.contest
    coordinator = CoordinatorFactory(contest=contest).person

    with transaction.atomic():
        close(contest, coordinator)
        (saved,) = at_once([lambda: save(assignment, 2)])

    assert type(saved) is list
    assert Score.objects.count() == 1


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(3))
def test_a_score_is_stored_before_the_close_or_refused(round_):  # noqa: ARG001 - the same race again
    contest = ContestFactory()
    coordinator = CoordinatorFactory(contest=contest).person
    assignments = [
        AssignmentFactory(submission=SubmissionFactory(contest=contest))
        for _ in range(3)
    ]
    for assignment in assignments:
        SheetFactory(assignment=assignment)

    outcomes = at_once(
        [
            lambda: close(contest, coordinator),
            *(lambda a=a: save(a, 5) for a in assignments),
        ]
    )

    acknowledged = [outcome for outcome in outcomes[1:] if type(outcome) is list]
    assert {type(o) for o in outcomes[1:]} <= {list, NotNow}
    assert Score.objects.count() == len(acknowledged)
    closed_at = contest.acts.get(kind="close_judging").at
    assert not ScoreEvent.objects.filter(at__gt=closed_at).exists()


def close(contest, by):
    return record_act(
        contest=contest, kind=ActKind.CLOSE_JUDGING, reason="", by=by, confirmed=True
    )


def _until_somebody_waits():
    """Until another connection waits for a lock of ours."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute("SELECT pg_sleep(0.01)")
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waited")
