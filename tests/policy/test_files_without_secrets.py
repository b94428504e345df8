"""What the maker of a file may not know, or leaves out, changes nothing in it."""

import pytest

from tests.exports.contents import contents
from tests.policy.secret import (
    change_contact,
    change_score,
    rename_juror,
    with_sent_sheet,
    write_on,
)
from tests.policy.world import build

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KINDS = ("ranking", "entries")
UNNAMED = {"names_jurors": False}


@pytest.fixture
def made(settings, tmp_path):
    """Make the files of a world's own contest anew: all that they hold."""
    settings.JOB_FILES_DIR = tmp_path / "jobs"
    settings.ATTACHMENT_FILES_DIR = tmp_path / "attachments"

    def make(world, who, kinds=KINDS, **options):
        return dict(
            contents(world.own.contest, by=world.users[who], kinds=kinds, **options)
        )

    return make


@pytest.mark.parametrize(
    ("who", "change", "options"),
    [
        ("secretary", change_contact, {}),
        ("secretary", write_on, {}),
        ("coordinator", write_on, {}),
        ("coordinator", write_on, {"kinds": ("contacts", "attachments")}),
        ("coordinator_juror", write_on, {}),
        ("coordinator", rename_juror, UNNAMED),
    ],
    ids=[
        *("contact", "unsent change", "unsent change, coordinator"),
        *("unsent change, private files", "unsent change, coordinator on the panel"),
        "unnamed juror",
    ],
)
def test_what_may_not_be_known_is_in_no_file(made, who, change, options):
    world = with_sent_sheet(build("deliberation"))

    before = made(world, who, **options)
    change(world)

    assert made(world, who, **options) == before


@pytest.mark.parametrize("change", [change_score, rename_juror])
def test_a_change_that_may_be_known_is_in_the_files(made, change):
    """The control: the comparison sees a change where it is meant to be seen."""
    world = with_sent_sheet(build("deliberation"))

    before = made(world, "secretary")
    change(world)

    assert made(world, "secretary") != before
