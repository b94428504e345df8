from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, sign-in, API tokens."""

    name = "accounts"
