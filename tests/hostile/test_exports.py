"""Every file says what people wrote, letter by letter, and no spreadsheet runs it.

The control is the same contest with harmless texts: wherever the mark of a text stands
in its files, the hostile text must stand in the files of the hostile one.
"""

import re

import pytest

from contest import register_files
from exports.selectors.entries import TITLE_ON_HEAD
from submissions.filenames import member_name
from tests.exports.contents import contents, made, values_of
from tests.hostile.fields import named, texts_of_people
from tests.hostile.filling import fill
from tests.hostile.spoiling import spoil
from tests.hostile.texts import hostile, plain
from tests.policy.world import build

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MARK = re.compile(r"T\d{3}(n\d+n)?")


@pytest.fixture
def own(settings, tmp_path):
    """An edition with a text in every field that a person can write in."""
    settings.JOB_FILES_DIR = tmp_path / "jobs"
    settings.ATTACHMENT_FILES_DIR = tmp_path / "attachments"
    own = build("published").own
    fill(own)
    return own


def test_hostile_texts_come_back_as_they_are(own):
    spoil(plain)
    quiet = exported(own)

    written = spoil(hostile)
    evil = exported(own)

    assert quiet.keys() == evil.keys()
    for name, texts in quiet.items():
        marked = {place: text for place, text in texts.items() if MARK.search(text)}
        assert marked, f"{name} holds nothing that anybody wrote"
        expected = {at: with_evil(name, text, written) for at, text in marked.items()}
        assert {at: evil[name].get(at) for at in expected} == expected, name
        assert len(evil[name]) == len(texts), name


def exported(own):
    """The texts of all files of the contest and of the register, by their place."""
    by = own.users["coordinator"]
    register = register_files.request_register_export(
        contest=own.contest, with_contacts=True, language="lt", by=by
    )
    found = dict(contents(own.contest, by=by))
    found["register.xlsx"] = values_of(made(register.job), "xlsx")
    return {
        name: {at: value for at, value in values.items() if isinstance(value, str)}
        for name, values in found.items()
    }


def with_evil(name, text, written):
    """What must stand in a file where this harmless text stood."""
    kind, _dot, form = name.rpartition(".")
    told = MARK.sub(lambda found: written[found[0]], text)
    if kind == "entries" and of_rules().fullmatch(text):
        told = told[:TITLE_ON_HEAD]  # an own question heads a column
    if form == "csv":
        return f"'{told}" if told.startswith("=") else told
    return "/".join(map(member_name, told.split("/"))) if form == "zip" else told


def of_rules():
    """What a text of the rulebook alone looks like."""
    names = [named(model, field) for model, field in texts_of_people()]
    number = names.index("RulebookVersion.document")
    return re.compile(rf"T{number:03d}n\d+n")
