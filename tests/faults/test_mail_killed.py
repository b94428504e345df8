"""A worker that dies among many messages: each still arrives once."""

import time
from datetime import timedelta

import pytest
from celery import current_app

from core import clock
from mail.models import Message
from tests.factories import MessageFactory
from tests.faults.workers import LEASE_SECONDS, kill, wait_for, worker
from tests.mail.post_office import post_office

pytestmark = [
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(240),
]
MANY = 40
PATIENCE = LEASE_SECONDS + 60  # seconds for lease, clock, and a busy machine


@pytest.fixture
def office():
    with post_office() as it:
        yield it


@pytest.fixture
def mass():
    """Messages to many, in the order in which they are due."""
    current_app.control.purge()  # bells of earlier tests
    began = clock.now() - timedelta(hours=1)
    return [
        MessageFactory(mass=True, due_at=began + timedelta(seconds=number))
        for number in range(MANY)
    ]


def is_sent(message):
    return message.state == Message.State.SENT


def all_sent(_message):
    return not Message.objects.exclude(state=Message.State.SENT).exists()


def killed_at(office, message, tmp_path):
    """Kill a worker while the server holds its answer about this message."""
    office.held = message.to
    with worker(tmp_path, EMAIL_URL=office.url) as first:
        assert office.reached.wait(PATIENCE)
        kill(first)
    office.go_on.set()


def test_each_message_arrives_once_when_the_worker_is_killed(office, mass, tmp_path):
    killed_at(office, mass[MANY // 2], tmp_path)
    assert len(office.addresses) == MANY // 2

    with worker(tmp_path, EMAIL_URL=office.url):
        assert wait_for(mass[0], all_sent, seconds=PATIENCE)

    assert sorted(office.addresses) == sorted(message.to for message in mass)


@pytest.mark.slow
def test_without_the_end_of_its_lease_the_message_under_way_is_lost(
    office, mass, tmp_path
):
    """The control: the same death, and a lease that nobody takes over."""
    under_way = mass[MANY // 2]
    killed_at(office, under_way, tmp_path)
    held = Message.objects.filter(state=Message.State.SENDING)
    assert held.update(due_at=clock.now() + timedelta(hours=1)) == 1

    with worker(tmp_path, EMAIL_URL=office.url):
        assert wait_for(mass[-1], is_sent, seconds=PATIENCE)
        time.sleep(LEASE_SECONDS + 2)

    assert under_way.to not in office.addresses
    assert len(office.addresses) == MANY - 1


@pytest.mark.slow
def test_a_death_between_the_servers_word_and_our_row_makes_a_second_copy(
    office, mass, tmp_path
):
    """What SMTP cannot promise; both copies have the same Message-ID."""
    twice = mass[MANY // 2]
    office.after_text = True
    killed_at(office, twice, tmp_path)

    with worker(tmp_path, EMAIL_URL=office.url):
        assert wait_for(mass[0], all_sent, seconds=PATIENCE)

    assert sorted(office.addresses) == sorted(m.to for m in [*mass, twice])
    copies = {m["Message-ID"] for to, m in office.messages if to == twice.to}
    assert copies == {twice.message_id}


@pytest.mark.slow
def test_a_code_is_the_next_that_a_busy_worker_sends(office, mass, tmp_path):
    MessageFactory.create_batch(500 - MANY, mass=True)
    office.held = mass[5].to

    with worker(tmp_path, EMAIL_URL=office.url):
        assert office.reached.wait(PATIENCE)
        code = MessageFactory(code=True)
        office.go_on.set()
        assert wait_for(code, is_sent, seconds=PATIENCE)

    assert office.addresses.index(code.to) == 6
