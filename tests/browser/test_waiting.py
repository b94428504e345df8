"""The windows of these tests themselves: what they wait for."""

import functools
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

_PAUSE = 0.5  # seconds between the two halves of a page


class _InTwoHalves(BaseHTTPRequestHandler):
    """Serve pages whose second half comes late, as from a busy server."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Half</title><a href=/two>Go on</a>")
        self.wfile.flush()
        time.sleep(_PAUSE)
        self.wfile.write(b"<p>The second half of %s</p>" % self.path.encode())

    def log_message(self, *args):
        """Say nothing: the window would say what is wrong."""


@pytest.fixture
def slow_address():
    server = ThreadingHTTPServer(("localhost", 0), _InTwoHalves)
    thread = threading.Thread(target=functools.partial(server.serve_forever, 0.05))
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_press_ends_when_the_next_page_has_been_read_whole(visit, slow_address):
    page = visit(f"{slow_address}/one")

    page.get_by_role("link").click()
    assert page.get_by_text("The second half of /two").is_visible()
    page.get_by_role("link").press("Enter")
    assert page.get_by_text("The second half of /two").is_visible()


def test_without_that_half_a_page_is_met(visit, slow_address):
    page = visit(f"{slow_address}/one")

    type(page.get_by_role("link")).click.__wrapped__(page.get_by_role("link"))

    assert page.url.endswith("/two")
    assert not page.get_by_text("The second half of /two").is_visible()
