"""What is posted is one row an address and occasion, and rung for after the commit."""

from datetime import timedelta
from uuid import uuid4

import pytest
from celery import current_app
from django.db import IntegrityError, transaction
from kombu.exceptions import OperationalError

from audit.models import Event
from core import clock
from core.errors import Conflict
from mail import redirecting, rendering, runner, selectors, services
from mail.letters import Letter, Recipient, Sender
from mail.models import Message
from mail.redirecting import redirects
from tests.factories import MessageFactory, UserFactory
from tests.mail.templates import PLAIN

pytestmark = pytest.mark.django_db
SENDER = Sender("LKBS", "+370 5 000 0000", "lkbs@example.lt", uuid4())


def letter(address="ona@example.org", occasion="a", name="Ona"):
    to = Recipient(address, "en", uuid4())
    return Letter(PLAIN, to, occasion=occasion, values={"name": name})


# --- Posting -------------------------------------------------------------------------


def test_a_letter_becomes_a_row_that_waits():
    assert services.post(letter(), sender=SENDER) == 1

    row = Message.objects.get()
    assert (row.to, row.language, row.state) == ("ona@example.org", "en", "waiting")
    assert (row.contest_id, row.reply_to) == (SENDER.contest_id, "lkbs@example.lt")
    assert row.subject == "A letter for Ona"
    assert "LKBS, +370 5 000 0000, lkbs@example.lt" in row.text
    assert "LKBS, +370 5 000 0000, lkbs@example.lt" in row.html
    assert row.message_id == f"<{row.pk}@localhost>"


def test_nobody_is_told_the_same_thing_twice():
    services.post(letter(), sender=SENDER)

    assert services.post(letter("Ona@Example.org"), sender=SENDER) == 0
    assert services.post(letter(occasion="b"), sender=SENDER) == 1
    assert Message.objects.count() == 2


def test_people_behind_one_address_get_one_letter():
    posted = services.post(letter(name="Ona"), letter(name="Jonas"), sender=SENDER)

    assert posted == 1
    assert Message.objects.get().subject == "A letter for Ona"


def test_who_has_no_address_gets_nothing():
    assert services.post(letter(""), sender=SENDER) == 0


def test_a_thousand_letters_are_written_with_few_queries(django_assert_max_num_queries):
    letters = [letter(f"n{number}@example.org") for number in range(1000)]

    with django_assert_max_num_queries(8):
        assert services.post(*letters, sender=SENDER) == 1000


def test_the_bell_rings_once_and_only_after_the_commit(
    django_capture_on_commit_callbacks,
):
    with django_capture_on_commit_callbacks() as rings:
        services.post(letter(), letter("b@example.org"), sender=SENDER)

    assert rings == [services.ring]


def test_what_is_rolled_back_is_never_sent(django_capture_on_commit_callbacks):
    @transaction.atomic
    def stumble():
        services.post(letter(), sender=SENDER)
        raise ZeroDivisionError

    with django_capture_on_commit_callbacks() as rings:
        with pytest.raises(ZeroDivisionError):
            stumble()

    assert (rings, Message.objects.count()) == ([], 0)


def test_a_broker_that_is_away_delays_and_loses_nothing(
    monkeypatch, django_capture_on_commit_callbacks
):
    def away(*_args, **_kwargs):
        raise OperationalError("no broker")

    monkeypatch.setattr(current_app, "send_task", away)

    with django_capture_on_commit_callbacks(execute=True):
        services.post(letter(), sender=SENDER)

    assert runner.send_due() == 1  # as the clock of the workers asks for


# --- Whose mail goes to somebody else ------------------------------------------------


@pytest.fixture
def rehearsal(monkeypatch):
    monkeypatch.setattr(redirecting, "_REDIRECTS", [])
    coordinator = Recipient("koordinatore@example.lt", "lt", uuid4())

    @redirects
    def to_the_coordinator(contest_id):
        return coordinator if contest_id == SENDER.contest_id else None

    return coordinator


def test_mail_of_a_rehearsal_goes_to_its_coordinator_alone(rehearsal):
    services.post(letter(), letter("jonas@example.org"), sender=SENDER)

    messages = Message.objects.order_by("text")
    assert [message.to for message in messages] == [rehearsal.address] * 2
    assert [message.person_id for message in messages] == [rehearsal.person_id] * 2
    assert "The message was written for jonas@example.org." in messages[0].text
    assert messages[0].language == "en"  # as the real one would read


