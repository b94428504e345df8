"""A misspelt member is refused; what was read may be sent back whole."""

import json

import pytest

from tests.api_surface.test_hostile_bodies import at, places, with_value
from tests.api_surface.writes import WRITES

MISSPELT = "comment_jury"
# Objects whose members are data: answers by question, weights by criterion and so on.
FREE = {"answers", "checks", "words", "weights", "by_place"}
PHASES = sorted({write.phase for write in WRITES})
# Their addresses answer a GET with what they change, whole or as one of a page.
CHANGES = [
    *("me", "organiser-change", "contest-change", "organisation-change", "rulebook"),
    *("submission-change", "attachment-change", "checklist", "sheet", "timetable"),
]


def is_exact(body, path):
    """Whether the members of the object at ``path`` are known beforehand."""
    value = at(body, path)
    if not isinstance(value, dict) or "lt" in value or (path and not value):
        return False  # texts by language, or nothing to tell them by
    return not FREE & set(path[-1:]) and path[-2:] != ("entry_form", "limits")


def refused(answer):
    """The members that an answer says there are not."""
    if answer.status_code != 400:
        return answer.status_code
    return [e["field"] for e in answer.json()["errors"] if e["code"] == "unknown"]


@pytest.mark.parametrize("phase", PHASES)
def test_a_member_that_there_is_not_is_named(phase, world_of, undone):
    world = world_of(phase)
    kept = {}
    for write in WRITES:
        if write.phase != phase:
            continue
        body = write.body(world)
        for path in [(), *places(body)]:
            if not is_exact(body, path):
                continue
            inner = at(body, path) | {MISSPELT: 1}
            sent = with_value({"": body}, ("", *path), inner)[""]
            with undone():
                answer = refused(write.send(world, json.dumps(sent)))
            member = ".".join(map(str, (*path, MISSPELT)))
            if answer != [member]:
                kept[f"{write.name}: {member}"] = answer

    assert kept == {}


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_read_may_be_sent_back_with_a_change(name, world_of):
    write = next(w for w in WRITES if w.name == name)
    world = world_of(write.phase)
    shown = world.clients[write.who].get(f"/api/v1/{write.path(world)}").json()

    answer = write.send(world, json.dumps(merged(shown, write.body(world))))

    assert answer.status_code == write.status, answer.json()


def merged(shown, change):
    """What was read with the change in it; rows of lists by their place."""
    if isinstance(shown, dict) and isinstance(change, dict):
        return shown | {key: merged(shown.get(key), change[key]) for key in change}
    rows = isinstance(shown, list) and isinstance(change, list)
    if rows and any(isinstance(row, dict) for row in shown):
        return [merged(*pair) for pair in zip(shown, change, strict=False)]
    return change


def test_a_comment_beside_the_scores_is_not_lost_in_silence(world_of):
    world = world_of("judging")
    write = next(w for w in WRITES if w.name == "sheet")
    body = write.body(world) | {"comment_entrant": "Gražu"}

    answer = write.send(world, json.dumps(body))

    assert [e["field"] for e in answer.json()["errors"]] == ["comment_entrant"]


def test_a_name_of_one_letter_wrong_is_met_with_the_right_one(world_of):
    write = next(w for w in WRITES if w.name == "submission")
    world = world_of(write.phase)
    body = write.body(world)
    body["nomination"] = body.pop("nominations")

    answer = write.send(world, json.dumps(body)).json()

    assert "„nominations“" in answer["detail"]
    assert answer["errors"][0]["field"] == "nomination"
