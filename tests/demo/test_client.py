"""The demonstration's client: answers it did not expect, lines side by side."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from config.demo.client import (
    Line,
    Meter,
    Person,
    Stopped,
    UnexpectedAnswer,
    side_by_side,
    wait_until,
)


class Server(BaseHTTPRequestHandler):
    """Answers with what the path asks for; /api/v1/409/ is a conflict."""

    def do_GET(self):
        status = int(self.path.split("/")[3])
        problem = {
            "detail": "Not now.",
            "errors": [{"field": "until", "message": "Too late."}],
        }
        body = json.dumps(problem).encode() if status != 500 else b"<h1>Oh</h1>"
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def address():
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def line(address):
    with Line(address, Meter()) as line:
        yield line


def person(line):
    return Person(line, "ona@example.org", "secret")


def test_unexpected_answer_says_what_was_asked_and_what_came(line):
    with pytest.raises(UnexpectedAnswer) as error:
        person(line).get("409/")

    assert str(error.value) == (
        "GET /api/v1/409/ was answered with 409, expected was 200:"
        " Not now. until: Too late."
    )


def test_answer_that_is_no_problem_document_is_shown_as_it_is(line):
    with pytest.raises(UnexpectedAnswer, match="500, expected was 200: <h1>Oh</h1>"):
        person(line).get("500/")


def test_server_that_is_away_is_named():
    with Line("http://127.0.0.1:9", Meter()) as line:
        with pytest.raises(UnexpectedAnswer, match="GET /api/v1/me/ was not answered"):
            person(line).get("me/")


def test_expected_refusal_is_an_answer(line):
    assert person(line).get("409/", expect=409)["detail"] == "Not now."


def test_results_stand_in_the_order_of_their_items(address):
    meter = Meter()

    def ask(own, number):
        person(own).get("200/")
        return number * number

    with Line(address, meter) as line:
        found = side_by_side(line, range(10), ask, lines=3)

    assert found == [number * number for number in range(10)]
    assert meter.requests == 10


def test_one_failure_stops_the_others(line):
    seen = []

    def ask(own, number):
        if number == 0:
            person(own).get("409/")
        try:
            while True:
                person(own).get("200/")
        except Stopped:
            seen.append(number)
            raise

    with pytest.raises(UnexpectedAnswer, match="409"):
        side_by_side(line, range(3), ask, lines=3)

    assert sorted(seen) == [1, 2]


def test_waiting_ends_with_what_did_not_happen():
    with pytest.raises(UnexpectedAnswer, match=r"still not so: it rains\."):
        wait_until(lambda: False, "it rains", timeout=0)
