import pytest

from tests.mail.post_office import SMTP_BACKEND, post_office


@pytest.fixture
def office(settings):
    """A mail server that this process sends to."""
    with post_office() as it:
        settings.EMAIL_BACKEND = SMTP_BACKEND
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", it.port
        yield it
