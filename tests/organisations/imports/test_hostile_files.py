"""Files that want to hurt: refused in words, soon, and in little memory."""

import json
import random
import subprocess
import sys
import time

import openpyxl
import pytest
from django.conf import settings

from organisations.imports.limits import MEGABYTE, Limits
from organisations.imports.reading import read_file
from organisations.imports.refusals import Refusal
from tests.organisations.imports import corpus

LIMITS = Limits()
# What the requirements ask, on an idle machine; CPU time does not mind a busy one.
SECONDS = 2.0
MEMORY = 200 * MEGABYTE
MEASURE = """
import json, resource, sys
from pathlib import Path
from organisations.imports.limits import Limits
from organisations.imports.reading import read_file
from organisations.imports.refusals import Refusal
path = Path(sys.argv[1])
try:
    read_file(path, path.name, Limits(), lambda rows: None)
    told = ""
except Refusal as refusal:
    told = refusal.code
used = resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = used.ru_utime + used.ru_stime
print(json.dumps([told, cpu, used.ru_maxrss * 1024]))
"""


def measured(path):
    """What is told of a file, with the child's CPU seconds and most memory in bytes."""
    answer = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)],
        capture_output=True,
        check=True,
        cwd=settings.BASE_DIR,
    )
    return json.loads(answer.stdout)


def bomb_of_400_000_cells(path):
    return corpus.package(path, corpus.repeated_cells(4000, 100))


def bomb_of_4_million_cells(path):
    return corpus.package(path, corpus.repeated_cells(40_000, 100))


def many_different_cells(path):
    return corpus.package(path, corpus.counted_cells(15_000, 25))


def million_rows(path):
    rows = "".join(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in range(2, 1_048_577))
    return corpus.package(path, corpus.sheet(corpus.FIRST + rows))


def last_row(path):
    row = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    return corpus.package(path, corpus.sheet(corpus.FIRST + row))


def all_columns(path):
    row = "<c><v>1</v></c>" * 16_384
    return corpus.package(path, corpus.sheet(corpus.FIRST + f'<row r="2">{row}</row>'))


def last_column(path):
    row = '<row r="2"><c r="XFD2"><v>1</v></c></row>'
    return corpus.package(path, corpus.sheet(corpus.FIRST + row))


def billion_laughs(path):
    return corpus.package(path, corpus.laughs())


def external_entity(path):
    return corpus.package(path, corpus.external("/etc/passwd"))


def entity_in_shared_strings(path):
    strings = corpus.laughs().replace("worksheet", "sst")
    return corpus.package(path, corpus.sheet(corpus.FIRST), **{corpus.STRINGS: strings})


def wide_characters(path):
    return corpus.package(path, corpus.laughs().encode("utf-16"))


def merged_ranges(path):
    return corpus.package(path, corpus.merges(100_000))


def long_shared_string(path):
    """One text of 32 000 characters that 19 000 cells show."""
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/'
        '2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        '.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="'
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    text = "x" * 32_000
    strings = f"<sst {corpus.NAMESPACE}><si><t>{text}</t></si></sst>"
    cells = "".join(
        f'<row r="{n}"><c t="s"><v>0</v></c></row>' for n in range(2, 19_000)
    )
    return corpus.package(
        path,
        corpus.sheet(corpus.FIRST + cells),
        **{corpus.STRINGS: strings, "[Content_Types].xml": types},
    )


def one_long_line(path):
    path.write_bytes(b"Pavadinimas;Kodas\n" + b"a" * 50_000_000)
    return path


def line_of_separators(path):
    path.write_bytes(b"Pavadinimas;Kodas\n" + b";" * 9_000_000)
    return path


def quotation_mark_without_end(path):
    path.write_bytes(b'Pavadinimas;Kodas\n"' + b"a\n" * 4_000_000)
    return path


def zero_bytes(path):
    path.write_bytes(b"Pavadinimas;Kodas\na\x00b;1\n")
    return path


def very_many_rows(path):
    path.write_bytes(b"Pavadinimas;Kodas\n" + b"a;b\n" * 2_000_000)
    return path


def noise(path):
    path.write_bytes(random.Random(7).randbytes(3_000_000))
    return path


HOSTILE = [
    (bomb_of_400_000_cells, "xlsx", "unpacks_too_large"),
    (bomb_of_4_million_cells, "xlsx", "unpacks_too_large"),
    (many_different_cells, "xlsx", "too_many_cells"),
    (million_rows, "xlsx", "too_many_cells"),
    (last_row, "xlsx", "too_many_rows"),
    (all_columns, "xlsx", "too_many_columns"),
    (last_column, "xlsx", "too_many_columns"),
    (billion_laughs, "xlsx", "entities"),
    (external_entity, "xlsx", "entities"),
    (entity_in_shared_strings, "xlsx", "entities"),
    (wide_characters, "xlsx", "damaged"),
    (merged_ranges, "xlsx", "too_many_merges"),
    (long_shared_string, "xlsx", "too_much_text"),
    (one_long_line, "csv", "too_much_text"),
    (line_of_separators, "csv", "long_line"),
    (quotation_mark_without_end, "csv", "not_a_table"),
    (zero_bytes, "csv", "nul"),
    (very_many_rows, "csv", "too_many_rows"),
    (noise, "csv", "nul"),
]


