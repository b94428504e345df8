"""Which contest a file is about, who asked for it and when: for every kind of file."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What stands above every sheet.

    `generated_at` is aware and in the contest's zone. `interim` says that judging is
    not closed, of a file that it matters for. `sample_note` warns, where it is not
    empty, that the scores are not real. `digest` is that of the result, if any.
    """

    contest: str
    reference: str
    edition: str
    organiser: str
    organiser_phone: str
    organiser_email: str
    language: str
    generated_at: datetime
    requested_by: str
    interim: bool
    sample_note: str
    rulebook_version: str
    digest: str = ""
