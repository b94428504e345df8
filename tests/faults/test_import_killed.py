"""A worker that dies while it writes a register leaves all of it, or nothing."""

from io import BytesIO
from random import Random

import pytest
from celery import current_app

import contest.runner
from contest import register_files
from contest.models import Contest
from contest.phases import Phase
from jobs import runner
from jobs.models import Job
from organisations.models import Change, ImportRun, Organisation
from tests.contest import registers
from tests.factories import ContestFactory, CoordinatorFactory
from tests.faults.workers import LEASE_SECONDS, kill, wait_for, worker
from tests.organisations.imports import corpus

pytestmark = [
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(300),
]
ROWS = 4000  # some seconds of work
PATIENCE = LEASE_SECONDS + 90  # seconds for lease, sweep, and a busy machine


def is_under_way(job):
    return job.state == Job.State.RUNNING


def has_read_all(job):
    """The file is read: the register is next."""
    return job.state != Job.State.QUEUED and job.done > ROWS


def is_done(job):
    return job.state == Job.State.DONE


@pytest.fixture
def run(tmp_path):
    """A checked file, its writing asked for and rung, but not yet taken."""
    current_app.control.purge()  # bells of earlier tests
    edition = ContestFactory(phase=Phase.OPEN)
    by = CoordinatorFactory(contest=edition).person
    path = corpus.as_csv(registers.rows(ROWS), tmp_path / "a.csv")
    made = register_files.request_import(
        contest=edition, file=BytesIO(path.read_bytes()), name="a.csv", by=by
    )
    runner.run(made.check_job_id)
    return register_files.request_apply(
        contest=edition, run_id=made.pk, mode="all_or_nothing", by=by
    )


def written():
    return Organisation.objects.count(), Change.objects.count()


def applied(run):
    return ImportRun.objects.get(pk=run.pk).applied_at is not None


def assert_written_once(run):
    assert written() == (ROWS, ROWS)
    assert applied(run)


@pytest.mark.parametrize(
    "reached", [is_under_way, pytest.param(has_read_all, marks=pytest.mark.slow)]
)
def test_a_register_is_whole_or_not_there_when_its_worker_is_killed(
    run, reached, tmp_path
):
    with worker(tmp_path) as first:
        assert wait_for(run.apply_job, reached, seconds=PATIENCE)
        kill(first)
    assert written() == ((ROWS, ROWS) if applied(run) else (0, 0))

    with worker(tmp_path):
        assert wait_for(run.apply_job, is_done, seconds=PATIENCE), (
            tmp_path / "worker.log"
        ).read_text()[-4000:]

    assert_written_once(run)


@pytest.mark.slow
@pytest.mark.parametrize("delay", [Random(seed).uniform(0, 4) for seed in range(8)])
def test_it_is_so_at_whatever_moment_the_worker_is_killed(run, delay, tmp_path):
    with worker(tmp_path) as first:
        assert wait_for(run.apply_job, is_under_way, seconds=PATIENCE)
        wait_for(run.apply_job, is_done, seconds=delay)
        kill(first)
    assert written() == ((ROWS, ROWS) if applied(run) else (0, 0))

    with worker(tmp_path):
        assert wait_for(run.apply_job, is_done, seconds=PATIENCE)

    assert_written_once(run)


class Killed(BaseException):
    """What ends the process in the middle, as far as a test can do that inside."""


@pytest.mark.parametrize("is_one_transaction", [True, False])
def test_without_the_transaction_a_part_would_stay(
    run, is_one_transaction, monkeypatch
):
    """The control: the same end in the middle, with and without the one transaction."""
    add, calls = register_files.importing._add, []

    def killed_in_the_middle(*args):
        calls.append(args)
        if len(calls) == 3:
            raise Killed
        add(*args)

    monkeypatch.setattr(register_files.importing, "_add", killed_in_the_middle)
    content, table, lines = _read(run)
    if is_one_transaction:
        with pytest.raises(Killed):
            register_files.apply_import(
                run=run,
                contest=_contest(run),
                lines=lines,
                table=table,
                by=run.requested_by,
                hold=lambda: None,
            )
    else:
        plan = register_files.importing.planned(lines, table, run.country)
        values = [decision.values for decision in plan.decisions]
        with pytest.raises(Killed):
            add_in_batches(killed_in_the_middle, values, run)

    assert len(content.rows) == ROWS + 1
    assert written() == ((0, 0) if is_one_transaction else (1000, 1000))


def add_in_batches(add, values, run):
    """Write as ``importing.write`` does, each batch for itself."""
    for batch in register_files.importing._batches(values):
        add(batch, run.country, run.requested_by, "")


def _contest(run):
    return Contest.objects.with_course().get(pk=run.contest_id)


class _Unwatched:
    """Work that nobody follows."""

    def progress(self, done, total):
        """Tell nobody."""


def _read(run):
    return contest.runner._read(run, _Unwatched())