@pytest.mark.parametrize(
    ("make", "suffix", "reason"), HOSTILE, ids=[make.__name__ for make, *_ in HOSTILE]
)
def test_a_hostile_file_is_refused_in_little_time_and_memory(
    make, suffix, reason, tmp_path, record_property
):
    path = make(tmp_path / f"register.{suffix}")

    told, cpu, memory = measured(path)

    record_property("cpu_seconds", round(cpu, 2))
    record_property("megabytes", memory // MEGABYTE)
    assert told == reason
    assert cpu < SECONDS
    assert memory < MEMORY


@pytest.mark.slow
def test_without_the_look_at_its_entries_the_bomb_costs_seconds(tmp_path):
    """The control: the same bomb, read with nothing but openpyxl."""
    path = bomb_of_400_000_cells(tmp_path / "bomb.xlsx")

    started = time.process_time()
    book = openpyxl.load_workbook(path, read_only=True)
    cells = sum(len(row) for row in book.active.iter_rows(values_only=True))
    book.close()

    assert path.stat().st_size < 100_000
    assert cells > 400_000
    assert time.process_time() - started > SECONDS


def test_work_that_takes_too_long_is_ended(tmp_path):
    path = corpus.package(tmp_path / "a.xlsx", corpus.counted_cells(10_000, 25))

    with pytest.raises(Refusal, match="too_much_work"):
        read_file(path, path.name, Limits(cpu=1), lambda _rows: None)


def test_memory_beyond_the_limit_is_not_given(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"Pavadinimas;Kodas\n" + b"abc;def\n" * 1_000_000)

    with pytest.raises(Refusal, match=r"too_much_memory|too_much_work"):
        read_file(path, path.name, Limits(memory=60 * MEGABYTE), lambda _rows: None)


def test_the_child_is_given_no_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("DJANGO_SECRET_KEY", "told to nobody")
    seen = tmp_path / "environment"
    sneak = tmp_path / "sitecustomize.py"
    sneak.write_text(f"import os; open({str(seen)!r}, 'w').write(repr(os.environ))")
    path = corpus.as_csv([corpus.HEADER, ("A", "", "")], tmp_path / "a.csv")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    content = read_file(path, path.name, LIMITS, lambda _rows: None)

    assert len(content.rows) == 2
    assert not seen.exists()  # not even our own PYTHONPATH reached it


def test_openpyxl_reads_through_defusedxml():
    assert openpyxl.DEFUSEDXML is True


@pytest.mark.parametrize(
    ("beginning", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old_excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + "EncryptedPackage".encode("utf-16-le")
            + b"\x00" * 600,
            "encrypted",
        ),
        (b"%PDF-1.7\n", "pdf"),
        (b"<!DOCTYPE html><html><table>", "html"),
        (b"\xef\xbb\xbf  <html>", "html"),
        (b'<?xml version="1.0"?><Workbook>', "xml"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"MZ\x90\x00", "program"),
        (b"", "empty"),
        (b" \r\n ", "empty"),
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_another_kind_of_file_is_named(beginning, kind, suffix, tmp_path):
    path = tmp_path / f"register.{suffix}"
    path.write_bytes(beginning)

    with pytest.raises(Refusal, match="other_kind") as refused:
        read_file(path, path.name, LIMITS, lambda _rows: None)

    assert refused.value.facts["kind"] == kind


def test_an_open_document_is_named(tmp_path):
    path = corpus.package(
        tmp_path / "a.xlsx",
        corpus.sheet(corpus.FIRST),
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
    )

    with pytest.raises(Refusal) as refused:
        read_file(path, path.name, LIMITS, lambda _rows: None)

    assert refused.value.facts["kind"] == "open_document"


@pytest.mark.parametrize(
    ("name", "kind"), [("a.csv", "workbook"), ("a.xls", "workbook")]
)
def test_a_name_that_says_otherwise_is_told(name, kind, tmp_path):
    path = corpus.as_xlsx([corpus.HEADER], tmp_path / "a.xlsx")

    with pytest.raises(Refusal, match="wrong_name") as refused:
        read_file(path, name, LIMITS, lambda _rows: None)

    assert refused.value.facts["kind"] == kind


@pytest.mark.parametrize("cut", [100, 2000, 4000])
def test_a_workbook_cut_off_is_told_to_be_damaged(cut, tmp_path):
    path = corpus.as_xlsx([corpus.HEADER], tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:cut])

    with pytest.raises(Refusal, match="damaged"):
        read_file(path, path.name, LIMITS, lambda _rows: None)
