"""The people of a demonstration, whom anybody on this machine may be.

Their file is written by ``manage.py demo`` into its own data folder; only the settings
of this machine look for it, those of production name none.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from accounts.models import User

FILE_NAME = "sample_people.json"  # in the data folder of a demonstration


@dataclass(frozen=True, slots=True)
class Sample:
    """Somebody to sign in as, and what they are in the sample contest."""

    role: str
    person: User


def write_samples(file: Path, people: list[tuple[str, str]]) -> None:
    """Note (role, address) of each, in the order in which they are shown."""
    file.write_text(json.dumps(people), encoding="utf-8")


def samples() -> list[Sample]:
    """List the people of the demonstration; none where there is no demonstration."""
    file: Path | None = settings.SAMPLE_PEOPLE_FILE
    if file is None or not file.exists():
        return []
    noted = json.loads(file.read_text(encoding="utf-8"))
    found = User.objects.filter(is_active=True).in_bulk(
        [address for _role, address in noted], field_name="email"
    )
    return [Sample(role, found[address]) for role, address in noted if address in found]
