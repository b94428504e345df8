import uuid
from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from core import clock
from mail.models import Message


class MessageFactory(DjangoModelFactory):
    """A personal message that waits; ``code``, ``mass``, ``sent``, ``undelivered``."""

    class Meta:
        model = Message

    template = "tests.letter"
    priority = Message.Priority.PERSONAL
    to = factory.Sequence(lambda n: f"gavejas{n}@example.org")
    language = "lt"
    subject = "Žinia"
    text = "Tekstas"
    html = "<p>Tekstas</p>"
    message_id = factory.Sequence(lambda n: f"<{n}@example.org>")
    occasion_sha256 = factory.Sequence(lambda n: f"{n:064x}")
    tried_until = factory.LazyFunction(lambda: clock.now() + timedelta(days=3))

    class Params:
        code = factory.Trait(priority=Message.Priority.CODE)
        mass = factory.Trait(priority=Message.Priority.MASS)
        held = factory.Trait(
            state=Message.State.SENDING,
            lease_token=factory.LazyFunction(uuid.uuid4),
            attempts=1,
            due_at=factory.LazyFunction(lambda: clock.now() + timedelta(minutes=1)),
        )
        sent = factory.Trait(
            state=Message.State.SENT,
            attempts=1,
            tried_at=factory.SelfAttribute("sent_at"),
            sent_at=factory.LazyFunction(clock.now),
        )
        undelivered = factory.Trait(
            state=Message.State.UNDELIVERED, error="The mail server refused it."
        )
        erased = factory.Trait(
            to="",
            subject="",
            text="",
            html="",
            erased_at=factory.LazyFunction(clock.now),
        )
