"""What is due is sent once, codes first; what fails is tried again, or told."""

from datetime import timedelta

import pytest
import time_machine

from core import clock
from mail import runner, services
from mail.models import Message
from tests.core.races import at_once
from tests.factories import MessageFactory
from tests.mail.post_office import SMTP_BACKEND, free_port, html_of, text_of

pytestmark = pytest.mark.django_db
State = Message.State


def state_of(message):
    message.refresh_from_db()
    return message.state


# --- Sending -------------------------------------------------------------------------


def test_a_message_arrives_as_it_was_written(office, settings):
    settings.DEFAULT_FROM_EMAIL = "Sumani <sumani@example.lt>"
    message = MessageFactory(
        subject="Paraiška „Ąžuolų šventė“ gauta",
        text="Ačiū už paraišką.\n",
        html="<p>Ačiū už paraišką.</p>",
        sender_name="Lietuvos kaimo bendruomenių sąjunga",
        reply_to="lkbs@example.lt",
    )

    assert runner.send_due() == 1

    sent = office.letter_to(message.to)
    assert sent["Subject"] == "Paraiška „Ąžuolų šventė“ gauta"
    assert sent["To"] == message.to
    assert sent["From"] == "Lietuvos kaimo bendruomenių sąjunga <sumani@example.lt>"
    assert sent["Reply-To"] == "lkbs@example.lt"
    assert sent["Message-ID"] == message.message_id
    assert sent["Auto-Submitted"] == "auto-generated"
    assert text_of(sent).strip() == "Ačiū už paraišką."
    assert html_of(sent).strip() == "<p>Ačiū už paraišką.</p>"


def test_a_message_is_sent_once(office):
    message = MessageFactory()

    for _ in range(3):
        runner.send_due()

    assert office.addresses == [message.to]
    assert (state_of(message), message.attempts, message.error) == ("sent", 1, "")
    assert message.lease_token is None


def test_a_message_that_is_held_is_left_to_its_sender(office):
    MessageFactory(held=True)

    runner.send_due()

    assert office.addresses == []


def test_a_message_whose_sender_died_is_taken_over(office):
    message = MessageFactory(held=True, due_at=clock.now() - timedelta(seconds=1))

    runner.send_due()

    assert office.addresses == [message.to]
    assert (state_of(message), message.attempts, message.lapses) == ("sent", 2, 0)


def test_who_lost_the_lease_no_longer_writes_to_the_row(office):
    message = MessageFactory(held=True)
    stale = Message.objects.get(pk=message.pk)
    stale.lease_token = message.pk

    runner._update(stale, state=State.UNDELIVERED, error="late")

    assert state_of(message) == "sending"
    assert office.addresses == []


def test_a_message_that_stops_every_sender_is_given_up(office):
    past = clock.now() - timedelta(seconds=1)
    message = MessageFactory(held=True, lapses=2, attempts=3, due_at=past)

    runner.send_due()

    assert (state_of(message), office.addresses) == ("undelivered", [])
    assert "stopped in the middle" in message.error


@pytest.mark.django_db(transaction=True)
def test_many_senders_send_each_message_once(office):
    messages = MessageFactory.create_batch(20)

    at_once([runner.send_due] * 4)

    assert sorted(office.addresses) == sorted(message.to for message in messages)


@pytest.mark.django_db(transaction=True)
def test_without_the_claim_each_message_would_come_several_times(office):
    """The control: senders that read what is due, and claim nothing."""

    def read_only():
        found = Message.objects.filter(state="waiting").first()
        return Message.objects.filter(pk=found.pk, state="waiting").first()

    MessageFactory()
    office.held, office.after_text = Message.objects.get().to, True

    def send():
        with runner._line() as line:
            return runner._send(line, read_only())

    def let_go():
        while len(office.messages) < 2:
            office.reached.wait(0.01)
        office.go_on.set()

    at_once([send, send, let_go])

    assert len(office.messages) == 2


# --- Order and rate ------------------------------------------------------------------


def test_a_code_overtakes_five_hundred_messages_to_many(office, settings, monkeypatch):
    settings.MAIL_MASS_PER_MINUTE = 10_000
    monkeypatch.setattr(runner, "_AT_ONCE", 0.5)
    bells = []
    monkeypatch.setattr(services, "ring", lambda: bells.append(1))
    MessageFactory.create_batch(500, mass=True)
    personal, code = MessageFactory(), MessageFactory(code=True)

    sent = runner.send_due()

    assert office.addresses[:2] == [code.to, personal.to]
    assert (2 < sent < 502, bells) == (True, [1])  # the rest has its turn after others


def test_a_code_that_comes_while_many_are_sent_is_the_next(
    office, settings, monkeypatch
):
    settings.MAIL_MASS_PER_MINUTE = 10_000
    MessageFactory.create_batch(5, mass=True)
    send, codes = runner._send, []

    def send_and_be_asked_for_a_code(line, message):
        if not codes:
            codes.append(MessageFactory(code=True))
        return send(line, message)

    monkeypatch.setattr(runner, "_send", send_and_be_asked_for_a_code)
    runner.send_due()

    assert office.addresses.index(codes[0].to) == 1


