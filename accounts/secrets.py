"""Codes and tokens: how they are made and what is kept of them."""

import hashlib
import hmac
import secrets

_CODE_DIGITS = 6
_TOKEN_BYTES = 32
_INVITATION_BYTES = 16


def new_code() -> str:
    """Make six digits, for reading off a telephone and typing elsewhere."""
    return f"{secrets.randbelow(10**_CODE_DIGITS):0{_CODE_DIGITS}d}"


def new_invitation() -> str:
    """Make a code of 128 bits, for copying."""
    return secrets.token_urlsafe(_INVITATION_BYTES)


def new_token() -> str:
    """Make a token of 256 bits."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def keyed_digest(secret: str, *, key: str) -> str:
    """HMAC-SHA-256, hex: six digits must not be guessable from a copied table."""
    return hmac.new(key.encode(), secret.encode(), hashlib.sha256).hexdigest()


def token_digest(token: str) -> str:
    """SHA-256, hex: enough for 256 random bits, and one indexed look-up."""
    return hashlib.sha256(token.encode()).hexdigest()
