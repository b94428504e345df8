import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from scoring import canonical


class Command(BaseCommand):
    """Recompute a published ranking from its own scores and compare the digest."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the JSON export of a ranking")

    def handle(self, *_args, file, **_options):
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
            claimed, document = content["digest"], content["document"]
            written = canonical.digest(document)
            recomputed = canonical.digest(canonical.recompute(document))
        except (OSError, ValueError, KeyError, TypeError) as exc:
            raise CommandError(f"{file} cannot be read as a ranking: {exc!r}") from exc
        if not claimed == written == recomputed:
            raise CommandError(
                f"{file} does not hold: it claims {claimed}, its document has"
                f" {written}, its own scores and rules give {recomputed}."
            )
        self.stdout.write(f"{file} holds: {claimed}")
