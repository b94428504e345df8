from collections import Counter
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.fair_order import fair_order

ENTRIES = [UUID(int=number) for number in range(1, 13)]
JURORS = [UUID(int=number << 64) for number in range(1, 1201)]


def met(juror, entries=ENTRIES):
    return fair_order(juror, entries, key=lambda entry: entry)


def test_each_entry_stands_at_each_place_equally_often():
    """Over 1 200 jurors and 12 places 100 are expected; six deviations are allowed."""
    places = Counter(
        (place, entry) for juror in JURORS for place, entry in enumerate(met(juror))
    )

    assert len(places) == len(ENTRIES) ** 2
    assert {pair: n for pair, n in places.items() if not 42 <= n <= 158} == {}


def test_each_entry_comes_before_each_other_for_half_of_the_jurors():
    before = Counter(
        (first, second)
        for juror in JURORS
        for place, first in enumerate(met(juror))
        for second in met(juror)[place + 1 :]
    )

    assert {pair: n for pair, n in before.items() if not 496 <= n <= 704} == {}


@pytest.mark.parametrize("number", [9, 15])
def test_no_entry_is_last_for_a_whole_panel(number):
    for panel in range(0, len(JURORS), number):
        last = Counter(met(juror)[-1] for juror in JURORS[panel : panel + number])
        assert last.most_common(1)[0][1] < number / 2 + 1


@given(st.lists(st.uuids(), unique=True, max_size=20), st.uuids(), st.randoms())
def test_the_order_does_not_depend_on_how_entries_come(entries, juror, random):
    shuffled = random.sample(entries, len(entries))

    assert met(juror, shuffled) == met(juror, entries)


@given(st.lists(st.uuids(), unique=True, min_size=1, max_size=20), st.uuids())
def test_the_others_keep_their_order_when_one_goes(entries, juror):
    gone = entries[0]

    rest = [entry for entry in met(juror, entries) if entry != gone]

    assert met(juror, entries[1:]) == rest


def test_a_plain_order_would_be_noticed():
    """The control: sorted alike for everybody, one entry is always the last one."""
    last = {max(ENTRIES) for _juror in JURORS}

    assert len(last) == 1
    assert len({met(juror)[-1] for juror in JURORS}) == len(ENTRIES)


def test_two_jurors_meet_many_entries_differently():
    entries = [uuid4() for _each in range(50)]

    assert met(JURORS[0], entries) != met(JURORS[1], entries)
