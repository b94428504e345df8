"""`manage.py check_invariants`: tell what is true that must always be true."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.invariants import findings
from core.snapshots import consistent_read


class Command(BaseCommand):
    help = "Check what must be true of the data whatever happened; exit 1 if it is not."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with consistent_read():
            found = list(findings())
        for finding in found:
            told = "holds" if finding.holds else f"BROKEN {finding.count} times"
            self.stdout.write(f"{finding.name}: {told}. {finding.sentence}")
            for offender in finding.offenders:
                self.stdout.write(f"    {offender}")
        broken = [finding.name for finding in found if not finding.holds]
        if broken:
            raise CommandError(f"{len(broken)} invariants are broken: {broken}")
        self.stdout.write(f"All {len(found)} invariants hold.")
