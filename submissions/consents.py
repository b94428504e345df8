"""What an entrant agrees to, in which words; the words have a version.

Whoever changes a text here counts ``TEXTS_VERSION`` up and leaves the old text in the
history of this file: what was agreed to names the version.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

TEXTS_VERSION = "1"
PROCESSING = "processing"
PUBLICATION = "publication"
PEOPLE_SHOWN = "people_shown"
PHOTO = "photo"

#: What an owner agrees to who confirms an entry that others prepared.
CONFIRMATION_TEXT = gettext_noop(
    "I have read this entry, and my organisation agrees that it is sent like this."
)
#: What is said of a photo on which people can be recognised.
PHOTO_TEXT = gettext_noop("Everybody shown agreed; for children, their parents")


@dataclass(frozen=True, slots=True)
class Consent:
    """One box to tick, never ticked beforehand."""

    code: str
    text: str
    required: bool


CONSENTS = (
    Consent(
        PROCESSING,
        gettext_noop(
            "The organiser may use the contact data given here to run this contest."
        ),
        required=True,
    ),
    Consent(
        PUBLICATION,
        gettext_noop(
            "The description of the project and its photos may be published. This may"
            " be taken back at any time."
        ),
        required=False,
    ),
    Consent(
        PEOPLE_SHOWN,
        gettext_noop(
            "The people shown in the photos agreed to it, for children their parents"
            " did."
        ),
        required=False,
    ),
)


def asked() -> list[dict[str, object]]:
    """List the consents with their texts in the reader's language."""
    return [
        {
            "code": consent.code,
            "text": _(consent.text),
            "required": consent.required,
            "texts_version": TEXTS_VERSION,
        }
        for consent in CONSENTS
    ]


def kept(given: Mapping[str, bool]) -> dict[str, bool | str]:
    """Take what is stored of the consents: each box, and which texts stood by it."""
    boxes = {consent.code: bool(given.get(consent.code)) for consent in CONSENTS}
    return {**boxes, "texts_version": TEXTS_VERSION}


def lacking(given: Mapping[str, bool]) -> list[str]:
    """List the consents without which an entry cannot be taken in."""
    return [c.code for c in CONSENTS if c.required and not given.get(c.code)]
