"""The processes of one machine: they start, answer, end, and never linger."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis

from config.embedded import claim as claims
from config.embedded.claim import AlreadyRunning, Claim
from config.embedded.memory import family, memory_in_bytes
from config.embedded.processes import Child, ServiceError, short_folder
from config.embedded.supervisor import PortTaken, Supervisor
from config.embedded.valkey import Valkey

ROOT = Path(__file__).resolve().parents[2]
PARENT = """
import sys, time
from pathlib import Path
from config.embedded.processes import Child
child = Child("sleeper", ["sleep", "60"], log=Path(sys.argv[1]))
child.start()
print(child.process.pid, flush=True)
time.sleep(60)
"""


def is_running(pid):
    """Tell whether it runs; a zombie waits for init and does nothing."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def wait_until(condition, *, timeout=10):
    deadline = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def shell(tmp_path, script, **options):
    return Child("script", ["sh", "-c", script], log=tmp_path / "s.log", **options)


# --- A child ------------------------------------------------------------------


def test_child_ends_with_a_killed_parent(tmp_path):
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, tmp_path / "log"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    with parent:
        child = int(parent.stdout.readline())
        assert is_running(child)

        parent.kill()

        wait_until(lambda: not is_running(child))


def test_child_that_ends_early_is_an_error_with_its_last_words(tmp_path):
    with shell(tmp_path, "echo no room left; exit 3") as child:
        with pytest.raises(ServiceError) as error:
            child.wait_until(lambda: False, timeout=10)

    assert "exit code 3" in str(error.value)
    assert "no room left" in str(error.value)


def test_child_that_is_never_ready_is_an_error(tmp_path):
    with shell(tmp_path, "exec sleep 60") as child:
        with pytest.raises(ServiceError, match="not ready"):
            child.wait_until(lambda: False, timeout=0.1)

    assert child.exit_code == -signal.SIGTERM


def test_child_that_ignores_the_request_is_killed(tmp_path):
    script = "trap '' TERM; echo deaf; sleep 60 & wait; sleep 60"
    with shell(tmp_path, script, grace=0.2) as child:
        child.wait_until(lambda: "deaf" in child.tail(), timeout=10)

    assert child.exit_code == -signal.SIGKILL


def test_child_that_is_not_there_is_an_error(tmp_path):
    child = Child("ghost", ["/nowhere/ghost"], log=tmp_path / "log")

    with pytest.raises(ServiceError, match="ghost cannot be started"):
        child.start()


def test_child_keeps_the_log_of_last_time(tmp_path):
    for word in ("first", "second"):
        with shell(tmp_path, f"echo {word}") as child:
            child.finish(timeout=10)

    logs = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert logs == {"s.log": "second\n", "s.log.1": "first\n"}


def test_short_folder_leaves_room_for_a_socket(tmp_path):
    deep = tmp_path / ("d" * 100)
    deep.mkdir()

    with short_folder(parent=str(deep)) as folder:
        assert len(str(folder)) < 80
        assert folder.stat().st_mode & 0o777 == 0o700

    assert not folder.exists()
    assert list(deep.iterdir()) == []


# --- The hold on a data folder ------------------------------------------------


def test_claim_refuses_a_second_server_and_names_the_first(tmp_path):
    with Claim(tmp_path / "run" / "server.json", {"port": 8123}) as claim:
        with pytest.raises(AlreadyRunning) as error:
            Claim(claim.path, {"port": 9000}).__enter__()

    assert f"process {os.getpid()}" in str(error.value)
    assert ":8123/" in str(error.value)


def test_claim_can_be_taken_again(tmp_path):
    path = tmp_path / "run" / "server.json"
    with Claim(path, {"port": 1}):
        pass

    with Claim(path, {"port": 2}) as claim:
        assert claim.previous == {}


def test_claim_waits_for_what_a_killed_server_left(tmp_path, monkeypatch):
    monkeypatch.setattr(claims, "LEFTOVER_TIMEOUT", 0.3)
    path = tmp_path / "run" / "server.json"
    killed = Claim(path, {"port": 8123})
    killed.__enter__()
    with shell(tmp_path, "exec sleep 60", keep_open=[killed.descriptor]) as child:
        killed.name_child("worker", child.process.pid)
        # As after kill -9: the note names nobody who lives, the file is not let go.
        killed._write({"pid": None, "children": {"worker": child.process.pid}})
        killed._file.close()

        with pytest.raises(AlreadyRunning, match=f"kill {child.process.pid}$"):
            Claim(path, {"port": 8123}).__enter__()

    with Claim(path, {"port": 8123}) as claim:
        assert claim.previous["children"] == {"worker": child.process.pid}


# --- Valkey -------------------------------------------------------------------


def test_valkey_keeps_its_data_and_opens_no_port(tmp_path):
    for visit in (1, 2):
        with Valkey(tmp_path / "data", log=tmp_path / "log") as valkey:
            client = redis.Redis(unix_socket_path=str(valkey.socket))
            with client:
                assert client.incr("visits") == visit
                assert client.config_get("port") == {"port": "0"}

        assert valkey.child.exit_code == 0
        assert not valkey.socket.parent.exists()


# --- The whole ----------------------------------------------------------------


def test_supervisor_tells_how_to_choose_another_port(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(PortTaken, match=f"PORT={port + 1}"):
            Supervisor(port=port, data_dir=tmp_path / "var").__enter__()


@pytest.mark.slow
@pytest.mark.worker
def test_supervisor_serves_and_leaves_nothing_behind(tmp_path):
    with Supervisor(port=0, data_dir=tmp_path / "var") as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", "/healthz")
        assert connection.getresponse().status == 200
        connection.close()
        assert "sumani" in server.manage("diffsettings", "--all")
        each = [memory_in_bytes(c.process.pid) for c in server.children.values()]

    assert {name: c.exit_code for name, c in server.children.items()} == {
        "valkey": 0,
        "worker": 0,
        "web": 0,
    }
    assert list(tmp_path.iterdir()) == [tmp_path / "var"]
    assert None in each or sum(each) < 2**30  # bytes


def test_memory_counts_children_and_theirs(tmp_path):
    with shell(tmp_path, "sleep 60 & echo started; wait") as child:
        child.wait_until(lambda: "started" in child.tail(), timeout=10)

        script, sleeper = family(child.process.pid)

        assert script == child.process.pid
        assert {script, sleeper} < set(family(os.getpid()))
        assert memory_in_bytes(script) > memory_in_bytes(sleeper) > 0
