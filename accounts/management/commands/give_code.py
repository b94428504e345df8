from django.core.management.base import BaseCommand, CommandError

from accounts import codes
from core.errors import SumaniError


class Command(BaseCommand):
    """Print a one-time code for a known person whom no mail reaches."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--reason", required=True, help="kept in the record")

    def handle(self, *_args, email, reason, **_options):
        try:
            code, row = codes.give_by_command(email=email, reason=reason)
        except SumaniError as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"One-time code: {code}\nUntil: {row.expires_at:%H:%M} UTC")
