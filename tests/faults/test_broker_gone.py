"""Losing the broker, or every message in it, delays work and loses nothing."""

import time

import pytest
from celery import current_app
from kombu import Connection
from kombu.exceptions import OperationalError
from redis import Redis

from config.embedded.valkey import Valkey
from exports.models import Export
from jobs.models import Job
from jobs.services import RUN_JOB
from mail.models import Message
from tests.api import Person
from tests.factories import CoordinatorFactory, JobFactory, UserFactory
from tests.faults.odd_jobs import COUNTED, POISON
from tests.faults.workers import LEASE_SECONDS, wait_for, worker
from tests.mail.post_office import post_office

pytestmark = [
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(300),
]
PATIENCE = 120  # seconds, on a busy machine
QUEUED = 100


@pytest.fixture
def valkey(tmp_path):
    """A broker of the test's own: it may be flushed and stopped."""
    with Valkey(tmp_path / "valkey", log=tmp_path / "valkey.log", durable=False) as it:
        yield it


@pytest.fixture
def ringing_at(monkeypatch):
    """Let this process ring at another broker, until the test ends."""

    def ring_at(url):
        monkeypatch.setenv("CELERY_BROKER_URL", url)  # Celery reads it first
        _forget_connections()

    yield ring_at
    monkeypatch.undo()
    _forget_connections()


def _forget_connections():
    app = current_app._get_current_object()
    app._pool = app.amqp._producer_pool = None


def ring(url, jobs, times=1):
    with Connection(url) as connection:
        for job in list(jobs) * times:
            current_app.send_task(
                RUN_JOB, kwargs={"job_id": str(job.pk)}, connection=connection
            )


def counted(tmp_path, count, **parameters):
    marks = tmp_path / "marks.txt"
    marks.touch()
    parameters["marks"] = str(marks)
    return marks, JobFactory.create_batch(count, kind=COUNTED, parameters=parameters)


def all_done(jobs):
    return lambda _job: (
        Job.objects.filter(pk__in=[job.pk for job in jobs], state="done").count()
        == len(jobs)
    )


def test_a_file_is_asked_for_while_the_broker_is_away_and_made_later(
    tmp_path, ringing_at
):
    coordinator = CoordinatorFactory()
    person = Person(coordinator.person)
    with Valkey(tmp_path / "v", log=tmp_path / "v.log", durable=False) as gone:
        dead = gone.broker_url

    ringing_at(dead)
    with pytest.raises(OperationalError):
        current_app.send_task(RUN_JOB, kwargs={"job_id": "0"}, retry=False)
    began = time.monotonic()
    answer = person.post(f"contests/{coordinator.contest.slug}/exports/", {})
    took = time.monotonic() - began
    status = person.get(f"exports/{answer.json()['id']}/")

    assert (answer.status_code, status.json()["state"]) == (202, "queued")
    assert took < 15
    job = Export.objects.get(pk=answer.json()["id"]).job
    with (
        Valkey(tmp_path / "w", log=tmp_path / "w.log", durable=False) as back,
        worker(tmp_path, broker=back.broker_url),
    ):
        assert wait_for(job, lambda j: j.state == "done", seconds=PATIENCE)


@pytest.mark.slow
def test_a_code_is_asked_for_while_the_broker_is_away_and_mailed_later(
    tmp_path, ringing_at
):
    person = UserFactory()
    with Valkey(tmp_path / "v", log=tmp_path / "v.log", durable=False) as gone:
        ringing_at(gone.broker_url)

    began = time.monotonic()
    answer = Person(None).post("auth/code/", {"email": person.email})
    took = time.monotonic() - began

    assert (answer.status_code, took < 15) == (202, True)
    code = Message.objects.get()
    with (
        post_office() as office,
        Valkey(tmp_path / "w", log=tmp_path / "w.log", durable=False) as back,
        worker(tmp_path, broker=back.broker_url, EMAIL_URL=office.url),
    ):
        assert wait_for(code, lambda m: m.state == "sent", seconds=PATIENCE)
    assert office.addresses == [person.email]
    assert code.text == ""


def test_jobs_whose_messages_were_flushed_all_finish(tmp_path, valkey):
    marks, jobs = counted(tmp_path, QUEUED)
    ring(valkey.broker_url, jobs)
    with Redis(unix_socket_path=str(valkey.socket)) as client:
        assert client.dbsize() > 0
        client.flushall()

    with worker(tmp_path, broker=valkey.broker_url):
        assert wait_for(jobs[0], all_done(jobs), seconds=PATIENCE)

    assert len(marks.read_text().split()) == QUEUED


@pytest.mark.slow
def test_without_the_sweeper_flushed_messages_are_lost(tmp_path, valkey):
    """The control: the same flush, and nobody who rings again."""
    marks, jobs = counted(tmp_path, 3)
    ring(valkey.broker_url, jobs)
    with Redis(unix_socket_path=str(valkey.socket)) as client:
        client.flushall()

    with worker(tmp_path, broker=valkey.broker_url, sweeps=False):
        done = wait_for(jobs[0], all_done(jobs), seconds=LEASE_SECONDS * 3)

    assert not done
    assert marks.read_text() == ""


@pytest.mark.slow
def test_a_message_delivered_five_times_at_once_is_one_result(tmp_path, valkey):
    marks, jobs = counted(tmp_path, 2, seconds=1)
    ring(valkey.broker_url, jobs, times=5)

    with worker(tmp_path, broker=valkey.broker_url, concurrency=5):
        assert wait_for(jobs[0], all_done(jobs), seconds=PATIENCE)
        time.sleep(1)  # the other deliveries come to nothing

    assert sorted(marks.read_text().split()) == sorted(str(job.pk) for job in jobs)
    assert {job.attempts for job in Job.objects.all()} == {1}


@pytest.mark.slow
def test_a_job_that_kills_its_worker_does_not_starve_the_others(tmp_path, valkey):
    poison = JobFactory(kind=POISON)
    _marks, jobs = counted(tmp_path, 5)
    ring(valkey.broker_url, [poison, *jobs])

    with worker(tmp_path, broker=valkey.broker_url):
        assert wait_for(jobs[0], all_done(jobs), seconds=PATIENCE)
        given_up = wait_for(poison, lambda j: j.state == "failed", seconds=PATIENCE)

    assert given_up
    assert (poison.attempts, poison.error != "") == (3, True)
