from django.core.management.base import BaseCommand

from accounts import services


class Command(BaseCommand):
    """Make an administrator and print the one-time code that lets them in."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *_args, email, **_options):
        invitation = services.make_administrator(email=email)
        self.stdout.write(
            f"{invitation.person.email} is an administrator now.\n"
            f"One-time code: {invitation.code}\n"
            "Exchange it for a token: POST /api/v1/auth/token/ with email and code."
        )
