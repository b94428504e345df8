"""`manage.py seed`: a judged contest in the current database, to measure with."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from config.demo.seeding import Size, seed_contest
from core.errors import SumaniError


class Command(BaseCommand):
    help = (
        "Fill the current database with a judged contest of generated entries, sheets"
        " and scores, past the services: for benchmarks and rehearsals only."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slug", required=True, help="the new contest's address")
        parser.add_argument("--entries", type=int, required=True)
        parser.add_argument("--jurors", type=int, required=True)
        parser.add_argument("--criteria", type=int, default=3)
        parser.add_argument(
            "--share",
            type=float,
            default=1.0,
            help="which share of the jurors scores an entry, chosen anew for each",
        )
        parser.add_argument("--seed", type=int, default=2026)

    def handle(
        self,
        *_args: Any,
        slug: str,
        entries: int,
        jurors: int,
        criteria: int,
        share: float,
        seed: int,
        **_options: Any,
    ) -> None:
        if min(entries, jurors, criteria) < 1 or not 0 < share <= 1:
            raise CommandError(
                "There must be at least one entry, juror and criterion, and a share"
                " above 0 and up to 1."
            )
        size = Size(entries=entries, jurors=jurors, criteria=criteria, share=share)
        began = time.monotonic()
        try:
            with override("en"):  # as the rest of what a command says
                seeded = seed_contest(slug=slug, size=size, seed=seed)
        except SumaniError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(
            f"{slug}: {entries} entries, {jurors} jurors"
            f" ({size.jurors_per_entry} for each entry), {criteria} criteria,"
            f" {seeded.sheets} sheets sent, {seeded.scores} scores,"
            f" in {time.monotonic() - began:.1f} s."
        )
