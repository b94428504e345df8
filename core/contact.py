"""Whom people ask: on pages and in messages."""

from typing import Any, NamedTuple

from django.conf import settings


class Contact(NamedTuple):
    """A name with a telephone and an e-mail.

    ``name`` may be anything whose ``str`` is its name in the reader's language.
    """

    name: Any
    phone: str
    email: str
    is_house: bool = False


def house() -> Contact:
    """Name those who run this installation; asks no database."""
    return Contact(
        name=settings.CONTACT_NAME,
        phone=settings.CONTACT_PHONE,
        email=settings.CONTACT_EMAIL,
        is_house=True,
    )
