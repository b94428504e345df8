"""What allauth asks of us: how its stages go, what it says, what it keeps secret."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_ipv46_address
from rest_framework.throttling import BaseThrottle

_NOT_KNOWN = "::"  # behind a socket that names no address


class AccountAdapter(DefaultAccountAdapter):
    """Sessions and their stages; words and messages are our own."""

    def get_login_stages(self):
        """Ask for the second factor: our codes have proved the address before."""
        return ["accounts.stages.SecondFactorStage"]

    def get_client_ip(self, request):
        """Tell the address as the limits on tries do: proxies are counted there."""
        address = BaseThrottle().get_ident(request)
        try:
            validate_ipv46_address(address)
        except ValidationError:
            return _NOT_KNOWN
        return address

    def add_message(self, *_args, **_kwargs):
        """Say nothing: our pages say what happened."""

    def send_notification_mail(self, *_args, **_kwargs):
        """Send nothing: our letters go through the outbox."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of apps are kept encrypted by a key derived from ``SECRET_KEY``."""

    def encrypt(self, text):
        """Encrypt with the key in force."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """Decrypt with the key in force, or one of those before it."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self):
        """Name ourselves to browsers that make keys."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Sumani"}


def _box():
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key):
    digest = hashlib.sha256(b"accounts.second_factor:" + key.encode()).digest()
    return base64.urlsafe_b64encode(digest)