def test_mass_mail_keeps_to_its_rate_and_others_do_not_wait_for_it(office, settings):
    settings.MAIL_MASS_PER_MINUTE = 3
    MessageFactory.create_batch(5, mass=True)

    first = runner.send_due()
    personal = MessageFactory()
    second = runner.send_due()
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        third = runner.send_due()

    assert (first, second, third) == (3, 1, 2)
    assert office.addresses[3] == personal.to


# --- What fails ----------------------------------------------------------------------


def test_an_address_that_is_refused_for_good_is_not_tried_again(office):
    message, other = MessageFactory(), MessageFactory()
    office.answers[message.to] = "550 5.1.1 No such user"

    runner.send_due()
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        runner.send_due()

    assert (state_of(message), message.attempts) == ("undelivered", 1)
    assert message.server_said == "550 5.1.1 No such user"
    assert message.error.startswith("The recipient's mail server refused")
    assert office.addresses == [other.to]


def test_a_text_that_is_refused_for_good_is_not_tried_again(office):
    message = MessageFactory()
    office.verdicts[message.to] = "554 5.7.1 Looks like spam"

    runner.send_due()

    assert (state_of(message), message.server_said) == (
        "undelivered",
        "554 5.7.1 Looks like spam",
    )


@pytest.mark.parametrize("stage", ["answers", "verdicts"])
def test_a_server_that_asks_to_wait_is_asked_again_later(office, stage):
    message = MessageFactory()
    getattr(office, stage)[message.to] = "451 4.7.1 Greylisted"

    runner.send_due()
    getattr(office, stage).clear()
    runner.send_due()

    assert (state_of(message), office.addresses) == ("waiting", [])
    assert message.error == "The mail server asked to try again later."
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        runner.send_due()
    assert (state_of(message), message.attempts, message.error) == ("sent", 2, "")


def test_a_line_that_breaks_in_the_text_delays_that_message_alone(office):
    broken, other = MessageFactory(), MessageFactory()
    office.dropping.add(broken.to)

    runner.send_due()

    assert (state_of(broken), state_of(other)) == ("waiting", "sent")
    assert broken.error == "The connection to the mail server failed or broke off."


def test_a_server_that_says_nothing_is_left_after_a_time(office, settings):
    settings.EMAIL_TIMEOUT = 0.2
    message = MessageFactory()
    office.held = message.to

    runner.send_due()

    assert (state_of(message), message.attempts) == ("waiting", 1)
    assert "timed out" in message.server_said


def test_a_server_that_is_away_costs_no_message(settings):
    settings.EMAIL_BACKEND = SMTP_BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    messages = MessageFactory.create_batch(10)

    assert runner.send_due() == 0

    tried = [message.attempts for message in Message.objects.all()]
    assert sorted(tried) == [0] * 7 + [1] * 3  # then it is left in peace
    assert {state_of(message) for message in messages} == {"waiting"}


def test_an_address_that_is_none_is_not_tried_again(office):
    message = MessageFactory(to="@example.org")

    runner.send_due()

    assert (state_of(message), message.error, office.addresses) == (
        "undelivered",
        "Mail cannot be sent to this address.",
        [],
    )


def test_a_header_that_breaks_its_line_never_leaves(office):
    message = MessageFactory(subject="Hello\r\nBcc: everybody@example.org")

    runner.send_due()

    assert (state_of(message), office.addresses) == ("undelivered", [])


def test_a_mistake_of_ours_is_not_hidden(office, monkeypatch):
    message, other = MessageFactory(priority=1), MessageFactory()

    def stumble(_message):
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(runner, "_mime", stumble)
        with pytest.raises(ZeroDivisionError):
            runner.send_due()
    runner.send_due()

    assert (state_of(message), state_of(other)) == ("sending", "sent")
    assert office.addresses == [other.to]


def test_waiting_grows_and_ends_after_some_days(office):
    message = MessageFactory()
    office.answers[message.to] = "450 4.2.0 Mailbox busy"
    now, tries = clock.now(), 0

    while state_of(message) == "waiting":
        with time_machine.travel(now):
            runner.send_due()
        message.refresh_from_db()
        now, tries = max(message.due_at, now) + timedelta(seconds=1), tries + 1

    assert (message.state, message.server_said) == (
        "undelivered",
        "450 4.2.0 Mailbox busy",
    )
    assert timedelta(days=2.9) < now - message.created_at < timedelta(days=3.1)
    assert 70 < tries < 90


# --- Codes ---------------------------------------------------------------------------


def test_a_code_is_tried_again_within_seconds(office):
    code = MessageFactory(code=True)
    office.answers[code.to] = "451 4.7.1 Later"

    runner.send_due()

    code.refresh_from_db()
    assert code.due_at - code.tried_at < timedelta(seconds=6)
    assert code.text != ""


@pytest.mark.parametrize("fate", ["sent", "refused", "late"])
def test_a_code_that_is_over_cannot_be_read(office, fate):
    code = MessageFactory(code=True, subject="123456", text="123456", html="123456")
    if fate == "refused":
        office.answers[code.to] = "550 No"
    if fate == "late":
        Message.objects.update(tried_until=clock.now())

    runner.send_due()

    (row,) = Message.objects.values()
    assert row["state"] == ("sent" if fate == "sent" else "undelivered")
    assert row["erased_at"] is not None
    assert "123456" not in str(row)
    assert bool(office.addresses) is (fate == "sent")
