"""Uploads over a real connection: cut off, slow, around the deadline, a full disk."""

import hashlib
import socket
import time
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.request import Request

from contest.models import Contest
from core import clock
from core.errors import TooLarge
from submissions import storage
from submissions.api.uploads import UploadParser, form_of, receiving
from tests.api import Person
from tests.core.full_disk import room_for
from tests.factories import RepresentativeFactory, SubmissionFactory
from tests.factories.pictures import PDF, noise

pytestmark = pytest.mark.django_db(transaction=True)

BOUNDARY = "sumani-boundary"
CUTS = 25


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.ATTACHMENT_FILES_DIR = tmp_path / "attachments"
    return storage.folder()


@pytest.fixture
def draft():
    return SubmissionFactory(contest__phase="open", state="draft")


@pytest.fixture
def line(live_server, draft):
    """A connection of the draft's owner: its head and body are sent as told."""
    person = RepresentativeFactory(organisation=draft.organisation).person
    token = Person(person).client._credentials["HTTP_AUTHORIZATION"]
    where = urlsplit(live_server.url)
    return Line((where.hostname, where.port), draft, token)


class Line:
    """Sends one upload byte by byte."""

    def __init__(self, address, draft, token):
        self.address, self.draft, self.token = address, draft, token

    def request(self, content, kind="document"):
        """The head and the body of an upload."""
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file";'
            f' filename="a.pdf"\r\n\r\n'.encode(),
            content,
            f"\r\n--{BOUNDARY}\r\nContent-Disposition: form-data;"
            f' name="kind"\r\n\r\n{kind}\r\n--{BOUNDARY}--\r\n'.encode(),
        ]
        body = b"".join(parts)
        head = (
            f"POST /api/v1/submissions/{self.draft.pk}/attachments/ HTTP/1.1\r\n"
            f"Host: 127.0.0.1\r\nAuthorization: {self.token}\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        ).encode()
        return head, body

    @contextmanager
    def opened(self):
        with socket.create_connection(self.address, timeout=30) as wire:
            yield wire

    def status(self, wire):
        """Read the answer to its end; its status."""
        answer = b""
        while piece := wire.recv(65536):
            answer += piece
        return int(answer.split()[1])


def wait_until(reached, seconds=10):
    """Look again and again; whether it came."""
    deadline = time.monotonic() + seconds
    while not reached() and time.monotonic() < deadline:
        time.sleep(0.02)
    return reached()


def test_line_that_breaks_anywhere_attaches_nothing(line, draft, folder):
    """Cut after a random byte; half of them with all bytes but the last few."""
    head, body = line.request(PDF + b"%" * 150_000 + b"\n%%EOF\n")
    random = Random(13)
    cuts = [random.randrange(1, len(body)) for _ in range(CUTS)]
    cuts += [len(body) - n for n in (1, 2, 5, 30, 60, 90)]

    for cut in cuts:
        with line.opened() as wire:
            wire.sendall(head + body[:cut])
            wire.shutdown(socket.SHUT_WR)
            assert line.status(wire) == 400

    assert draft.attachments.count() == 0
    assert list(folder.iterdir()) == []


def test_client_that_is_gone_leaves_nothing(line, draft, folder):
    head, body = line.request(PDF + b"%" * 500_000 + b"\n%%EOF\n")

    for cut in (1, 90_000, 400_000, len(body) - 1):
        with line.opened() as wire:
            wire.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0"
            )  # reset, as a telephone that lost its network
            wire.sendall(head + body[:cut])

    assert wait_until(lambda: list(folder.iterdir()) == [])
    assert draft.attachments.count() == 0


def test_line_that_holds_attaches_what_was_sent(line, draft):
    """The control: the same request, whole."""
    content = PDF + b"%" * 150_000 + b"\n%%EOF\n"
    head, body = line.request(content)

    with line.opened() as wire:
        wire.sendall(head + body)
        assert line.status(wire) == 201

    assert draft.attachments.get().sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(("begins", "status"), [(-1.0, 201), (0.3, 403), (1.0, 403)])
def test_slow_line_is_judged_by_its_first_byte(line, begins, status):
    """The body ends two seconds after its first byte, always past the deadline."""
    closes = clock.database_now() + timedelta(seconds=2.5)
    Contest.objects.update(closes_at=closes)
    head, body = line.request(PDF)
    time.sleep((closes - clock.database_now()).total_seconds() + begins)

    with line.opened() as wire:
        wire.sendall(head + body[:50])
        for at in range(50, len(body), 20):
            time.sleep(2 / (len(body) / 20))
            try:
                wire.sendall(body[at : at + 20])
            except OSError:  # refused before it was read to its end
                break
        assert clock.database_now() > closes
        assert line.status(wire) == status


def test_a_disk_that_fills_while_it_is_written_to_refuses(line, draft, folder):
    """The system itself refuses to write on, as a full disk does."""
    arriving = line.request(PDF + b"%" * 6_000_000 + b"\n%%EOF\n")
    growing = line.request(noise((2600, 2600), quality=20), kind="photo")

    with room_for(5_000_000), line.opened() as wire:
        wire.sendall(b"".join(arriving))
        first = line.status(wire)
    assert len(growing[1]) < 2_500_000  # so it is its clean copy that has no room
    with room_for(2_500_000), line.opened() as wire:
        wire.sendall(b"".join(growing))
        second = line.status(wire)

    assert (first, second) == (507, 507)
    assert draft.attachments.count() == 0
    assert list(folder.iterdir()) == []


def test_form_that_somebody_read_before_our_parser_is_checked_all_the_same(
    rf, settings
):
    """A check of a browser's session does: it looks for its token in the form."""
    settings.ATTACHMENT_MAX_BYTES = 1000
    large = SimpleUploadedFile("a.pdf", PDF + b"%" * 2000 + b"%%EOF")
    request = rf.post("/", {"file": large, "kind": "document"})

    with receiving(request):
        request.POST.get("csrfmiddlewaretoken")
        with pytest.raises(TooLarge):
            form_of(Request(request, parsers=[UploadParser()]))
