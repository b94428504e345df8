"""Whatever a body holds in whichever place, the answer is a sentence, never a 500."""

import copy
import json
import unicodedata

import pytest

from core.api.problems import CONTENT_TYPE
from tests.api_surface.writes import WRITES

RAW = "@@"  # a text between two of these goes into the JSON without its quotes
HOSTILE = {
    "nul": "a\x00b",
    "bell": "a\x07b",
    "escape": "\x1b[31mred",
    "unit-separator": "\x1f",
    "lone-surrogate": "a\ud800b",
    "non-character": "a\uffffb",
    "right-to-left": "\u202egnp.exe",
    "long": "ą" * 5_000,
    "empty": "",
    "spaces": "   ",
    "formula": "=1+1",
    "markup": "<script>alert(1)</script>{{7*7}}%s%n",
    "null": None,
    "true": True,
    "minus": -1,
    "huge-integer": 10**300,
    "huge-number": f"{RAW}1e400{RAW}",
    "tiny-number": f"{RAW}1e-400{RAW}",
    "list": [],
    "list-of-lists": [[[[]]]],
    "object": {},
}
# What reaches the database or the parser by a way of its own, place by place; the rest
# stands in every place of one request.
EACH_APART = {"nul", "right-to-left", "null", "list", "object", "huge-integer"}
SLUGS_OF_OTHERS = {((name,), "nul") for name in ("organiser", "series", "contest")}
CANNOT_BE_REPEATED = {"lone-surrogate", "huge-number"}
IDS = [write.name for write in WRITES]
# In `make test` one body of each kind of writer; the others have places of these kinds.
QUICK = {
    *("submission", "score", "sheet", "juror", "organisation", "act", "me"),
    *("comments", "return", "attachment-change", "export", "remind-jurors"),
}
assert set(IDS) >= QUICK
WRITES_BY_SIZE = [
    pytest.param(w, marks=[] if w.name in QUICK else pytest.mark.slow, id=w.name)
    for w in WRITES
]


def places(value, path=()):
    """Paths of every value inside a body, itself excepted."""
    items = []
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, child in items:
        yield (*path, key)
        yield from places(child, (*path, key))


def with_value(body, path, value):
    changed = copy.deepcopy(body)
    parent = changed
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = value
    return changed


def as_json(body):
    return json.dumps(body).replace(f'"{RAW}', "").replace(f'{RAW}"', "")


@pytest.mark.parametrize("write", WRITES, ids=IDS)
def test_the_ordinary_body_is_accepted(write, world_of):
    world = world_of(write.phase)

    response = write.send(world, as_json(write.body(world)))

    assert response.status_code == write.status, response.content.decode()


@pytest.mark.parametrize("write", WRITES_BY_SIZE)
def test_hostile_values_are_answered_in_words(write, world_of, undone):
    world = world_of(write.phase)
    body = write.body(world)

    failed = [
        f"{name} in {'.'.join(map(str, path))}"
        for name in HOSTILE.keys() - CANNOT_BE_REPEATED
        for path in places(body)
        if name in EACH_APART or path == next(places(body))
        if (path, name) not in SLUGS_OF_OTHERS
        if not is_answered(write, world, with_values(body, path, name), undone)
    ]

    assert sorted(failed) == []


@pytest.mark.parametrize("hostile", sorted(CANNOT_BE_REPEATED))
def test_values_that_cannot_be_repeated_are_answered_in_words(
    hostile, world_of, undone
):
    write = next(w for w in WRITES if w.name == "organisation")
    world = world_of(write.phase)
    body = write.body(world)

    failed = [
        path
        for path in places(body)
        if not is_answered(write, world, with_values(body, path, hostile), undone)
    ]

    assert failed == []


@pytest.mark.parametrize(
    ("name", "field"),
    [("series", "organiser"), ("contest", "series"), ("submission", "contest")],
)
def test_nul_in_the_slug_of_another_thing_is_answered_in_words(
    name, field, world_of, undone
):
    write = next(w for w in WRITES if w.name == name)
    world = world_of(write.phase)

    sent = write.body(world) | {field: "a\x00b"}

    assert is_answered(write, world, sent, undone)


