"""No field for the texts of people is left out, and none is excused without need."""

import pytest

from tests.hostile.fields import KEPT, LOCALIZED, all_texts, named, texts_of_people
from tests.hostile.filling import fill
from tests.hostile.spoiling import spoil
from tests.hostile.texts import hostile
from tests.policy.world import build


def test_what_is_excused_is_there():
    there = {name for m, f in all_texts() for name in (f.name, named(m, f))}

    assert sorted((KEPT | LOCALIZED) - there) == []


@pytest.mark.django_db
def test_every_text_of_people_is_hostile_somewhere():
    fill(build("published").own)

    spoil()

    missing = [
        named(model, field)
        for number, (model, field) in enumerate(texts_of_people())
        if not holds(model, field, f"T{number:03d}")
    ]
    assert missing == []


def holds(model, field, mark):
    """Whether a row holds the mark, and with it what is hostile."""
    texts = model._base_manager.values_list(field.name, flat=True)
    return any(mark in str(text) for text in texts)


@pytest.mark.parametrize("limit", [None, 2000, 300, 120, 60, 20])
def test_text_is_as_hostile_as_it_has_room_to_be(limit):
    text = hostile("T000", limit)

    assert text.startswith("=")
    assert "T000" in text
    assert "<" in text
    assert limit is None or len(text) <= limit
