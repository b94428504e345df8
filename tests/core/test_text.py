import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.collation import search_key, sort_key, word_finder
from core.text import ForbiddenCharacter, clean


@given(st.text())
def test_clean_text_is_clean_for_good_or_refused(text):
    try:
        cleaned = clean(text)
    except ForbiddenCharacter:
        return

    assert clean(cleaned) == cleaned
    assert cleaned == unicodedata.normalize("NFC", cleaned)
    assert not [c for c in cleaned if unicodedata.category(c) in {"Cc", "Cs"}] or (
        set(cleaned) & set("\t\n")
    )


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x1b", "\x7f", "\ud800", "\uffff"]
)
def test_a_forbidden_character_is_named_with_its_place(character):
    with pytest.raises(ForbiddenCharacter) as refusal:
        clean(f"ab{character}")

    assert refusal.value.character == f"U+{ord(character):04X}"
    assert refusal.value.position == 3


@given(st.text(max_size=80))
def test_search_keys_hold_letters_and_single_spaces_only(text):
    key = search_key(text)

    assert key == " ".join(key.split())
    assert all(letter.isalnum() or letter == " " for letter in key)


@given(st.text(max_size=80))
def test_sort_keys_are_digits_of_limited_length(text):
    key = sort_key(text)

    assert not key or key.isdecimal()
    assert len(key) <= 120


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("žąsinų kiem", True),
        ("KIEMAS zasinu", True),
        ("kiemas darzas", False),
        ("", True),
    ],
)
def test_a_text_is_found_by_each_word_whatever_case_and_accents(text, is_found):
    assert word_finder(text)("2026-001 Žąsinų „Kiemas“") == is_found
