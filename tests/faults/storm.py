"""Jurors who save without end, and remember what was acknowledged."""

import json
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random

_PATIENCE = 60  # seconds until everybody can save again
_TOLD = {200, 412}


@dataclass
class Juror:
    """Saves one criterion after the other; ``number`` is what files call them."""

    web: object
    token: str
    number: str
    sheets: dict  # assignment -> the entry's reference
    codes: list
    random: Random
    acknowledged: dict = field(default_factory=dict)  # place -> (version, value)
    doubtful: set = field(default_factory=set)  # saved there, and never told
    answers: int = 0
    unanswered: int = 0

    def save(self):
        """Save a value somewhere."""
        place = self.random.choice(list(self.sheets)), self.random.choice(self.codes)
        self._save(place)

    def finish(self):
        """Give every criterion a value, then send each sheet."""
        for sheet in self.sheets:
            for place in ((sheet, code) for code in self.codes):
                while place in self.doubtful or self._value_at(place) is None:
                    self._save(place)
            status, _told = self._ask("POST", f"{sheet}/sheet/send/", {})
            assert status == 200, sheet

    def _value_at(self, place):
        return self.acknowledged.get(place, (0, None))[1]

    def _save(self, place):
        """Save there; what is stale is read and left."""
        version = self.acknowledged.get(place, (0, None))[0]
        value = self.random.randint(1, 10)
        body = {"value": value, "version": version}
        status, told = self._ask("PATCH", "{}/sheet/{}/".format(*place), body)
        self.answers += status in _TOLD
        if status == 200:
            self.acknowledged[place] = told["version"], value
            self.doubtful.discard(place)
        elif status == 412:  # an unanswered one had been saved after all
            self.acknowledged[place] = told["current_version"], None
        else:
            self.unanswered += 1
            self.doubtful.add(place)
            time.sleep(0.1)

    def _ask(self, method, rest, body):
        headers = {
            "Authorization": f"Token {self.token}",
            "Content-Type": "application/json",
        }
        where = f"/api/v1/assignments/{rest}"
        try:
            connection = HTTPConnection(*self.web.address, timeout=20)
            connection.request(method, where, json.dumps(body), headers)
            answer = connection.getresponse()
            told = answer.read()
        except (OSError, HTTPException):
            return None, None
        finally:
            connection.close()
        return answer.status, json.loads(told) if answer.status in _TOLD else None


def storm(jurors, kill, random):
    """Let everybody save while ``kill`` kills, and until everybody can save again."""
    stop = threading.Event()

    def work(juror):
        while not stop.is_set():
            juror.save()

    threads = [threading.Thread(target=work, args=[juror]) for juror in jurors]
    for thread in threads:
        thread.start()
    try:
        _wait_until_all_are_answered(jurors)
        time.sleep(random.uniform(0, 0.5))
        kill()
        _wait_until_all_are_answered(jurors)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _wait_until_all_are_answered(jurors):
    """Once more from now on."""
    before = {juror.token: juror.answers for juror in jurors}
    deadline = time.monotonic() + _PATIENCE
    while any(juror.answers == before[juror.token] for juror in jurors):
        assert time.monotonic() < deadline, "saving does not work again"
        time.sleep(0.05)


def lost(jurors, current, history):
    """Acknowledged values that are neither current nor followed by a later one.

    ``current`` and ``history`` hold the steps of what is stored: by place, and by
    place and version. The lowest value, 1, is step 0.
    """
    return [
        (place, version, value)
        for juror in jurors
        for place, (version, value) in juror.acknowledged.items()
        if current.get(place, (None, 0))[1] < version
        or (value is not None and history.get((*place, version)) != value - 1)
    ]


def differing(jurors, scores):
    """Acknowledged values that an export tells otherwise, or not at all.

    ``scores`` are those of the proof: entry, juror, criterion, value.
    """
    return [
        (reference, juror.number, code)
        for juror in jurors
        for sheet, reference in juror.sheets.items()
        for code in juror.codes
        if scores.get(reference, {}).get(juror.number, {}).get(code)
        != str(juror.acknowledged[sheet, code][1])
    ]
