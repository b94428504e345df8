"""``Authorization: Token …``: hashed, expiring, scoped."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from accounts.models import ApiToken
from accounts.secrets import token_digest
from core import clock
from core.prepared import Prepared

_KEYWORD = b"token"


def _valid(digest, at):
    valid = ApiToken.objects.valid(at).filter(digest=digest)
    return valid.select_related("person").order_by()


_VALID = Prepared(_valid, digest=str, at=datetime)


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
        return _VALID.one(digest=digest, at=clock.now())


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