def test_mail_of_other_contests_goes_to_whom_it_is_for(rehearsal):  # noqa: ARG001 - it is set up
    services.post(letter(), sender=Sender("LKBS", contest_id=uuid4()))
    services.post(letter(occasion="b"), sender=Sender("LKBS"))

    assert {message.to for message in Message.objects.all()} == {"ona@example.org"}
    assert not Message.objects.filter(text__contains="rehearsal").exists()


# --- Previews and lists --------------------------------------------------------------


def test_a_preview_counts_addresses_and_keeps_nothing():
    letters = [letter(), letter("Ona@example.org"), letter("jonas@example.org")]

    preview = selectors.preview(letters, sender=SENDER)

    assert preview.recipients == 2
    assert preview.sample.subject == "A letter for Ona"
    assert Message.objects.count() == 0


def test_a_preview_of_nobody_has_no_sample():
    preview = selectors.preview([], sender=SENDER)

    assert (preview.recipients, preview.sample) == (0, None)


def test_undelivered_messages_of_a_contest_come_first():
    contest_id = uuid4()
    old = MessageFactory(undelivered=True, contest_id=contest_id)
    new = MessageFactory(contest_id=contest_id)
    MessageFactory(contest_id=uuid4())

    assert list(selectors.messages_of(contest_id)) == [old, new]


# --- Again ---------------------------------------------------------------------------


def test_an_undelivered_message_is_tried_again():
    coordinator = UserFactory()
    message = MessageFactory(undelivered=True, attempts=5)

    services.try_again(message=message, by=coordinator)
    runner.send_due()

    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == ("sent", 6, "")
    event = Event.objects.get()
    assert (event.action, event.actor_id) == ("mail.try_again", coordinator.pk)


@pytest.mark.parametrize(
    ("made", "code"),
    [
        ({"sent": True}, "not_undelivered"),
        ({}, "not_undelivered"),
        ({"undelivered": True, "erased": True}, "message_erased"),
    ],
)
def test_only_what_was_not_delivered_and_is_kept_is_tried_again(made, code):
    message = MessageFactory(**made)

    with pytest.raises(Conflict) as refusal:
        services.try_again(message=message, by=UserFactory())

    assert refusal.value.code == code
    assert Event.objects.count() == 0


# --- Erasing -------------------------------------------------------------------------


def test_texts_and_addresses_are_erased_after_their_time(settings):
    settings.MAIL_TEXTS_KEPT = timedelta(days=30)
    long_ago = clock.now() - timedelta(days=31)
    old = MessageFactory(sent=True, sent_at=long_ago, reply_to="a@example.lt")
    lost = MessageFactory(undelivered=True, tried_until=long_ago)
    young, waiting = MessageFactory(sent=True), MessageFactory(created_at=long_ago)

    assert services.erase_outlived() == 2

    for message in (old, lost):
        message.refresh_from_db()
        kept = (message.to, message.reply_to, message.subject, message.text)
        assert (kept, message.html) == (("", "", "", ""), "")
    for message in (young, waiting):
        message.refresh_from_db()
        assert (message.erased_at, message.text) == (None, "Tekstas")


def test_what_was_erased_is_still_not_told_twice(settings):
    services.post(letter(), sender=SENDER)
    runner.send_due()
    settings.MAIL_TEXTS_KEPT = timedelta(0)
    services.erase_outlived()

    assert services.post(letter(), sender=SENDER) == 0


# --- What must be true ---------------------------------------------------------------


@pytest.mark.parametrize(
    "broken",
    [
        {"code": True, "sent": True},
        {"sent": True, "sent_at": None},
        {"state": "waiting", "sent_at": clock.now()},
        {"held": True, "lease_token": None},
        {"lease_token": uuid4()},
        {"undelivered": True, "error": ""},
        {"erased": True, "text": "still here"},
        {"to": ""},
    ],
    ids="-".join,
)
def test_the_database_refuses_what_cannot_be(broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        MessageFactory(**broken)


def test_a_text_that_many_get_is_rendered_once(monkeypatch):
    values, rendered = {"name": "visi"}, []

    def render(letter, sender, meant_for):
        rendered.append(letter.to.language)
        return rendering.render(letter, sender, meant_for=meant_for)

    monkeypatch.setattr(services, "render", render)
    letters = [
        Letter(PLAIN, Recipient(f"n{n}@example.org", language), "a", values)
        for n, language in enumerate(["lt", "en"] * 10)
    ]

    assert services.post(*letters, letter(name="Ona"), sender=SENDER) == 21
    assert rendered == ["lt", "en", "en"]
    assert Message.objects.filter(subject="A letter for visi").count() == 20
