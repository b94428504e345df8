import pytest
from django.core.cache import cache
from rest_framework.throttling import SimpleRateThrottle


@pytest.fixture
def limit(settings, monkeypatch):
    """Set rates as in production: ``limit(sign_in="10/min")``; the rest is free."""

    def set_rates(**rates):
        free = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
        rates = {**free, **rates}
        settings.REST_FRAMEWORK = {
            **settings.REST_FRAMEWORK,
            "DEFAULT_THROTTLE_RATES": rates,
        }
        monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)

    cache.clear()
    yield set_rates
    cache.clear()
