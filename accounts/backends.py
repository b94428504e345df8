from django.contrib.auth.backends import BaseBackend

from accounts.models import User
from accounts.services import sign_in
from core.errors import Invalid


class CodeBackend(BaseBackend):
    """Sign in with a one-time code; rights come from the matrix alone."""

    def authenticate(self, request, username=None, password=None):  # noqa: ARG002 -- Django's signature
        """Take the code where Django's forms take a password."""
        if not username or not password:
            return None
        try:
            return sign_in(email=username, code=password)
        except Invalid:
            return None

    def get_user(self, user_id):
        """Find the person of a session, as long as the account is active."""
        return User.objects.filter(pk=user_id, is_active=True).first()
