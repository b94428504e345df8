"""``Authorization: Token …``: hashed, expiring, scoped."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from accounts.models import ApiToken
from accounts.secrets import token_digest
from core import clock

_KEYWORD = b"token"


class TokenAuthentication(BaseAuthentication):
    """Find the person by the digest of the token."""

    def authenticate(self, request):
        """Return (person, token), or None where no token was sent."""
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != _KEYWORD:
            return None
        token = self._find(parts[1]) if len(parts) == 2 else None  # noqa: PLR2004 -- keyword and token
        if token is None:
            raise AuthenticationFailed(
                _("This token is unknown, revoked or out of date. Sign in again."),
                code="invalid_token",
            )
        token.person.limited_to = token.contest_id
        return token.person, token

    def authenticate_header(self, request):  # noqa: ARG002 -- DRF's signature
        """Name the scheme in the 401."""
        return "Token"

    @staticmethod
    def _find(text):
        digest = token_digest(text.decode("latin-1"))
        return (
            ApiToken.objects.valid(clock.now())
            .select_related("person")
            .filter(digest=digest)
            .first()
        )


class TokenScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI description tells of it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema):  # noqa: ARG002 -- spectacular's signature
        """Describe the header."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token <the token from auth/token/>`",
        }
