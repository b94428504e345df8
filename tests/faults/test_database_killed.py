"""PostgreSQL is killed while jurors save: every acknowledged score is found again.

A cluster of the test's own that writes to disk, and a real web server before it. What
was answered with 200 must be the current value or have a later version in the history;
what was refused or never answered may be there or not.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import psycopg
import pytest

from config.embedded.processes import Child, short_folder
from tests.services.postgres import START_TIMEOUT, PostgreSQL

pytestmark = [pytest.mark.slow, pytest.mark.worker, pytest.mark.timeout(550)]
ROOT = Path(__file__).resolve().parents[2]
ENTRIES, JURORS = 8, 6
KILLS = 3
SAVES = 30  # of each round, at least; the server is killed after a random one of them
SEED = """
from accounts.services import issue_token
from tests.factories import *

contest = ContestFactory(phase="judging")
entries = [SubmissionFactory(contest=contest) for _ in range({entries})]
codes = ",".join(contest.criteria.values_list("code", flat=True))
for juror in [JurorFactory(contest=contest) for _ in range({jurors})]:
    token = issue_token(person=juror.person, name="", scope="write").text
    mine = [AssignmentFactory(submission=entry, juror=juror) for entry in entries]
    print("JUROR", token, ",".join(str(each.pk) for each in mine), codes)

