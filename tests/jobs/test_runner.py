"""Long work is a row: claimed once, leased, given up after three deaths."""

import os
import time
import uuid
from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

from core import clock
from jobs import files, kinds, runner, services, tasks
from jobs.models import Job
from tests.core.races import at_once
from tests.factories import JobFactory

pytestmark = pytest.mark.django_db

KIND = "tests.nothing"
A_MINUTE_AGO = clock.now() - timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.JOB_FILES_DIR = tmp_path / "jobs"


@pytest.fixture
def runs(monkeypatch):
    """Register a runner for the kind that the factory makes."""

    def register(run):
        monkeypatch.setitem(kinds._RUNNERS, KIND, run)

    return register


def write(work):
    work.progress(0, 2)
    work.open_file("txt").write(b"done")


def in_folder():
    folder = settings.JOB_FILES_DIR
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_job_is_done_once_with_its_file(runs):
    runs(write)
    job = JobFactory()

    for _ in range(2):
        runner.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.done, job.total) == ("done", 1, 2, 2)
    assert (job.file_size, in_folder()) == (4, [job.file_name])
    assert files.path_of(job.file_name).read_bytes() == b"done"


def test_a_refusal_fails_the_job_with_its_sentence(runs):
    def refuse(work):
        work.open_file("txt").write(b"half")
        raise kinds.Refused("Nobody may have it.")

    runs(refuse)
    job = JobFactory()

    runner.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error, in_folder()) == ("failed", "Nobody may have it.", [])


def test_a_mistake_fails_the_job_with_a_sentence_and_is_not_hidden(runs):
    def stumble(work):
        work.open_file("txt").write(b"half")
        raise ZeroDivisionError("secret")

    runs(stumble)
    job = JobFactory()

    with pytest.raises(ZeroDivisionError):
        runner.run(job.pk)

    job.refresh_from_db()
    assert (job.state, in_folder()) == ("failed", [])
    assert "secret" not in job.error


def test_an_unknown_kind_fails_with_a_sentence():
    job = JobFactory()

    with pytest.raises(KeyError):
        runner.run(job.pk)

    job.refresh_from_db()
    assert job.state == "failed"


def test_a_job_under_way_is_left_to_its_worker(runs):
    runs(write)
    job = JobFactory(running=True)

    runner.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("running", 1)


def test_a_job_whose_worker_died_is_taken_over(runs):
    runs(write)
    job = JobFactory(running=True, lease_until=clock.now() - timedelta(seconds=1))

    runner.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)


def test_who_lost_the_lease_stops_and_leaves_nothing(runs):
    def slow(work):
        work.open_file("txt").write(b"half")
        Job.objects.update(lease_token=uuid.uuid4())
        work.progress(1, 2)

    runs(slow)
    job = JobFactory()

    runner.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.file_name, in_folder()) == ("running", "", [])


def test_who_lost_the_lease_at_the_very_end_hands_nothing_in(runs):
    def slow(work):
        write(work)
        Job.objects.update(lease_token=uuid.uuid4())

    runs(slow)
    job = JobFactory()

    runner.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.file_name) == ("running", "")


def test_who_lost_the_lease_at_the_very_end_leaves_no_file(runs):
    def slow(work):
        write(work)
        Job.objects.update(lease_token=uuid.uuid4())

    runs(slow)

    runner.run(JobFactory().pk)

    assert in_folder() == []


def test_who_lost_the_lease_and_is_refused_stops_quietly(runs):
    def slow(_work):
        Job.objects.update(lease_token=uuid.uuid4())
        raise kinds.Refused("No.")

    runs(slow)

    runner.run(JobFactory().pk)


def test_progress_is_stored_at_most_once_a_second(runs, django_assert_num_queries):
    def chatter(work):
        with django_assert_num_queries(1):
            for done in range(50):
                work.progress(done, 50)

    runs(chatter)

    runner.run(JobFactory().pk)


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_a_job_rung_for_by_many_is_claimed_by_one(runs):
    runs(lambda work: work.open_file("txt").write(b"done"))
    job = JobFactory()

    at_once([lambda: runner.run(job.pk)] * 5)

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 1)


# --- Sweeping ----------------------------------------------------------------------


@pytest.fixture
def rung(monkeypatch):
    """Which jobs were rung for."""
    heard = []
    monkeypatch.setattr(services, "ring", heard.append)
    return heard


def test_sweep_rings_for_those_without_a_worker(rung):
    waiting = JobFactory()
    dead = JobFactory(running=True, lease_until=clock.now() - timedelta(seconds=1))
    JobFactory(running=True)
    JobFactory(failed=True)

    assert services.sweep() == 2
    assert set(rung) == {waiting.pk, dead.pk}


def test_sweep_gives_up_on_what_killed_three_workers(rung):
    job = JobFactory(
        running=True, attempts=3, lease_until=clock.now() - timedelta(seconds=1)
    )

    services.sweep()

    job.refresh_from_db()
    assert (job.state, rung) == ("failed", [])
    assert job.error


def test_the_third_attempt_is_still_made(runs):
    runs(write)
    job = JobFactory(
        running=True, attempts=2, lease_until=clock.now() - timedelta(seconds=1)
    )

    runner.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 3)


def test_sweeping_removes_old_files_of_no_job(rung):  # noqa: ARG001 - its fixture stands in for the broker
    kept = JobFactory(content=b"kept")
    for name, days in ((kept.file_name, 2), ("orphan", 2), ("young", 0)):
        path = files.path_of(name)
        path.write_bytes(b"x")
        old = time.time() - days * 24 * 3600
        os.utime(path, (old, old))

    tasks.sweep()

    assert in_folder() == sorted([kept.file_name, "young"])


def test_a_broker_that_is_away_delays_and_loses_nothing(
    monkeypatch, django_capture_on_commit_callbacks
):
    def away(*_args, **_kwargs):
        raise OperationalError("no broker")

    monkeypatch.setattr(current_app, "send_task", away)

    with django_capture_on_commit_callbacks(execute=True) as rings:
        job = services.enqueue(kind=KIND, parameters={}, requester_id=uuid.uuid4())

    assert len(rings) == 1
    assert Job.objects.get() == job


def test_the_bell_rings_only_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as rings:
        services.enqueue(kind=KIND, parameters={}, requester_id=uuid.uuid4())

    assert len(rings) == 1


@pytest.mark.parametrize(
    ("made", "is_rung"),
    [
        pytest.param({}, False, id="just-now"),
        pytest.param(
            {"created_at": clock.now() - timedelta(minutes=1)}, True, id="long"
        ),
        pytest.param({"running": True}, False, id="under-way"),
        pytest.param({"failed": True}, False, id="failed"),
    ],
)
def test_who_looks_at_a_waiting_job_rings_for_it(rung, made, is_rung):
    job = JobFactory(**made)

    services.ring_if_waiting(job)

    assert bool(rung) is is_rung
