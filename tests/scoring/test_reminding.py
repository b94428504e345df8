"""Whoever has something to send is reminded: on demand, and before the end."""

from datetime import timedelta

import pytest
import time_machine

from audit.models import Event
from core import clock
from core.errors import NotNow, NotYours
from mail.models import Message
from scoring import reminding
from scoring.reminding import ENTRANTS, JURORS
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    MessageFactory,
    RepresentativeFactory,
    SheetFactory,
    SubmissionFactory,
)
from tests.mail.outbox import letter, told

pytestmark = pytest.mark.django_db
DRAFTS, SHEETS = "submissions.drafts_wait", "scoring.sheets_wait"


def in_days(days):
    return clock.now() + timedelta(days=days)


def coordinator_of(contest):
    return CoordinatorFactory(contest=contest).person


@pytest.fixture
def collecting():
    return ContestFactory(phase="open", closes_at=in_days(10))


@pytest.fixture
def judging():
    return ContestFactory(phase="judging", judging_closes_at=in_days(10))


def speaker_of(entry):
    return RepresentativeFactory(organisation=entry.organisation).person


# --- Entrants ------------------------------------------------------------------------


def test_one_letter_an_address_names_all_that_is_not_sent(collecting):
    draft = SubmissionFactory(contest=collecting, state="draft", title="Šviesa")
    person = speaker_of(draft)
    changed = SubmissionFactory(contest=collecting, state="submitted", title="Tiltas")
    changed.version += 1
    changed.save()
    RepresentativeFactory(organisation=changed.organisation, person=person)
    sent = SubmissionFactory(contest=collecting, state="submitted", title="Sodas")
    speaker_of(sent)
    withdrawn = SubmissionFactory(contest=collecting, state="withdrawn")
    speaker_of(withdrawn)

    reminded = reminding.remind(
        contest=collecting, whom=ENTRANTS, by=coordinator_of(collecting)
    )

    assert (reminded.recipients, reminded.queued) == (1, 1)
    message = letter(DRAFTS)
    assert message.to == person.email
    assert f"> „Šviesa“, {draft.organisation.name}, iki 2" in message.text
    assert f"> „Tiltas“, {changed.organisation.name}, iki 2" in message.text
    assert "Sodas" not in message.text


def test_a_hostile_title_in_a_list_stays_on_its_line(collecting):
    draft = SubmissionFactory(
        contest=collecting, state="draft", title="a\nb <b>{until}</b>"
    )
    speaker_of(draft)

    reminding.remind(contest=collecting, whom=ENTRANTS, by=coordinator_of(collecting))

    assert "> „a b <b>{until}</b>“, " in letter(DRAFTS).text
    assert "a b &lt;b&gt;{until}&lt;/b&gt;" in letter(DRAFTS).html


def test_what_waits_to_be_corrected_is_reminded_of_in_its_own_time():
    contest = ContestFactory(phase="eligibility")
    entry = SubmissionFactory(contest=contest, state="returned")
    late = SubmissionFactory(contest=contest, state="draft")
    person = speaker_of(entry)
    speaker_of(late)

    reminding.remind(contest=contest, whom=ENTRANTS, by=coordinator_of(contest))

    assert told(DRAFTS) == [person.email]


def test_a_day_has_one_reminder_for_an_address(collecting):
    speaker_of(SubmissionFactory(contest=collecting, state="draft"))
    by = coordinator_of(collecting)

    first = reminding.remind(contest=collecting, whom=ENTRANTS, by=by)
    again = reminding.remind(contest=collecting, whom=ENTRANTS, by=by)
    with time_machine.travel(in_days(1)):
        tomorrow = reminding.remind(contest=collecting, whom=ENTRANTS, by=by)

    assert [first.queued, again.queued, tomorrow.queued] == [1, 0, 1]
    kept = Event.objects.filter(action="scoring.remind_entrants")
    assert [event.details["queued"] for event in kept] == [1, 0, 1]


# --- Jurors --------------------------------------------------------------------------


def test_jurors_with_open_sheets_are_reminded_and_others_are_not(judging):
    entry = SubmissionFactory(contest=judging)
    late = AssignmentFactory(submission=entry).juror
    done = SheetFactory(
        assignment__submission=entry, state="sent", sent_at=clock.now()
    ).assignment.juror
    AssignmentFactory(submission=entry, in_conflict=True)
    removed = AssignmentFactory(submission=entry).juror
    removed.removed_at, removed.removed_reason = clock.now(), "Išvyko"
    removed.save()

    reminded = reminding.remind(
        contest=judging, whom=JURORS, by=coordinator_of(judging)
    )

    assert reminded.recipients == 1
    message = letter(SHEETS)
    assert message.to == late.person.email != done.person.email
    assert "1 iš 1" in message.text
    assert f"/judging/{judging.slug}/" in message.text


@pytest.mark.parametrize(("whom", "phase"), [(ENTRANTS, "judging"), (JURORS, "open")])
def test_a_reminder_has_its_time(whom, phase):
    contest = ContestFactory(phase=phase)

    with pytest.raises(NotNow):
        reminding.remind(contest=contest, whom=whom, by=coordinator_of(contest))