"""
CURRENT = """
SELECT sheet.assignment_id::text, criterion.code, score.steps, score.version
FROM scoring_score score
JOIN scoring_sheet sheet ON sheet.assignment_id = score.sheet_id
JOIN contest_criterion criterion ON criterion.id = score.criterion_id
"""
HISTORY = """
SELECT event.sheet_id::text, criterion.code, event.version, event.steps
FROM scoring_scoreevent event
JOIN contest_criterion criterion ON criterion.id = event.criterion_id
WHERE event.kind = 'saved'
"""


@dataclass
class Juror:
    """Saves one criterion after the other and remembers what was acknowledged."""

    address: tuple
    token: str
    places: list
    random: Random
    acknowledged: dict = field(default_factory=dict)  # place -> (version, value)
    unanswered: int = 0

    def save(self):
        """Save a value somewhere; what is stale is read and left."""
        sheet, code = place = self.random.choice(self.places)
        version = self.acknowledged.get(place, (0, None))[0]
        value = self.random.randint(1, 10)
        status, told = self._ask(
            "PATCH", f"{sheet}/sheet/{code}/", {"value": value, "version": version}
        )
        if status == 200:
            self.acknowledged[place] = told["version"], value
        elif status == 412:  # an unanswered one had been saved after all
            self.acknowledged[place] = told["current_version"], None
        else:
            self.unanswered += 1
            time.sleep(0.1)

    def _ask(self, method, rest, body):
        connection = HTTPConnection(*self.address, timeout=20)
        headers = {
            "Authorization": f"Token {self.token}",
            "Content-Type": "application/json",
        }
        where = f"/api/v1/assignments/{rest}"
        try:
            connection.request(method, where, json.dumps(body), headers)
            answer = connection.getresponse()
            told = answer.read()
        except (OSError, HTTPException):
            return None, None
        finally:
            connection.close()
        is_told = answer.status in {200, 412}
        return answer.status, json.loads(told) if is_told else None


def manage(environment, *arguments, text=None):
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=environment,
        cwd=ROOT,
        input=text,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture
def cluster():
    with PostgreSQL(durable=True) as cluster:
        yield cluster


@pytest.fixture
def environment(cluster, tmp_path):
    return os.environ | {
        "DATABASE_URL": cluster.url,
        "SUMANI_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "THROTTLE_USER": "100000/min",
        "THROTTLE_ANON": "100000/min",
    }


@pytest.fixture
def web(environment, tmp_path):
    """Gunicorn with two processes before that database; yields its address."""
    manage(environment, "migrate", "--verbosity", "0")
    with short_folder() as folder:
        command = [
            *(sys.executable, "-m", "gunicorn", "config.wsgi:application"),
            *("--bind", "127.0.0.1:0", "--worker-class", "gthread"),
            *("--workers", "2", "--threads", "4", "--no-control-socket"),
            *("--worker-tmp-dir", str(folder)),
        ]
        log = tmp_path / "web.log"
        server = Child("web", command, log=log, env=environment, cwd=ROOT)
        with server:
            server.wait_until(lambda: "Listening at" in log.read_text(), timeout=60)
            listening = log.read_text().partition("Listening at: ")[2]
            where = urlsplit(listening.partition(" ")[0])
            yield where.hostname, where.port


@pytest.fixture
def jurors(environment, web):
    told = manage(
        environment, "shell", text=SEED.format(entries=ENTRIES, jurors=JURORS)
    )
    found = []
    for line in told.splitlines():
        if line.startswith("JUROR "):
            _word, token, sheets, codes = line.split()
            places = [(s, c) for s in sheets.split(",") for c in codes.split(",")]
            found.append(Juror(web, token, places, Random(len(found))))
    assert len(found) == JURORS
    return found


def kill(cluster):
    """End the server and every backend as a power cut would, and start it anew."""
    os.killpg(cluster.server.process.pid, signal.SIGKILL)
    cluster.server.process.wait()
    cluster.server.start()
    cluster.server.wait_until(cluster.answers, timeout=START_TIMEOUT)


def storm(cluster, jurors, random):
    """Let everybody save while the server is killed, and until saving works again."""
    before = sum(len(j.acknowledged) + j.unanswered for j in jurors)
    stop = threading.Event()

    def work(juror):
        while not stop.is_set():
            juror.save()

    threads = [threading.Thread(target=work, args=[juror]) for juror in jurors]
    for thread in threads:
        thread.start()
    time.sleep(random.uniform(0.5, 2))
    kill(cluster)
    deadline = time.monotonic() + 60
    acknowledged = {juror.token: dict(juror.acknowledged) for juror in jurors}
    while time.monotonic() < deadline:
        went_on = [j for j in jurors if j.acknowledged != acknowledged[j.token]]
        if len(went_on) == len(jurors):
            break
        time.sleep(0.1)
    stop.set()
    for thread in threads:
        thread.join()
    return sum(len(j.acknowledged) + j.unanswered for j in jurors) - before


def lost(cluster, jurors):
    """Acknowledged values that are neither current nor followed by a later one."""
    with psycopg.connect(
        host=str(cluster.data), user="postgres", dbname=cluster.database
    ) as connection:
        current = {row[:2]: row[2:] for row in connection.execute(CURRENT)}
        history = {row[:3]: row[3] for row in connection.execute(HISTORY)}
    return [
        (place, version, value)
        for juror in jurors
        for place, (version, value) in juror.acknowledged.items()
        if current.get(place, (None, 0))[1] < version
        or (value is not None and history.get((*place, version)) != value - 1)
    ]


def test_every_acknowledged_score_survives_the_death_of_the_database(
    cluster, jurors, record_property
):
    random = Random(7)

    for _round in range(KILLS):
        storm(cluster, jurors, random)

    acknowledged = sum(
        version for j in jurors for version, _ in j.acknowledged.values()
    )
    record_property("acknowledged", acknowledged)
    record_property("unanswered", sum(juror.unanswered for juror in jurors))
    assert acknowledged >= SAVES
    assert all(juror.unanswered for juror in jurors)  # each was hit by the death
    assert lost(cluster, jurors) == []


def test_a_score_that_is_gone_is_noticed(cluster, jurors):
    """The control: the check can fail."""
    for juror in jurors:
        juror.save()
    sound = lost(cluster, jurors)

    with psycopg.connect(
        host=str(cluster.data), user="postgres", dbname=cluster.database
    ) as connection:
        connection.execute("DELETE FROM scoring_score")

    assert sound == []
    assert len(lost(cluster, jurors)) == JURORS
