"""The files of a contest, made as a worker makes them, and all that they hold."""

import csv
import json
import re
from datetime import datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

from openpyxl import load_workbook

from exports.services import FORMATS, request_export
from jobs import files, runner

# When it was made; cells that hold a moment are left out as well.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?(\.\d+)?")


def contents(contest, *, by, kinds=tuple(FORMATS), **options):
    """What each file holds, by kind and format: values by their place."""
    for kind in kinds:
        for form in FORMATS[kind]:
            export = request_export(
                contest=contest,
                kind=kind,
                file_format=form,
                language="lt",
                reason="Kvietimai" if kind == "contacts" else "",
                by=by,
                **options,
            )
            yield f"{kind}.{form}", values_of(made(export.job), form)


def made(job):
    """The bytes of a job's file."""
    runner.run(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.error
    return files.path_of(job.file_name).read_bytes()


def values_of(content, form):
    """Values by their place: a cell, a line and its field, a path of keys, a member."""
    return {
        place: _MOMENT.sub("", value) if isinstance(value, str) else value
        for place, value in _READERS[form](content)
        if not isinstance(value, datetime)
    }


def _of_workbook(content):
    for sheet in load_workbook(BytesIO(content)):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield (sheet.title, cell.coordinate, cell.data_type), cell.value


def _of_csv(content):
    lines = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    for number, line in enumerate(lines):
        for place, text in enumerate(line):
            yield (number, place), text


def _of_json(content, at=()):
    value = json.loads(content) if isinstance(content, bytes) else content
    pairs = ()
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    else:
        yield at, value
    for key, inner in pairs:
        yield from _of_json(inner, (*at, key))


def _of_archive(content):
    with ZipFile(BytesIO(content)) as archive:
        for number, member in enumerate(archive.infolist()):
            yield number, member.filename
            yield (number, "bytes"), archive.read(member).hex()


_READERS = {
    "xlsx": _of_workbook,
    "csv": _of_csv,
    "json": _of_json,
    "zip": _of_archive,
}
