"""Killed while jurors save: every acknowledged score is found again, in the export too.

A database of the test's own that writes to disk, a broker of its own, and a real web
server before them. What was answered with 200 must be the current value or have a
later version in the history; what was refused or never answered may be there or not.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from random import Random
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
import pytest

from config.embedded.processes import Child, short_folder
from config.embedded.valkey import START_TIMEOUT as VALKEY_TIMEOUT
from config.embedded.valkey import Valkey
from tests.faults.storm import Juror, differing, lost, storm
from tests.services.postgres import START_TIMEOUT, PostgreSQL

pytestmark = [pytest.mark.slow, pytest.mark.worker, pytest.mark.timeout(550)]
ROOT = Path(__file__).resolve().parents[2]
ENTRIES, JURORS = 4, 6
SAVES = 30  # at least
SEED = """
from django.core.management import call_command
from accounts.services import issue_token
from tests.factories import *

call_command("migrate", verbosity=0)
contest = ContestFactory(phase="judging", slug="storm")
CoordinatorFactory(contest=contest)
entries = [SubmissionFactory(contest=contest) for _ in range({entries})]
codes = list(contest.criteria.values_list("code", flat=True))
for juror in [JurorFactory(contest=contest) for _ in range({jurors})]:
    token = issue_token(person=juror.person, name="", scope="write").text
    sheets = [AssignmentFactory(submission=entry, juror=juror) for entry in entries]
    mine = {{str(each.pk): each.submission.reference for each in sheets}}
    print("JUROR", [token, f"J{{juror.number:02d}}", mine, codes])

"""
EXPORT = """
from django.core.management import call_command
from exports.services import request_export
from contest.models import Contest
from jobs import files, runner

contest = Contest.objects.get(slug="storm")
by = contest.coordinators.get().person
export = request_export(contest=contest, file_format="json", language="lt", by=by)
runner.run(export.job_id)
export.job.refresh_from_db()
call_command("check_invariants")
print("FILE", files.path_of(export.job.file_name))

