"""Two things at the same moment, each in a thread and on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from django.db import connection


def at_once(actions):
    """Call each action from its own thread, all together; their results in order."""
    gate = Barrier(len(actions))

    def act(action):
        gate.wait()
        return _apart(action)

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(act, actions))


@contextmanager
def meanwhile():
    """Give a function that starts an action in a thread and returns its future.

    The block ends when the action has ended, however long it waited for a lock.
    """
    with ThreadPoolExecutor(1) as pool:
        yield lambda action: pool.submit(_apart, action)


def until_somebody_waits():
    """Until another connection waits for a lock of ours."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute("SELECT pg_sleep(0.01)")
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waited")


def _apart(action):
    try:
        return action()
    except Exception as exc:  # noqa: BLE001 - the test looks at it
        return exc
    finally:
        connection.close()
