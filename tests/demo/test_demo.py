"""`make demo` as a newcomer sees it: real processes, a real contest, a clean end."""

import os
import re
import socket
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from config.demo.client import UnexpectedAnswer
from config.management.commands import demo

ROOT = Path(__file__).resolve().parents[2]
SAID = [
    "Left out, no organisation published: „Aktyvaus poilsio skatinimas Kretingalėje“",
    "85 organisations, each with one invited representative.",
    "93 entries begun, 91 sent.",
    "Stays a draft, Kaimų bendruomenė „Lyduvėnai“:",
    "Stays a draft, VO Ilgižių krašto kaimų bendruomenė „Santaka“:",
    "54 eligible, 37 ineligible.",
    "22 do not meet leader_project",
    "15 do not meet applicant",
    "9 jurors; 486 assignments: all to all.",
    "484 sheets sent, with 1936 scores.",
    "1 conflict of interest declared",
    "1 sheet saved but not sent",
    "verify_result recomputes it from its scores",
    "The sheet that was not sent is left out",
    "6 entries begun, 6 sent.",
    "„Išbandykite: pateikite paraišką“ takes entries for a month.",
    "„Išbandykite: vertinkite“ waits for its jurors to score.",
    "The ranking: 54 ranked, 0 unscored",
    "the scores are generated (seed 5)",
]


def run_demo(data_dir, *options):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "SUMANI_DATA_DIR": str(data_dir),
        "COLUMNS": "400",  # nothing is wrapped
    }
    return subprocess.run(
        [sys.executable, "manage.py", "demo", "--port", "0", *options],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


def running_on(data_dir):
    """List the processes that know of a data folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "environ").read_bytes() + (
                process / "cmdline"
            ).read_bytes()
        except OSError:  # it ended, or belongs to somebody else
            continue
        if os.fsencode(data_dir) in told and int(process.name) != os.getpid():
            found.append(process.name)
    return found


@pytest.mark.slow
@pytest.mark.worker
@pytest.mark.timeout(420)
def test_demo_runs_a_contest_to_its_end_and_leaves_nothing_running(tmp_path):
    done = run_demo(tmp_path, "--no-serve", "--seed", "5")

    assert (done.returncode, done.stderr) == (0, "")
    assert [line for line in SAID if line not in done.stdout] == []
    assert len(re.findall(r"name masked", done.stdout)) >= 20
    assert running_on(tmp_path) == []

    (folder,) = (tmp_path / "demo").iterdir()
    ranking = {path.suffix: path for path in folder.glob("ranking.*")}
    assert set(ranking) == {".xlsx", ".csv", ".json"}
    assert f"The workbook: {ranking['.xlsx']}" in done.stdout
    handed_out = {sha256(path.read_bytes()).hexdigest() for path in ranking.values()}
    stored = {
        sha256(path.read_bytes()).hexdigest() for path in (folder / "jobs").iterdir()
    }
    assert handed_out == stored
    assert "Reitingas" in load_workbook(ranking[".xlsx"], read_only=True).sheetnames


@pytest.mark.slow
@pytest.mark.worker
@pytest.mark.timeout(240)
def test_demo_stops_everything_after_an_unexpected_answer(
    tmp_path, settings, monkeypatch
):
    def fail(*_arguments):
        raise UnexpectedAnswer("GET /api/v1/me/ was answered with 500")

    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(demo, "play", fail)

    with pytest.raises(CommandError, match="answered with 500") as error:
        call_command("demo", port=0, no_serve=True)

    assert error.value.returncode == 1
    assert running_on(tmp_path) == []


def test_demo_says_that_the_port_is_taken(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(CommandError, match=f"Port {port} is taken"):
            call_command("demo", port=port)