@pytest.mark.parametrize("hostile", ["nul", "bell", "long", "empty"])
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("submission", ("answers",)),
        ("submission-change", ("answers",)),
        ("rulebook", ("document", "criteria", 0, "words")),
    ],
)
def test_odd_keys_of_free_objects_are_refused(name, path, hostile, world_of, undone):
    write = next(w for w in WRITES if w.name == name)
    world = world_of(write.phase)
    body = write.body(world)
    value = {"lt": "a"} if name == "rulebook" else "a"
    sent = with_value(body, path, at(body, path) | {HOSTILE[hostile]: value})

    with undone():
        response = write.send(world, as_json(sent))

    assert response.status_code == 400


@pytest.mark.parametrize("write", WRITES_BY_SIZE)
def test_odd_keys_are_answered_in_words(write, world_of, undone):
    world = world_of(write.phase)
    body = write.body(world)
    objects = [path for path in [(), *places(body)] if isinstance(at(body, path), dict)]

    failed = [
        path
        for path in objects
        if path[-1:] not in {("answers",), ("words",)}
        for sent in [with_value({"": body}, ("", *path), odd_keys(at(body, path)))[""]]
        if not is_answered(write, world, sent, undone)
    ]

    assert failed == []


def odd_keys(value):
    """An object with keys that no client of good will sends."""
    odd = ("nul", "bell", "long", "empty", "right-to-left")
    return value | {HOSTILE[name]: "a" for name in odd}


def with_values(body, path, name):
    """The hostile value in one place; those of no special danger in all at once."""
    if name in EACH_APART:
        return with_value(body, path, HOSTILE[name])
    changed = body
    for place in places(body):
        if not isinstance(at(body, place), (dict, list)):
            changed = with_value(changed, place, HOSTILE[name])
    return changed


def is_answered(write, world, body, undone):
    with undone():
        return is_answer(write.send(world, as_json(body)))


def at(body, path):
    for step in path:
        body = body[step]
    return body


def is_answer(response):
    """Accepted, or refused as a problem with a code and a sentence."""
    if response.status_code < 300:
        return True
    if response.status_code >= 500 or response["Content-Type"] != CONTENT_TYPE:
        return False
    problem = response.json()
    return bool(problem["code"] and problem["detail"])


# --- What is accepted comes back as it was meant -----------------------------------

ODD_TEXTS = {
    "lithuanian": "Ąžuolų šlaitas – „ėįųūž“",
    "decomposed": unicodedata.normalize("NFD", "Ąžuolų šlaitas"),
    "right-to-left": "\u202egnp.exe",
    "emoji": "👩🏽‍🌾 kiemas",
    "formula": "=HYPERLINK(1)",
    "markup": "<b>&amp;</b> {{7*7}} %s \\",
    "quotes": "'; DROP TABLE x; --",
    "zero-width": "a\u200bb\u2060c",
    "beyond-the-plane": "𐍈𝒜",
}
ROUND_TRIPS = {
    "organisation": ("name", "eldership", "action_group", "address", "phone"),
    "claim": ("name", "role", "message"),
    "submission": (
        *("title", "summary", "innovation", "success", "social_responsibility"),
        *("measure", "project_number", "contract_number", "place", "action_group"),
        *("contact_name", "contact_phone"),
    ),
    "me": ("name",),
    "series": ("title.lt",),
    "contest": ("title.lt", "sample_note.en", "edition"),
    "score": ("comment",),
    "comments": ("comment_commission", "comment_entrant"),
}


@pytest.mark.parametrize("text", ODD_TEXTS)
@pytest.mark.parametrize("name", ROUND_TRIPS)
def test_odd_texts_come_back_equal_after_nfc(name, text, world_of, undone):
    write = next(w for w in WRITES if w.name == name)
    world = world_of(write.phase)
    sent = ODD_TEXTS[text][:15].strip()

    returned = {}
    for field in ROUND_TRIPS[name]:
        path = tuple(field.split("."))
        with undone():
            body = with_value(write.body(world), path, sent)
            answer = write.send(world, as_json(body)).json()
        for step in path:
            answer = answer[step]
        returned[field] = answer

    assert returned == dict.fromkeys(
        ROUND_TRIPS[name], unicodedata.normalize("NFC", sent)
    )


def test_line_breaks_of_word_processors_become_ours(world_of):
    write = next(w for w in WRITES if w.name == "submission")
    world = world_of("open")
    body = write.body(world) | {"summary": "a\r\nb\rc\x0bd\u2028e\x85f"}

    answer = write.send(world, as_json(body)).json()

    assert answer["summary"] == "a\nb\nc\nd\ne\nf"
