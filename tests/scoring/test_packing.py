from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from scoring.packing import PackedScores
from scoring.tallies import Score

NAMES = st.text("abcž", min_size=1, max_size=3)
SCORES = st.lists(st.builds(Score, NAMES, NAMES, NAMES, st.integers(-5, 1000)))


@given(SCORES)
def test_packed_scores_are_the_same_scores(scores):
    packed = PackedScores(scores)

    assert Counter(packed) == Counter(scores)
    assert len(packed) == len(scores)
    assert all(score in packed for score in scores)


@given(SCORES)
def test_scores_of_an_entry_stand_together_in_their_order(scores):
    packed = PackedScores(iter(scores))

    assert list(packed.entries()) == list(dict.fromkeys(s.entry for s in scores))
    for entry in packed.entries():
        assert packed.of(entry) == [s for s in scores if s.entry == entry]


def test_an_unknown_entry_has_no_scores():
    packed = PackedScores([Score("a", "j", "c", 1)])

    assert packed.of("b") == []
    assert Score("b", "j", "c", 1) not in packed
    assert ("a", "j", "c", 2) not in packed
