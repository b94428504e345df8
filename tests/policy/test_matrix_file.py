import pytest

from core import policy
from tests.policy import table

GOOD = """
phases = ["set-up", "open", "judging"]
roles = ["visitor", "owner"]

[actions.house]
look = { rows = [1], does = "Look", visitor = "all", owner = "set-up, judging" }
"""


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        path = tmp_path / "permissions.toml"
        path.write_text(text, encoding="utf-8")
        return policy.read_matrix(path)

    return read_text


def test_matrix_is_read_cell_by_cell(read):
    matrix = read(GOOD)

    assert matrix.actions["house.look"].cells == {
        "visitor": {"set-up", "open", "judging"},
        "owner": {"set-up", "judging"},
    }


def test_matrix_reads_ranges_with_both_ends(read):
    matrix = read(GOOD.replace("set-up, judging", "open - judging"))

    assert matrix.actions["house.look"].cells["owner"] == {"open", "judging"}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        pytest.param('passer_by = "all"', "passer_by", id="unknown-role"),
        pytest.param('owner = "tomorrow"', "tomorrow", id="unknown-phase"),
        pytest.param('owner = "open - tomorrow"', "tomorrow", id="unknown-range-end"),
        pytest.param('owner = ""', "is not a phase", id="empty-cell"),
    ],
)
def test_matrix_refuses_what_it_does_not_know(read, wrong, sentence):
    text = GOOD.replace('owner = "set-up, judging"', wrong)

    with pytest.raises(ValueError, match=sentence):
        read(text)


def test_matrix_refuses_a_range_that_runs_backwards(read):
    text = GOOD.replace("set-up, judging", "judging - open")

    with pytest.raises(ValueError, match="judging - open"):
        read(text)


def test_both_readers_read_the_file_alike():
    read = policy.matrix()

    assert table.cells() == {
        name: {role: set(action.cells.get(role, ())) for role in read.roles}
        for name, action in read.actions.items()
    }


def test_every_action_says_what_it_does_and_which_row_asks_for_it():
    unsaid = [
        action.name
        for action in policy.matrix().actions.values()
        if not action.does or not action.rows
    ]

    assert unsaid == []


def test_an_action_that_the_file_does_not_name_is_an_error_never_a_yes():
    with pytest.raises(KeyError):
        policy.is_public("contest.delete_everything")


def test_an_object_without_a_standing_is_an_error_never_a_yes():
    with pytest.raises(TypeError, match="nobody registered a standing"):
        policy.standing(object(), None)
