"""A worker that dies in the middle of an export costs time, never the export."""

import hashlib
from functools import partial
from random import Random

import pytest
from celery import current_app
from openpyxl import load_workbook

from config.demo.seeding import Size, seed_contest
from exports.services import request_export
from jobs import files
from jobs.models import Job
from tests.faults.workers import LEASE_SECONDS, kill, wait_for, worker

pytestmark = [
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(240),
]
# Long enough to be hit in the middle: some two seconds of work.
SIZE = Size(entries=300, jurors=9, criteria=4, share=1.0)
PATIENCE = LEASE_SECONDS + 60  # seconds for lease, sweep, and a busy machine


def is_under_way(job, attempt=1):
    return job.state == Job.State.RUNNING and job.attempts == attempt


def is_done(job):
    return job.state == Job.State.DONE


def told(job, folder):
    """What a failure has to say: the row and the end of the worker's own log."""
    log = (folder / "worker.log").read_text()
    return f"{job.state}, attempt {job.attempts}, {job.error}\n{log[-4000:]}"


def assert_file_is_whole(job):
    path = files.path_of(job.file_name)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == job.file_sha256
    assert len(load_workbook(path).sheetnames) == 10


@pytest.fixture
def job():
    """A wish for a workbook of a judged contest, rung for but not yet taken."""
    current_app.control.purge()  # bells of earlier tests
    contest = seed_contest(slug="killed", size=SIZE, seed=1).contest
    coordinator = contest.coordinators.get().person
    export = request_export(
        contest=contest, file_format="xlsx", language="lt", by=coordinator
    )
    return export.job


def test_an_export_finishes_after_its_worker_was_killed(job, tmp_path):
    with worker(tmp_path) as first:
        assert wait_for(job, is_under_way, seconds=PATIENCE)
        kill(first)

    with worker(tmp_path):
        assert wait_for(job, is_done, seconds=PATIENCE), told(job, tmp_path)

    assert job.attempts == 2
    assert_file_is_whole(job)


@pytest.mark.slow
@pytest.mark.parametrize("delay", [Random(seed).uniform(0, 0.8) for seed in range(8)])
def test_an_export_finishes_whenever_its_worker_is_killed(job, tmp_path, delay):
    with worker(tmp_path) as first:
        assert wait_for(job, is_under_way, seconds=PATIENCE)
        wait_for(job, is_done, seconds=delay)
        kill(first)
    job.refresh_from_db()
    was_cut_off = job.state == Job.State.RUNNING

    with worker(tmp_path):
        assert wait_for(job, is_done, seconds=PATIENCE), told(job, tmp_path)

    assert job.attempts == (2 if was_cut_off else 1)
    assert_file_is_whole(job)


def test_without_the_sweeper_the_export_would_hang(job, tmp_path):
    """The control: the same kill, and nobody who rings again."""
    with worker(tmp_path, sweeps=False) as first:
        assert wait_for(job, is_under_way, seconds=PATIENCE)
        kill(first)

    with worker(tmp_path, sweeps=False):
        finished = wait_for(job, is_done, seconds=LEASE_SECONDS * 3)

    assert not finished
    assert (job.state, job.attempts) == (Job.State.RUNNING, 1)


@pytest.mark.slow
def test_a_job_that_kills_every_worker_is_given_up(job, tmp_path):
    for attempt in (1, 2, 3):
        with worker(tmp_path) as victim:
            taken = partial(is_under_way, attempt=attempt)
            assert wait_for(job, taken, seconds=PATIENCE), job.__dict__
            kill(victim)

    with worker(tmp_path):
        given_up = wait_for(
            job, lambda j: j.state == Job.State.FAILED, seconds=PATIENCE
        )

    assert given_up
    assert job.attempts == 3
    assert job.error != ""
    assert job.file_name == ""
