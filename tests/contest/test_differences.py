"""What differs between two documents: a table, and what holds for all of them."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.differences import Difference, differences

ROWS = [{"code": "a", "weight": "1"}, {"code": "b", "weight": "2"}]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param({"a": 1}, {"a": 1}, [], id="nothing"),
        pytest.param({"a": 1}, {"a": 2}, [("a", 1, 2)], id="a-value"),
        pytest.param({"a": 1}, {"a": True}, [("a", 1, True)], id="one-is-not-true"),
        pytest.param({}, {"a": 1}, [("a", None, 1)], id="came"),
        pytest.param({"a": 1}, {}, [("a", 1, None)], id="went"),
        pytest.param({"a": {"b": 1}}, {"a": {"b": 2}}, [("a.b", 1, 2)], id="deeper"),
        pytest.param(
            {"a": {"b": 1}}, {"a": None}, [("a", {"b": 1}, None)], id="emptied"
        ),
        pytest.param(
            {"a": ["x", "y"]},
            {"a": ["y", "x"]},
            [("a", ["x", "y"], ["y", "x"])],
            id="order-of-plain-values",
        ),
        pytest.param(
            {"rows": ROWS},
            {"rows": [ROWS[0], {"code": "b", "weight": "3"}]},
            [("rows.b.weight", "2", "3")],
            id="a-row-by-its-code",
        ),
        pytest.param(
            {"rows": ROWS},
            {"rows": ROWS[1:]},
            [("rows.a", ROWS[0], None)],
            id="row-gone",
        ),
        pytest.param(
            {"rows": ROWS},
            {"rows": ROWS[::-1]},
            [("rows", ["a", "b"], ["b", "a"])],
            id="order-of-rows",
        ),
        pytest.param(
            {"rows": [ROWS[0], ROWS[0]]},
            {"rows": ROWS},
            [("rows", [ROWS[0], ROWS[0]], ROWS)],
            id="a-code-twice",
        ),
    ],
)
def test_differences_name_the_place_and_both_sides(old, new, found):
    assert differences(old, new) == [Difference(*row) for row in found]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["code", "a", "b"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(JSON)
def test_a_document_does_not_differ_from_its_copy(document):
    assert differences(document, copy.deepcopy(document)) == []


@given(JSON, JSON)
def test_two_documents_differ_both_ways_or_not_at_all(one, other):
    assert bool(differences(one, other)) == bool(differences(other, one))