# --- By itself -----------------------------------------------------------------------


@pytest.mark.parametrize(("days", "is_near"), [(2.9, True), (3.1, False)])
def test_the_house_reminds_some_days_before_the_deadline(days, is_near, settings):
    settings.REMIND_BEFORE = timedelta(days=3)
    contest = ContestFactory(phase="open", closes_at=in_days(days))
    speaker_of(SubmissionFactory(contest=contest, state="draft"))

    assert [reminding.remind_in_time() for _ in range(2)] == [int(is_near), 0]


def test_a_moved_deadline_is_reminded_of_anew(collecting):
    entry = SubmissionFactory(contest=collecting, state="draft")
    speaker_of(entry)
    for days in (2, 3):
        entry.extended_until = in_days(20) if days == 3 else None
        entry.save()
        with time_machine.travel(collecting.closes_at - timedelta(days=1)):
            reminding.remind_in_time()
    with time_machine.travel(in_days(19)):
        reminding.remind_in_time()

    assert len(told(DRAFTS)) == 2


@pytest.mark.parametrize(("days", "is_near"), [(2, True), (4, False), (-1, False)])
def test_the_house_reminds_jurors_before_the_date_of_the_timetable(days, is_near):
    contest = ContestFactory(phase="judging", judging_closes_at=in_days(days))
    AssignmentFactory(submission__contest=contest)

    assert [reminding.remind_in_time() for _ in range(2)] == [int(is_near), 0]


# --- Over the interface --------------------------------------------------------------


def test_a_preview_counts_and_shows_and_sends_nothing(collecting):
    for _ in range(3):
        speaker_of(SubmissionFactory(contest=collecting, state="draft"))
    person = Person(coordinator_of(collecting))
    where = f"contests/{collecting.slug}/reminders/entrants/"

    shown = person.get(where)
    assert Message.objects.count() == 0
    sent = person.post(where, {})

    assert shown.json()["recipients"] == 3
    assert shown.json()["sample"]["language"] == "lt"
    assert "išsaugotos, bet nepateiktos" in shown.json()["sample"]["text"]
    assert (sent.status_code, sent.json()) == (200, {"recipients": 3, "queued": 3})


def test_a_preview_keeps_to_itself_what_stands_in_a_draft(collecting):
    draft = SubmissionFactory(contest=collecting, state="draft", title="Slaptas")
    speaker_of(draft)
    person = Person(coordinator_of(collecting))

    shown = person.get(f"contests/{collecting.slug}/reminders/entrants/").json()

    assert "Slaptas" not in str(shown)
    assert f"„…“, {draft.organisation.name}, iki 2" in shown["sample"]["text"]


def test_a_preview_tells_whom_a_reminder_would_still_reach(collecting):
    speaker_of(SubmissionFactory(contest=collecting, state="draft"))
    person = Person(coordinator_of(collecting))
    where = f"contests/{collecting.slug}/reminders/entrants/"

    person.post(where, {})
    late = speaker_of(SubmissionFactory(contest=collecting, state="draft"))
    shown = person.get(where).json()

    assert (shown["recipients"], shown["new"]) == (2, 1)
    person.post(where, {})
    assert told(DRAFTS).count(late.email) == 1


def test_messages_are_listed_with_the_undelivered_first_and_without_texts(judging):
    MessageFactory(contest_id=judging.pk, sent=True)
    lost = MessageFactory(
        contest_id=judging.pk,
        undelivered=True,
        error="Mail cannot be sent to this address.",
        template=SHEETS,
        text="PASLAPTIS",
    )
    MessageFactory()
    person = Person(coordinator_of(judging))

    answer = person.get(f"contests/{judging.slug}/messages/")

    assert [row["state"] for row in answer.json()["results"]] == ["undelivered", "sent"]
    first = answer.json()["results"][0]
    assert (first["to"], first["kind"]) == (lost.to, SHEETS)
    assert first["kind_label"] == "Reminder of sheets that were not sent"
    assert first["error"] == "Mail cannot be sent to this address."
    assert "PASLAPTIS" not in answer.content.decode()


def test_an_undelivered_message_is_sent_again(judging):
    lost = MessageFactory(contest_id=judging.pk, undelivered=True)
    person = Person(coordinator_of(judging))

    answer = person.post(f"contests/{judging.slug}/messages/{lost.pk}/retry/", {})

    assert (answer.status_code, answer.json()["state"]) == (200, "waiting")
    again = person.post(f"contests/{judging.slug}/messages/{lost.pk}/retry/", {})
    assert (again.status_code, again.json()["code"]) == (409, "not_undelivered")


def test_a_message_of_another_contest_is_not_there(judging):
    lost = MessageFactory(undelivered=True)

    with pytest.raises(NotYours):
        reminding.retry_message(
            contest=judging, message_id=lost.pk, by=coordinator_of(judging)
        )
