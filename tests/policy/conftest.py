import gc
import logging

import pytest


@pytest.fixture
def quiet():
    """No warning for each refusal, no garbage collection between two requests."""
    logging.disable(logging.WARNING)
    gc.freeze()
    yield
    gc.unfreeze()
    logging.disable(logging.NOTSET)
