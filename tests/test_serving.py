"""The server of the tests: idle only when the last answer has ended."""

import threading
import time

import pytest

from tests.serving import Counted


def application(_environ, _start_response):
    return iter([b"first half, ", b"second half"])


def broken(_environ, _start_response):
    raise RuntimeError


def test_waiting_ends_after_the_answer_that_is_under_way():
    counted = Counted(application)
    answer = counted({}, None)
    ended = []

    def finish():
        time.sleep(0.3)
        assert b"".join(answer) == b"first half, second half"
        ended.append(True)
        answer.close()

    thread = threading.Thread(target=finish)
    thread.start()
    counted.wait_until_idle()
    assert ended == [True]
    thread.join()


def test_an_answer_that_is_not_closed_is_waited_for():
    """The control: without the count, waiting would end at once."""
    counted = Counted(application)
    counted({}, None)

    with pytest.raises(AssertionError, match="1 still under way"):
        counted.wait_until_idle(patience=0.3)


def test_an_application_that_fails_is_not_waited_for():
    counted = Counted(broken)

    with pytest.raises(RuntimeError):
        counted({}, None)

    counted.wait_until_idle(patience=1)
