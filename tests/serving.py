"""The server of the tests, and what it has not answered yet."""

import threading
import time

_PATIENCE = 30  # seconds
_SETTLED = 0.1  # seconds without a request: nothing waits to be accepted either


class Counted:
    """A WSGI application; it knows how many requests are under way."""

    def __init__(self, application):
        self._application = application
        self._lock = threading.Lock()
        self._under_way = 0
        self._changed_at = time.monotonic()

    def __call__(self, environ, start_response):
        """Answer as the application does."""
        self._change(+1)
        try:
            answer = self._application(environ, start_response)
        except BaseException:
            self._change(-1)
            raise
        return _Answer(answer, ended=lambda: self._change(-1))

    def wait_until_idle(self, patience=_PATIENCE):
        """Return when every request has been answered to its end."""
        deadline = time.monotonic() + patience
        while not self._is_idle():
            assert time.monotonic() < deadline, f"{self._under_way} still under way"
            time.sleep(_SETTLED / 5)

    def _is_idle(self):
        with self._lock:
            quiet_for = time.monotonic() - self._changed_at
            return self._under_way == 0 and quiet_for >= _SETTLED

    def _change(self, by):
        with self._lock:
            self._under_way += by
            self._changed_at = time.monotonic()


class _Answer:
    def __init__(self, answer, ended):
        self._answer = answer
        self._ended = ended

    def __iter__(self):
        return iter(self._answer)

    def close(self):
        try:
            if hasattr(self._answer, "close"):
                self._answer.close()
        finally:
            self._ended()
