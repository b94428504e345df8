from django.contrib.auth.backends import BaseBackend

from accounts.models import User


class CodeBackend(BaseBackend):
    """Whose session it is; how they came in, pages and allauth's stages decide."""

    def get_user(self, user_id):
        """Find the person of a session, as long as the account is active."""
        person = User.objects.filter(pk=user_id, is_active=True).first()
        if person is not None:
            person.came_by_session = True
        return person