"""
CURRENT = """
SELECT sheet_id, criterion.code, steps, version FROM scoring_score AS score
JOIN contest_criterion AS criterion ON criterion.id = score.criterion_id
"""
HISTORY = """
SELECT sheet_id, criterion.code, version, steps FROM scoring_scoreevent AS event
JOIN contest_criterion AS criterion ON criterion.id = event.criterion_id
WHERE event.kind = 'saved'
"""


class Site:
    """A web server with two processes, its database and its broker."""

    def __init__(self, folder, *, cluster, valkey):
        self.folder, self.cluster, self.valkey = folder, cluster, valkey
        self.file = folder / "sumani.sqlite3"
        self.environment = os.environ | {
            "DATABASE_URL": cluster.url if cluster else f"sqlite:///{self.file}",
            "CACHE_URL": valkey.cache_url,
            "CELERY_BROKER_URL": valkey.broker_url,
            "SUMANI_DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
        }
        command = [
            *(sys.executable, "-m", "gunicorn", "config.wsgi:application"),
            *("--bind", "127.0.0.1:0", "--worker-class", "gthread", "--preload"),
            *("--workers", "2", "--threads", "4", "--no-control-socket"),
        ]
        self.web = Child(
            "web", command, log=folder / "web.log", env=self.environment, cwd=ROOT
        )

    @property
    def address(self):
        """Where the web server listens now; it may be another one in a moment."""
        log = self.web.log.read_text() if self.web.log.exists() else ""
        where = urlsplit(log.partition("Listening at: ")[2].partition(" ")[0])
        return where.hostname or "127.0.0.1", where.port or 1

    def answers(self):
        return "Booting worker" in self.web.log.read_text()

    def manage(self, *arguments, text=None):
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env=self.environment,
            cwd=ROOT,
            input=text,
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
        assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
        return done.stdout

    def told(self, word, text):
        """What a piece of code printed after the word, line by line."""
        lines = self.manage("shell", text=text).splitlines()
        return [line.partition(" ")[2] for line in lines if line.startswith(word)]

    def rows(self, statement):
        """Ask the database itself."""
        with self._connected() as connection:
            return [
                (str(UUID(str(sheet))), *rest)
                for sheet, *rest in connection.execute(statement).fetchall()
            ]

    def forget_scores(self):
        with self._connected() as connection:
            connection.execute("DELETE FROM scoring_score")
            connection.commit()

    @contextmanager
    def _connected(self):
        if self.cluster is None:
            connection = sqlite3.connect(self.file)
        else:
            connection = psycopg.connect(
                host=str(self.cluster.data),
                user="postgres",
                dbname=self.cluster.database,
            )
        try:
            yield connection
        finally:
            connection.close()

    # --- As a power cut would -------------------------------------------------

    def kill_database(self):
        """End the server and every backend, and start it anew."""
        _kill(self.cluster.server, self.cluster.answers, START_TIMEOUT)

    def kill_broker(self):
        """End the broker, which counts how often everybody asks, and start it anew."""
        _kill(self.valkey.child, self.valkey.answers, VALKEY_TIMEOUT)

    def kill_web(self):
        """End every process of the server with what it was writing, start it anew."""
        _kill(self.web, self.answers, 60)


def _kill(child, answers, timeout):
    os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait()
    child.start()
    child.wait_until(answers, timeout=timeout)


@pytest.fixture
def site(request, tmp_path):
    """A site on the database that the test names; nothing runs in it yet."""
    with (
        short_folder() as folder,
        Valkey(folder / "v", log=tmp_path / "valkey.log", durable=False) as valkey,
        request.param() as cluster,
    ):
        yield Site(tmp_path, cluster=cluster, valkey=valkey)


@contextmanager
def postgresql():
    with PostgreSQL(durable=True) as cluster:
        yield cluster


@contextmanager
def sqlite():
    yield None


def seeded(site):
    told = site.told("JUROR", SEED.format(entries=ENTRIES, jurors=JURORS))
    jurors = []
    for line in told:
        token, number, sheets, codes = json.loads(line.replace("'", '"'))
        jurors.append(Juror(site, token, number, sheets, codes, Random(len(jurors))))
    assert len(jurors) == JURORS
    return jurors


def lost_on(site, jurors):
    current = {row[:2]: row[2:] for row in site.rows(CURRENT)}
    history = {row[:3]: row[3] for row in site.rows(HISTORY)}
    return lost(jurors, current, history)


@pytest.mark.parametrize(
    ("site", "killed"),
    [
        (postgresql, ["database", "web", "broker"]),
        (sqlite, ["web"]),
    ],
    indirect=["site"],
    ids=["postgresql", "sqlite"],
)
def test_every_acknowledged_score_is_found_again(site, killed, record_property):
    jurors, random = seeded(site), Random(7)
    with site.web:
        site.web.wait_until(site.answers, timeout=60)
        for what in killed:
            unanswered = [juror.unanswered for juror in jurors]
            storm(jurors, getattr(site, f"kill_{what}"), random)
            hit = [juror.unanswered for juror in jurors] != unanswered
            assert hit == (what != "broker"), what  # a counter's death stops nobody
        assert lost_on(site, jurors) == []
        for juror in jurors:
            juror.finish()

    acknowledged = sum(v for j in jurors for v, _ in j.acknowledged.values())
    record_property("acknowledged", acknowledged)
    record_property("unanswered", sum(juror.unanswered for juror in jurors))
    scores = exported(site)
    assert acknowledged >= SAVES
    assert lost_on(site, jurors) == []
    assert differing(jurors, scores) == []

    # The control: both checks can fail.
    one = scores[next(iter(jurors[0].sheets.values()))][jurors[0].number]
    one[jurors[0].codes[0]] = "0"
    site.forget_scores()
    assert len(differing(jurors, scores)) == 1
    assert len(lost_on(site, jurors)) == ENTRIES * JURORS * len(jurors[0].codes)


def exported(site):
    """The scores of the proof, once the invariants were found to hold."""
    (made,) = site.told("FILE", EXPORT)
    return json.loads(Path(made).read_text())["document"]["scores"]
