"""A real mail server on loopback that does what a test tells it to."""

import asyncio
import socket
from contextlib import contextmanager
from email import policy
from email.parser import BytesParser
from threading import Event

from aiosmtpd.controller import Controller

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


class PostOffice:
    """Takes every message, but for recipients with a behaviour of their own.

    ``answers`` maps an address to the answer to its RCPT, ``verdicts`` to the one after
    the text; ``dropping`` are addresses whose text breaks the line. ``held`` stops the
    server at an address until ``go_on`` is set: before it takes the recipient, or with
    ``after_text`` when it has the text and has not said so.
    """

    def __init__(self):
        self.answers, self.verdicts, self.dropping = {}, {}, set()
        self.held, self.after_text = None, False
        self.reached, self.go_on = Event(), Event()
        self.messages = []
        self.port = free_port()

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's name
        if address in self.answers:
            return self.answers[address]
        if address == self.held and not self.after_text:
            await self._hold()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        (address,) = envelope.rcpt_tos
        if address in self.dropping:
            server.transport.abort()
            return "250 nobody hears it"
        if address in self.verdicts:
            return self.verdicts[address]
        parsed = BytesParser(policy=policy.default).parsebytes(envelope.content)
        self.messages.append((address, parsed))
        if address == self.held:
            await self._hold()
        return "250 OK"

    async def _hold(self):
        self.reached.set()
        await asyncio.to_thread(self.go_on.wait)

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def addresses(self):
        return [address for address, _message in self.messages]

    def letter_to(self, wanted):
        (found,) = [message for address, message in self.messages if address == wanted]
        return found


@contextmanager
def post_office():
    """Run the server."""
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield office
    finally:
        office.go_on.set()
        controller.stop()


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def text_of(message):
    return message.get_body(["plain"]).get_content()


def html_of(message):
    return message.get_body(["html"]).get_content()
